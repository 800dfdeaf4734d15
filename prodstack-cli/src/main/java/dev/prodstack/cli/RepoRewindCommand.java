package dev.prodstack.cli;

import dev.prodstack.backup.storage.s3.Rewind;
import dev.prodstack.backup.storage.s3.RewindReport;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.display.Table;
import dev.prodstack.cli.outcome.Counted;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.core.value.Data;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code prodstack repo rewind}. */
@Command(
        name = "rewind",
        header = "Bring back a repository whose objects were overwritten or deleted.",
        description = {
            "prodstack repo rewind --to \"2026-11-26 10:31\" --dry-run   what would come back",
            "prodstack repo rewind --to \"2026-11-26 10:31\"",
        },
        customSynopsis = "prodstack repo rewind --to TIME [OPTIONS]",
        footer = {
            "Works where the bucket keeps versions, as one with object lock does, and takes no",
            "password. Every version stays; with another --to it can be done again.",
        })
final class RepoRewindCommand extends Action {
    private static final int SHOWN = 20;

    @Mixin
    private RepositoryOptions repository = new RepositoryOptions();

    @Option(
            names = "--to",
            paramLabel = "TIME",
            required = true,
            description = "A moment before the damage: 2026-11-26T10:31:00Z, or 2026-11-26 10:31 in UTC.")
    private String to = "";

    @Option(names = "--dry-run", description = "Show what would come back and change nothing.")
    private boolean dryRun;

    RepoRewindCommand() {}

    @Override
    ExitCode run(Context context) {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON);
        Instant moment = MomentOptions.instant("--to", to);
        Rewind rewind = Rewind.of(repository.s3(context)).showing(new RepositoryProgress(context, "brought back"));
        try {
            RewindReport report = dryRun ? rewind.plan(moment) : rewind.to(moment);
            context.results().print(format == OutputFormat.JSON ? format.print(json(report)) : text(report, context));
            return report.count(RewindReport.Kind.LOST) == 0 ? ExitCode.DONE : ExitCode.FAILED;
        } catch (IOException e) {
            throw RepositoryFailure.of(e);
        } catch (InterruptedException e) {
            throw RepositoryFailure.interrupted(e);
        }
    }

    private String text(RewindReport report, Context context) {
        Table table = new Table("FILE", "WAS", "SIZE");
        report.changes().stream()
                .limit(SHOWN)
                .forEach(change -> table.row(change.file().path(), word(change.kind()), Sizes.of(change.size())));
        int more = report.changes().size() - SHOWN;
        long lost = report.count(RewindReport.Kind.LOST);
        long back = report.back();
        return (report.changes().isEmpty() ? "" : table.print(context.style()))
                + (more > 0 ? "and " + more + " more (-o json lists them)\n" : "")
                + (dryRun ? "Would bring back " : "Brought back ") + Counted.of(back, "file") + ", "
                + Sizes.of(report.bytes()) + "; " + report.unchanged() + " are as they were, " + report.newer()
                + " are newer.\n"
                + (lost == 0
                        ? ""
                        : Counted.of(lost, "file") + " written later cannot be brought back: no version of them is what"
                                + " the name says. prodstack repo check says what that affects.\n")
                + (dryRun || back == 0 ? "" : "Next: prodstack repo check --read-data\n");
    }

    private static String word(RewindReport.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static Data json(RewindReport report) {
        List<Data> changes = report.changes().stream()
                .map(change -> {
                    Map<String, Data> fields = new LinkedHashMap<>();
                    fields.put("file", Data.of(change.file().path()));
                    fields.put("was", Data.of(word(change.kind())));
                    fields.put("size", Data.of(change.size()));
                    return Data.of(fields);
                })
                .toList();
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("moment", Data.of(report.moment().toString()));
        fields.put("unchanged", Data.of(report.unchanged()));
        fields.put("newer", Data.of(report.newer()));
        fields.put("bytes", Data.of(report.bytes()));
        fields.put("files", Data.of(changes));
        return Data.of(fields);
    }
}
