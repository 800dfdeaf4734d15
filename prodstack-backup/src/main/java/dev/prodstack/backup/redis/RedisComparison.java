package dev.prodstack.backup.redis;

import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Compared;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Compares a running server with a backup: how many keys there are, and a digest over every key, its value and the
 * moment at which it ends. The backup is loaded by a server for the moment, as for {@link RedisRestore}. Keys that end
 * within a quarter of an hour from now are left out, on both sides: they may end between the two looks.
 *
 * @param repository where the backup is
 * @param snapshot its snapshot
 */
public record RedisComparison(Repository repository, StoredSnapshot snapshot) {
    private static final Duration SOON = Duration.ofMinutes(15);

    /** Checks that nothing is missing. */
    public RedisComparison {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(snapshot, "snapshot");
    }

    /** With a snapshot. */
    public static RedisComparison of(Repository repository, StoredSnapshot snapshot) {
        return new RedisComparison(repository, snapshot);
    }

    /**
     * Compares.
     *
     * @throws IOException if the server refuses or cannot be reached, or the backup cannot be loaded
     */
    public Compared with(RedisServer redis) throws IOException, InterruptedException {
        Instant soon = Instant.now().plus(SOON);
        KeysDigest wanted = RedisRestore.of(repository, snapshot).serving(backup -> KeysDigest.of(backup, soon));
        KeysDigest there;
        try (RedisConnection connection = RedisConnection.open(redis)) {
            there = KeysDigest.of(connection, soon);
        }
        Compared.Tally tally = new Compared.Tally();
        tally.fact("keys", there.keys());
        tally.fact("keys_ending_soon", wanted.left());
        tally.fact("digest", there.digest().substring(0, 16));
        if (wanted.keys() != there.keys()) {
            tally.differs("there are " + there.keys() + " keys, not " + wanted.keys());
        } else if (!wanted.digest().equals(there.digest())) {
            tally.differs("keys, values or times to live are other ones");
        }
        return tally.compared();
    }
}
