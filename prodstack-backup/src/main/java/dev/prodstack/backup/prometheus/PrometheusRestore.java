package dev.prodstack.backup.prometheus;

import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.restore.Restore;
import dev.prodstack.backup.restore.RestoreReport;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Restores the data directory of a Prometheus that does not run.
 *
 * @param repository where the backup is
 * @param snapshot its snapshot
 */
public record PrometheusRestore(Repository repository, StoredSnapshot snapshot) {
    private static final String BLOCK = "[0-9A-HJKMNP-TV-Z]{26}";

    /** Checks that nothing is missing. */
    public PrometheusRestore {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(snapshot, "snapshot");
    }

    /** Of a snapshot. */
    public static PrometheusRestore of(Repository repository, StoredSnapshot snapshot) {
        return new PrometheusRestore(repository, snapshot);
    }

    /**
     * Puts the blocks back. What is there of blocks, of the newest samples and of their log is removed first.
     *
     * @throws IOException if the backup cannot be read or the directory not written
     */
    public void into(Path data) throws IOException, InterruptedException {
        Files.createDirectories(data);
        for (Path there : own(data)) {
            PrometheusBackup.remove(there);
        }
        String folder = snapshot.snapshot().paths().get(0);
        RestoreReport report = Restore.of(repository, snapshot).from(folder).into(data);
        if (!report.complete()) {
            throw new IOException("Prometheus's data cannot be restored to " + data + ": "
                    + report.lacks().get(0) + ". Run check --read-data.");
        }
    }

    private static List<Path> own(Path data) throws IOException {
        try (Stream<Path> entries = Files.list(data)) {
            return entries.filter(entry -> {
                        String name = entry.getFileName().toString();
                        return name.matches(BLOCK) || name.equals("wal") || name.equals("chunks_head");
                    })
                    .toList();
        }
    }
}
