package dev.prodstack.backup.index;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.pack.PackedBlob;

/**
 * Where a blob lies.
 *
 * @param pack in which pack
 * @param blob where in it
 */
public record BlobPlace(ContentId pack, PackedBlob blob) {}
