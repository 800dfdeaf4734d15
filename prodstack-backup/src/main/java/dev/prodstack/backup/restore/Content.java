package dev.prodstack.backup.restore;

import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.index.BlobIndex;
import dev.prodstack.backup.index.BlobPlace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Compares files with what they should hold. */
final class Content {
    private Content() {}

    /** Whether a regular file holds the chunks of an item, as far as the index knows their lengths. */
    static boolean matches(BlobIndex index, Path path, Item item) throws IOException {
        List<ContentId> chunks = item.node().content().orElseThrow();
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                || Files.size(path) != item.node().size()) {
            return false;
        }
        try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            for (ContentId chunk : chunks) {
                Optional<BlobPlace> place = index.place(BlobKind.DATA, chunk);
                if (place.isEmpty()) {
                    return false;
                }
                byte[] content = in.readNBytes(place.get().blob().plainLength());
                if (!ContentId.of(content).equals(chunk)) {
                    return false;
                }
            }
            return in.read() < 0;
        }
    }
}
