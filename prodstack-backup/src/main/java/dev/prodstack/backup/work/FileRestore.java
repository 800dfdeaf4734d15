package dev.prodstack.backup.work;

import dev.prodstack.backup.progress.Progress;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.restore.Lack;
import dev.prodstack.backup.restore.Restore;
import dev.prodstack.backup.restore.RestoreReport;
import dev.prodstack.backup.restore.Surplus;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A directory as it is in a snapshot of one path: what is in the snapshot is restored, what is not is removed
 * afterwards, so that a restore that breaks off has lost nothing.
 */
record FileRestore(Repository repository, StoredSnapshot snapshot) {
    static FileRestore of(Repository repository, StoredSnapshot snapshot) {
        return new FileRestore(repository, snapshot);
    }

    /**
     * Does it.
     *
     * @throws IOException if the content of a file is not there; all others are
     */
    Map<String, String> into(Path directory, Consumer<String> notes, Consumer<Progress> progress)
            throws IOException, InterruptedException {
        String from = snapshot.snapshot().paths().get(0);
        RestoreReport report = Restore.of(repository, snapshot)
                .from(from)
                .showing(progress)
                .telling(lack -> notes.accept(lack.path() + " " + lack.reason()))
                .into(directory);
        if (!report.complete()) {
            Lack first = report.lacks().stream()
                    .filter(lack -> lack.kind() == Lack.Kind.CONTENT)
                    .findFirst()
                    .orElseThrow();
            throw new IOException("Not all files of the snapshot "
                    + snapshot.id().brief() + " could be restored, " + first.path() + " among them: " + first.reason());
        }
        long removed = Surplus.of(repository, snapshot, from).removeFrom(directory);
        Map<String, String> facts = new TreeMap<>();
        facts.put("restored", Long.toString(report.restored()));
        facts.put("unchanged", Long.toString(report.unchanged()));
        facts.put("removed", Long.toString(removed));
        facts.put("bytes", Long.toString(report.bytes()));
        return facts;
    }
}
