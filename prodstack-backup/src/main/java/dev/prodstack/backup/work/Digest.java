package dev.prodstack.backup.work;

import dev.prodstack.backup.browse.Entry;
import dev.prodstack.backup.browse.SnapshotFiles;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A digest over what snapshots are of; directories on the way to it, and the times of streams, do not count. */
final class Digest {
    private Digest() {}

    /** SHA-256 over the ids of the trees, or of the pieces of files, each on a line, in lower-case hex. */
    static String of(Repository repository, List<StoredSnapshot> snapshots) throws IOException {
        MessageDigest digest = sha256();
        for (StoredSnapshot stored : snapshots) {
            SnapshotFiles files = SnapshotFiles.of(repository, stored);
            for (String path : stored.snapshot().paths()) {
                Optional<Entry> entry = files.find(path);
                if (entry.isPresent()) {
                    entry.get().node().subtree().ifPresent(tree -> add(digest, tree));
                    entry.get().node().content().ifPresent(pieces -> pieces.forEach(piece -> add(digest, piece)));
                } else {
                    add(digest, stored.snapshot().tree());
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, Object id) {
        digest.update((id + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
