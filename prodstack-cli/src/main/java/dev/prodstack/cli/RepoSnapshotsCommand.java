package dev.prodstack.cli;

import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.display.Table;
import dev.prodstack.cli.outcome.Counted;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.core.value.Data;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code prodstack repo snapshots}. */
@Command(
        name = "snapshots",
        header = "List the snapshots of a repository.",
        description = {
            "prodstack repo snapshots                  all of them, oldest first",
            "prodstack repo snapshots --latest 5       the newest five",
            "prodstack repo snapshots --tag db,nightly",
            "prodstack repo snapshots -o json          for a script",
        },
        customSynopsis = "prodstack repo snapshots [OPTIONS]")
final class RepoSnapshotsCommand extends RepositoryAction {
    @Option(names = "--latest", paramLabel = "N", description = "Only the newest so many.")
    private Optional<Integer> latest = Optional.empty();

    @Mixin
    private SnapshotOptions snapshots = new SnapshotOptions();

    RepoSnapshotsCommand() {}

    @Override
    ExitCode run(Context context, Repository opened) throws IOException {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON);
        List<StoredSnapshot> found = snapshots.filter().of(opened.snapshots());
        int from = latest.map(most -> Math.max(0, found.size() - most)).orElse(0);
        List<StoredSnapshot> shown = found.subList(from, found.size());
        context.results()
                .print(
                        format == OutputFormat.JSON
                                ? format.print(Data.of(
                                        shown.stream().map(SnapshotData::of).toList()))
                                : table(shown, context));
        return ExitCode.DONE;
    }

    private static String table(List<StoredSnapshot> shown, Context context) {
        Table table = new Table("ID", "TIME", "HOST", "TAGS", "SIZE", "PATHS");
        shown.forEach(stored -> table.row(
                stored.id().brief(),
                SnapshotData.time(stored),
                stored.snapshot().hostname(),
                String.join(",", stored.snapshot().tags()),
                stored.snapshot()
                        .summary()
                        .map(summary -> Sizes.of(summary.bytesProcessed()))
                        .orElse(""),
                String.join(", ", stored.snapshot().paths())));
        return table.print(context.style()) + Counted.of(shown.size(), "snapshot") + "\n";
    }
}
