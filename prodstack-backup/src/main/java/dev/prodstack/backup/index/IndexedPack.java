package dev.prodstack.backup.index;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.pack.PackedBlob;
import java.util.List;

/**
 * A pack and the blobs it holds.
 *
 * @param id which pack
 * @param blobs in the order of their offsets
 */
public record IndexedPack(ContentId id, List<PackedBlob> blobs) {
    /** Copies the list. */
    public IndexedPack {
        blobs = List.copyOf(blobs);
    }
}
