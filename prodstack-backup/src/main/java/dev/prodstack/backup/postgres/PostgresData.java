package dev.prodstack.backup.postgres;

import dev.prodstack.backup.program.Program;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.restore.Lack;
import dev.prodstack.backup.restore.Restore;
import dev.prodstack.backup.restore.RestoreReport;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The data directory of a server that does not run, made from a physical copy.
 *
 * <p>It is made in a folder that is empty or not there. A server started on it replays the log that came with the copy
 * and is then as of the copy's end.
 */
final class PostgresData {
    private PostgresData() {}

    /** Restores a copy, and has {@code pg_verifybackup} look at it where that is installed. */
    static void restore(Repository repository, StoredSnapshot base, Path directory, Optional<Path> programs)
            throws IOException, InterruptedException {
        requireEmpty(directory);
        Files.createDirectories(directory);
        RestoreReport report = Restore.of(repository, base).into(directory);
        List<Lack> lacks = report.lacks().stream()
                .filter(lack -> lack.kind() == Lack.Kind.CONTENT)
                .toList();
        if (!lacks.isEmpty()) {
            throw new IOException("The base backup cannot be restored to " + directory + ": " + lacks.get(0)
                    + (lacks.size() > 1 ? " and " + (lacks.size() - 1) + " more" : "")
                    + ". Run check --read-data, or take another base backup.");
        }
        own(directory, directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        verify(directory, programs);
    }

    /** Gives a path to the user whose the data directory's files are; the server refuses what is another's. */
    static void own(Path path, Path directory) throws IOException {
        Path like = directory.resolve("PG_VERSION");
        Object uid = Files.getAttribute(like, "unix:uid");
        if (!uid.equals(Files.getAttribute(path, "unix:uid"))) {
            Files.setAttribute(path, "unix:uid", uid);
            Files.setAttribute(path, "unix:gid", Files.getAttribute(like, "unix:gid"));
        }
    }

    private static void requireEmpty(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            // A volume's own file system has such a folder.
            Optional<Path> first = entries.filter(
                            entry -> !entry.getFileName().toString().equals("lost+found"))
                    .findAny();
            if (first.isPresent()) {
                throw new IOException("The data directory " + directory + " is not empty; it has "
                        + first.get().getFileName() + ". Stop the server, move its data away, and run it again.");
            }
        }
    }

    private static void verify(Path directory, Optional<Path> programs) throws IOException, InterruptedException {
        Optional<Path> verifier = programs.map(folder -> folder.resolve("pg_verifybackup"));
        if (verifier.isPresent() && Files.isExecutable(verifier.get())) {
            boolean dump = Files.isExecutable(verifier.get().resolveSibling("pg_waldump"));
            Program.run(
                    "pg_verifybackup of " + directory,
                    dump
                            ? List.of(verifier.get().toString(), "--quiet", directory.toString())
                            : List.of(verifier.get().toString(), "--quiet", "--no-parse-wal", directory.toString()),
                    Map.of());
        }
    }
}
