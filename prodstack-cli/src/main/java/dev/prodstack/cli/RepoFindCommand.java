package dev.prodstack.cli;

import dev.prodstack.backup.browse.Entry;
import dev.prodstack.backup.browse.SnapshotFiles;
import dev.prodstack.backup.path.PathPattern;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.print.JsonText;
import dev.prodstack.core.value.Data;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code prodstack repo find}. */
@Command(
        name = "find",
        header = "Find files by their paths in all snapshots.",
        description = {
            "prodstack repo find '*.conf'                 in every snapshot",
            "prodstack repo find --tag db '/srv/**/*.sql' in those with a tag",
        },
        customSynopsis = "prodstack repo find PATTERN... [OPTIONS]",
        footer = {"It fails (1) if nothing is found. With --output json, each line is an object."})
final class RepoFindCommand extends ReadingAction {
    @Parameters(arity = "1..*", paramLabel = "PATTERN", description = "As those of restore --include.")
    private List<String> patterns = new ArrayList<>();

    @Mixin
    private SnapshotOptions snapshots = new SnapshotOptions();

    RepoFindCommand() {}

    @Override
    ExitCode read(Context context, Repository opened) throws IOException {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON);
        List<PathPattern> wanted = parsed();
        List<StoredSnapshot> among = snapshots.filter().of(opened.snapshots());
        opened.loadIndex();
        long found = 0;
        for (StoredSnapshot snapshot : among) {
            found += in(context, opened, snapshot, wanted, format);
        }
        return found > 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private List<PathPattern> parsed() {
        try {
            return patterns.stream().map(PathPattern::parse).toList();
        } catch (IllegalArgumentException e) {
            throw Failure.usage("a pattern makes no sense: " + e.getMessage(), "correct it");
        }
    }

    private static long in(
            Context context, Repository opened, StoredSnapshot snapshot, List<PathPattern> wanted, OutputFormat format)
            throws IOException {
        List<Entry> found = new ArrayList<>();
        SnapshotFiles.of(opened, snapshot).walk(entry -> {
            if (wanted.stream().anyMatch(pattern -> pattern.matches(entry.path()))) {
                found.add(entry);
            }
            return wanted.stream().anyMatch(pattern -> pattern.mayMatchBelow(entry.path()));
        });
        if (format == OutputFormat.TABLE && !found.isEmpty()) {
            context.results()
                    .print("In " + snapshot.id().brief() + " of " + SnapshotData.time(snapshot) + " on "
                            + snapshot.snapshot().hostname() + ":\n");
        }
        for (Entry entry : found) {
            context.results()
                    .print(
                            format == OutputFormat.JSON
                                    ? JsonText.compact(Data.of(Map.of(
                                                            "snapshot",
                                                            Data.of(snapshot.id()
                                                                    .toString()),
                                                            "file",
                                                            EntryData.of(entry))))
                                                    .strip()
                                            + "\n"
                                    : EntryData.line(entry));
        }
        return found.size();
    }
}
