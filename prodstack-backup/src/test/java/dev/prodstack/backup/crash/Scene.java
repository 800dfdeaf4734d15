package dev.prodstack.backup.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.backup.Backup;
import dev.prodstack.backup.Forget;
import dev.prodstack.backup.Restic;
import dev.prodstack.backup.Trees;
import dev.prodstack.backup.Workload;
import dev.prodstack.backup.crypto.Scrypt;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.source.DirectorySource;
import dev.prodstack.backup.storage.DirectoryStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where operations are interrupted: a source, and a repository of it with some snapshots and something to prune, of
 * which each interruption gets a copy.
 *
 * @param source what is backed up
 * @param base the repository, never touched
 * @param near what is copied from
 * @param contents what each snapshot must restore to, oldest first
 */
record Scene(Path source, Path base, Path near, Map<StoredSnapshot, Map<String, Integer>> contents) {
    static final char[] PASSWORD = "secret".toCharArray();
    /** How many snapshots forgetting leaves. */
    static final int KEPT = 2;

    private static final Scrypt CHEAP = new Scrypt(2, 1, 1);

    static Scene set(Path folder) throws IOException, InterruptedException {
        Path source = folder.resolve("source");
        Path base = folder.resolve("base");
        Path near = folder.resolve("near");
        Workload workload = new Workload(source, 19).write();
        Map<StoredSnapshot, Map<String, Integer>> contents = new LinkedHashMap<>();
        try (Repository repository = Repository.init(DirectoryStorage.at(base), PASSWORD, CHEAP);
                Repository other = Repository.initLike(repository, DirectoryStorage.at(near), PASSWORD, CHEAP)) {
            for (int i = 0; i < 5; i++) {
                StoredSnapshot snapshot = Backup.of(DirectorySource.at(source)).to(repository);
                if (i == 1) {
                    Forget.remove(repository, Set.of(snapshot.id()));
                } else {
                    contents.put(snapshot, Trees.contents(source));
                }
                workload.change();
                Backup.of(DirectorySource.at(source)).to(other);
            }
        }
        return new Scene(source, base, near, contents);
    }

    /** A copy of the repository. */
    Path copy(Path to) throws IOException {
        try (Stream<Path> files = Files.walk(base)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(base.relativize(file)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return to;
    }

    /** The snapshots that an operation must leave, whenever it ends. */
    List<StoredSnapshot> lasting(Operation operation) {
        List<StoredSnapshot> all = new ArrayList<>(contents.keySet());
        return operation == Operation.FORGET ? all.subList(all.size() - KEPT, all.size()) : all;
    }

    /** The restic program finds nothing wrong with anything, and snapshots of before are among it. */
    void assertWhole(Path repository, Operation operation) throws IOException, InterruptedException {
        Restic restic = new Restic(repository, String.valueOf(PASSWORD));
        assertThat(restic.run("check", "--read-data", "--no-lock")).contains("no errors were found");
        assertThat(restic.run("--no-lock", "snapshots", "--json"))
                .contains(lasting(operation).stream()
                        .map(snapshot -> snapshot.id().toString())
                        .toList());
    }

    /** The same, and restores one of them. */
    void assertRestores(Path repository, StoredSnapshot snapshot, Path target)
            throws IOException, InterruptedException {
        Restic restic = new Restic(repository, String.valueOf(PASSWORD));
        restic.run("--no-lock", "restore", snapshot.id().toString(), "--target", target.toString());
        assertThat(Trees.contents(target.resolve(Path.of("/").relativize(source))))
                .isEqualTo(contents.get(snapshot));
    }
}
