package dev.prodstack.cli;

import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.SnapshotFilter;
import dev.prodstack.backup.snapshot.SnapshotName;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.cli.outcome.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import picocli.CommandLine.Option;

/** The options that say which snapshots are meant. */
final class SnapshotOptions {
    @Option(names = "--host", paramLabel = "HOST", description = "Of this host; repeatable.")
    private List<String> hosts = new ArrayList<>();

    @Option(
            names = "--tag",
            paramLabel = "TAG[,TAG]",
            description = "With all of these tags; repeatable, of which one is enough.")
    private List<String> tags = new ArrayList<>();

    @Option(names = "--path", paramLabel = "PATH", description = "Of this path; repeatable, all of which it must have.")
    private List<String> paths = new ArrayList<>();

    SnapshotOptions() {}

    SnapshotFilter filter() {
        return new SnapshotFilter(
                hosts, tags.stream().map(list -> List.of(list.split(",", -1))).toList(), paths);
    }

    /**
     * The snapshot that a word on the command line names.
     *
     * @throws Failure if there is none
     */
    StoredSnapshot snapshot(Repository repository, SnapshotName name) throws IOException {
        return snapshot(repository.snapshots(), name);
    }

    /** The same among those that can be read. */
    StoredSnapshot snapshot(List<StoredSnapshot> snapshots, SnapshotName name) {
        try {
            return name.in(snapshots, filter());
        } catch (NoSuchElementException e) {
            throw Failure.failed(String.valueOf(e.getMessage()), "prodstack repo snapshots lists them", e);
        }
    }

    static SnapshotName name(String word) {
        try {
            return SnapshotName.parse(word);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(
                    "\"" + word + "\" is no snapshot: " + e.getMessage(), "prodstack repo snapshots lists them");
        }
    }
}
