package dev.prodstack.cli;

import dev.prodstack.backup.Copy;
import dev.prodstack.backup.copy.CopyReport;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.outcome.Counted;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.core.value.Data;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code prodstack repo copy}. */
@Command(
        name = "copy",
        header = "Copy snapshots to a second repository, such as offsite.",
        description = {
            "prodstack repo copy --to s3:https://s3.example.com/offsite/shop --init",
            "prodstack repo copy --to /mnt/disk --to-password-file pw2 --dry-run",
        },
        customSynopsis = "prodstack repo copy --to ADDRESS [OPTIONS]",
        footer = {
            "Without --to-password-file or --to-password-command the second repository opens",
            "with the password of the first. Only what it lacks is copied.",
        })
final class RepoCopyCommand extends RepositoryAction {
    @Option(names = "--to", paramLabel = "ADDRESS", required = true, description = "The second repository.")
    private String to = "";

    @Option(names = "--to-password-file", paramLabel = "FILE", description = "Read its password from a file.")
    private Optional<String> passwordFile = Optional.empty();

    @Option(
            names = "--to-password-command",
            paramLabel = "COMMAND",
            description = "Read its password from what a shell command prints.")
    private Optional<String> passwordCommand = Optional.empty();

    @Option(names = "--init", description = "Make it first, so that files are cut at the same places in both.")
    private boolean init;

    @Option(names = "--dry-run", description = "Show what would be copied and change nothing.")
    private boolean dryRun;

    @Mixin
    private SnapshotOptions which = new SnapshotOptions();

    RepoCopyCommand() {}

    @Override
    ExitCode run(Context context, Repository opened) throws IOException, InterruptedException {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON);
        List<StoredSnapshot> some = which.filter().of(opened.snapshots());
        RepositoryOptions second = options().other(to, passwordFile, passwordCommand);
        try (Repository target = init && !dryRun ? second.initLike(opened, context) : second.open(context)) {
            Copy copy = Copy.from(opened).only(some::contains).telling(copied -> tell(context, copied));
            if (dryRun) {
                List<StoredSnapshot> missing = copy.missing(target);
                print(
                        context,
                        format,
                        Map.of("missing", Data.of(missing.size())),
                        "Would copy " + Counted.of(missing.size(), "snapshot") + " to " + target.location() + ".\n");
            } else {
                report(context, format, copy.to(target), target);
            }
        }
        return ExitCode.DONE;
    }

    private static void tell(Context context, StoredSnapshot copied) {
        String id = copied.id().brief();
        context.messages().progress("copied " + id, Map.of("snapshot", Data.of(id)));
    }

    private static void report(Context context, OutputFormat format, CopyReport report, Repository target) {
        boolean alike = report.chunking() == CopyReport.Chunking.ALIKE;
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put(
                "copied", Data.of(report.copied().stream().map(SnapshotData::of).toList()));
        fields.put("present", Data.of(report.present()));
        fields.put("blobs", Data.of(report.newBlobs()));
        fields.put("stored", Data.of(report.storedBytes()));
        fields.put("cut_alike", Data.of(alike));
        print(
                context,
                format,
                fields,
                "Copied " + Counted.of(report.copied().size(), "snapshot") + " to " + target.location() + ": "
                        + Counted.of(report.newBlobs(), "blob") + ", " + Sizes.of(report.storedBytes()) + "; "
                        + report.present() + " were there.\n"
                        + (alike
                                ? ""
                                : "The two cut files at different places: what is backed up to both is stored twice."
                                        + " A second repository made with --init cuts alike.\n"));
    }

    private static void print(Context context, OutputFormat format, Map<String, Data> fields, String text) {
        context.results().print(format == OutputFormat.JSON ? format.print(Data.of(fields)) : text);
    }
}
