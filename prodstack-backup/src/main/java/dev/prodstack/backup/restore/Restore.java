package dev.prodstack.backup.restore;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.parallel.Workers;
import dev.prodstack.backup.path.Selection;
import dev.prodstack.backup.progress.Meter;
import dev.prodstack.backup.progress.Progress;
import dev.prodstack.backup.repository.HeldLock;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.backup.tree.NodeKind;
import dev.prodstack.backup.tree.NodeName;
import dev.prodstack.backup.tree.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Restores a snapshot: {@code Restore.of(repository, snapshot).into(directory)}. What it has of {@code /srv/shop} is
 * then in {@code directory/srv/shop}. It may be run again after it was interrupted: what is right already is not
 * written again.
 *
 * <p>Nothing is written outside of the directory, whatever the snapshot says; names that would lead elsewhere are
 * listed, and symbolic links are made after everything else. Who else may write to the directory meanwhile must be
 * trusted.
 *
 * @param repository where it is
 * @param tree its root
 * @param path which part of it, {@code /} for the whole; what is below it goes straight into the directory
 * @param selection which files
 * @param overwrite what happens to files that are there
 * @param verification whether what was written is read again
 * @param locking whether others are kept from pruning meanwhile
 * @param lacking is told what is not as in the snapshot, as soon as it is known; from any thread
 * @param progress is told how far it is, now and then, from any thread
 */
public record Restore(
        Repository repository,
        ContentId tree,
        String path,
        Selection selection,
        Overwrite overwrite,
        Verification verification,
        Locking locking,
        Consumer<Lack> lacking,
        Consumer<Progress> progress) {
    /** Whether what was written is read again. */
    public enum Verification {
        /** It is not: each piece was compared with its id before it was written. */
        NONE,
        /** It is, and compared with the ids of its pieces. */
        READ_AGAIN
    }

    /** Whether others are kept from pruning meanwhile. */
    public enum Locking {
        /** By a lock, for which the repository is written to. */
        SHARED,
        /** Not. */
        NONE
    }

    /** Checks the path. */
    public Restore {
        Objects.requireNonNull(tree, "tree");
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("expected a path that begins with a slash");
        }
    }

    /** All of a snapshot. Files that are there are replaced unless they are right. */
    public static Restore of(Repository repository, StoredSnapshot snapshot) {
        return new Restore(
                repository,
                snapshot.snapshot().tree(),
                "/",
                Selection.ALL,
                Overwrite.ALWAYS,
                Verification.NONE,
                Locking.SHARED,
                lack -> {},
                far -> {});
    }

    /** The same of a part: a directory, whose content goes straight into the target, or one file. */
    public Restore from(String part) {
        return new Restore(repository, tree, part, selection, overwrite, verification, locking, lacking, progress);
    }

    /** The same of some files. */
    public Restore only(Selection some) {
        return new Restore(repository, tree, path, some, overwrite, verification, locking, lacking, progress);
    }

    /** The same with another rule for files that are there. */
    public Restore overwriting(Overwrite rule) {
        return new Restore(repository, tree, path, selection, rule, verification, locking, lacking, progress);
    }

    /** The same, reading again what was written. */
    public Restore verified() {
        return new Restore(
                repository, tree, path, selection, overwrite, Verification.READ_AGAIN, locking, lacking, progress);
    }

    /** The same without writing a lock, for repositories that cannot be written to. */
    public Restore withoutLock() {
        return new Restore(repository, tree, path, selection, overwrite, verification, Locking.NONE, lacking, progress);
    }

    /** The same, telling what is lacking. */
    public Restore telling(Consumer<Lack> listener) {
        return new Restore(repository, tree, path, selection, overwrite, verification, locking, listener, progress);
    }

    /** The same, telling how far it is. */
    public Restore showing(Consumer<Progress> listener) {
        return new Restore(repository, tree, path, selection, overwrite, verification, locking, lacking, listener);
    }

    /** What {@link #into} would do. Reads the index unless it is loaded. */
    public RestorePlan plan(Path directory) throws IOException {
        if (repository.index().size() == 0) {
            repository.loadIndex();
        }
        Path target = directory.toAbsolutePath().normalize();
        Planner planner = new Planner(repository, selection, overwrite);
        if (path.equals("/")) {
            return planner.plan(tree, target, "/");
        }
        Node node = node();
        return node.kind() == NodeKind.DIRECTORY
                ? planner.plan(node.subtree().orElseThrow(), target, path)
                : planner.plan(node, target, path);
    }

    private Node node() throws IOException {
        ContentId at = tree;
        List<String> names =
                Arrays.stream(path.split("/")).filter(name -> !name.isEmpty()).toList();
        for (int i = 0; ; i++) {
            Tree list = repository.tree(at);
            Node node = list.find(NodeName.of(names.get(i)))
                    .orElseThrow(() -> new NoSuchFileException(path, null, "it is not in the snapshot"));
            if (i == names.size() - 1) {
                return node;
            }
            at = node.subtree().orElseThrow(() -> new NoSuchFileException(path, null, "it is not in the snapshot"));
        }
    }

    /**
     * Restores into a directory, which is made unless it is there.
     *
     * @throws IOException if the repository as a whole cannot be read; what is wrong with single files is in the report
     */
    public RestoreReport into(Path directory) throws IOException, InterruptedException {
        if (locking == Locking.NONE) {
            return perform(directory);
        }
        HeldLock lock = repository.lockShared();
        try (lock) {
            return perform(directory);
        }
    }

    private RestoreReport perform(Path directory) throws IOException, InterruptedException {
        Meter meter = new Meter(progress);
        RestorePlan plan = plan(directory);
        Files.createDirectories(directory);
        Lacks lacks = new Lacks(lacking);
        Restorer restorer = new Restorer(repository, plan, lacks, meter);
        RestoreReport report = restorer.run();
        if (verification == Verification.NONE) {
            return report;
        }
        Workers.forEach(restorer.writtenFiles(), item -> {
            if (!Content.matches(repository.index(), item.path(), item)) {
                lacks.content(item, "is not what was written, when it is read again");
            }
        });
        return new RestoreReport(
                report.restored(), report.unchanged(), report.kept(), report.bytes(), lacks.all(), meter.now());
    }
}
