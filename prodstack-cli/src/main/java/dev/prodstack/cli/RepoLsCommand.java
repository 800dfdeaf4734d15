package dev.prodstack.cli;

import dev.prodstack.backup.browse.Entry;
import dev.prodstack.backup.browse.SnapshotFiles;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.SnapshotName;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.print.JsonText;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prodstack repo ls}. */
@Command(
        name = "ls",
        header = "List the files of a snapshot.",
        description = {
            "prodstack repo ls latest                   everything",
            "prodstack repo ls latest:/srv/shop         what is below a directory",
            "prodstack repo ls --flat latest:/srv       what is in it, and no deeper",
        },
        customSynopsis = "prodstack repo ls SNAPSHOT[:PATH] [OPTIONS]",
        footer = {"With --output json, each line is an object."})
final class RepoLsCommand extends ReadingAction {
    @Parameters(paramLabel = "SNAPSHOT[:PATH]", description = "latest, or the first digits of an id.")
    private String name = SnapshotName.LATEST;

    @Option(names = "--flat", description = "Do not look into the directories that are found.")
    private boolean flat;

    @Mixin
    private SnapshotOptions snapshots = new SnapshotOptions();

    RepoLsCommand() {}

    @Override
    ExitCode read(Context context, Repository opened) throws IOException {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON);
        SnapshotName wanted = SnapshotOptions.name(name);
        StoredSnapshot snapshot = snapshots.snapshot(opened, wanted);
        opened.loadIndex();
        SnapshotFiles files = SnapshotFiles.of(opened, snapshot);
        SnapshotFiles.Visitor print = entry -> {
            context.results().print(text(entry, format));
            return !flat && context.results().isRead();
        };
        if (wanted.path().equals("/")) {
            files.walk(print);
            return ExitCode.DONE;
        }
        Entry start = files.find(wanted.path()).orElseThrow(() -> missing(wanted, snapshot));
        if (start.node().subtree().isEmpty()) {
            print.visit(start);
        }
        files.walk(start, print);
        return ExitCode.DONE;
    }

    static Failure missing(SnapshotName wanted, StoredSnapshot snapshot) {
        return Failure.failed(
                wanted.path() + " is not in snapshot " + snapshot.id().brief(),
                "prodstack repo ls " + snapshot.id().brief() + " lists what is");
    }

    static String text(Entry entry, OutputFormat format) {
        return format == OutputFormat.JSON
                ? JsonText.compact(EntryData.of(entry)).strip() + "\n"
                : EntryData.line(entry);
    }
}
