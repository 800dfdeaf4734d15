package dev.prodstack.cli;

import dev.prodstack.backup.blob.DamagedException;
import dev.prodstack.backup.path.Selection;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.restore.Action;
import dev.prodstack.backup.restore.Lack;
import dev.prodstack.backup.restore.Overwrite;
import dev.prodstack.backup.restore.Restore;
import dev.prodstack.backup.restore.RestorePlan;
import dev.prodstack.backup.restore.RestoreReport;
import dev.prodstack.backup.snapshot.SnapshotName;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.display.Plain;
import dev.prodstack.cli.outcome.Counted;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.value.Data;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prodstack repo restore}. */
@Command(
        name = "restore",
        header = "Bring files of a snapshot back.",
        description = {
            "prodstack repo restore latest --target /restore",
            "prodstack repo restore latest:/srv/shop --target /srv/shop",
            "prodstack repo restore 3f0c --target /restore --include '*.conf'",
            "prodstack repo restore latest --target /restore --dry-run",
        },
        customSynopsis = "prodstack repo restore SNAPSHOT[:PATH] --target DIRECTORY [OPTIONS]",
        footer = {
            "A restore that was interrupted is run again: what is right is not written again.",
            "Every file takes its place whole, or not at all, and nothing is written outside of",
            "the target. What cannot be brought back is listed; lost content is a failure (1).",
        })
final class RepoRestoreCommand extends ReadingAction {
    @Parameters(paramLabel = "SNAPSHOT[:PATH]", description = "latest, or the first digits of an id.")
    private String name = SnapshotName.LATEST;

    @Option(
            names = {"-t", "--target"},
            paramLabel = "DIRECTORY",
            required = true,
            description = "Where to.")
    private String target = "";

    @Option(
            names = {"-i", "--include"},
            paramLabel = "PATTERN",
            description = "Only what matches, such as '*.conf' or /srv/**/cache; repeatable.")
    private List<String> include = new ArrayList<>();

    @Option(
            names = {"-e", "--exclude"},
            paramLabel = "PATTERN",
            description = "Nothing that matches; repeatable.")
    private List<String> exclude = new ArrayList<>();

    @Option(
            names = "--overwrite",
            paramLabel = "RULE",
            description =
                    "Which files that are there are replaced: always (unless the content is right), if-changed (by size and time), if-newer, never. By default always.")
    private String overwrite = "always";

    @Option(names = "--verify", description = "Read what was written again, and compare it.")
    private boolean verify;

    @Option(names = "--dry-run", description = "Show what would be done, and write nothing.")
    private boolean dryRun;

    @Option(
            names = "--salvage",
            description = "The repository is damaged: go on without what cannot be read, and list it.")
    private boolean salvage;

    @Mixin
    private SnapshotOptions snapshots = new SnapshotOptions();

    RepoRestoreCommand() {}

    @Override
    boolean locksItself() {
        return true;
    }

    @Override
    Repository open(RepositoryOptions options, Context context) throws IOException {
        return salvage ? options.salvage(context) : options.open(context);
    }

    @Override
    ExitCode read(Context context, Repository opened) throws IOException, InterruptedException {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON);
        SnapshotName wanted = SnapshotOptions.name(name);
        StoredSnapshot snapshot = salvage
                ? snapshots.snapshot(opened.snapshots((file, damage) -> note(context, damage)), wanted)
                : snapshots.snapshot(opened, wanted);
        if (salvage) {
            opened.salvageIndex((file, damage) -> note(context, damage));
        }
        Restore restore = Restore.of(opened, snapshot)
                .from(wanted.path())
                .only(selection())
                .overwriting(rule())
                .telling(lack -> tell(context, lack))
                .showing(new RepositoryProgress(context, "restored"));
        restore = verify ? restore.verified() : restore;
        restore = noLock() || salvage ? restore.withoutLock() : restore;
        Path directory = context.surroundings().workingDirectory().resolve(target);
        if (dryRun) {
            context.results().print(plan(restore.plan(directory), format));
            return ExitCode.DONE;
        }
        RestoreReport report = restore.into(directory);
        context.results().print(format == OutputFormat.JSON ? format.print(data(snapshot, report)) : text(report));
        return report.complete() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static void note(Context context, DamagedException damage) {
        context.messages().note(String.valueOf(damage.getMessage()));
    }

    private Selection selection() {
        try {
            return Selection.of(include, exclude);
        } catch (IllegalArgumentException e) {
            throw Failure.usage("a pattern makes no sense: " + e.getMessage(), "correct --include or --exclude");
        }
    }

    private Overwrite rule() {
        try {
            return Overwrite.valueOf(overwrite.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw Failure.usage(
                    "option --overwrite cannot be \"" + overwrite + "\"", "use always, if-changed, if-newer or never");
        }
    }

    private static void tell(Context context, Lack lack) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("path", Data.of(lack.path()));
        fields.put("lacks", Data.of(lack.kind().toString().toLowerCase(Locale.ROOT)));
        fields.put("message", Data.of(lack.reason()));
        context.messages().progress(lack.path() + " " + lack.reason(), fields);
    }

    private static String plan(RestorePlan plan, OutputFormat format) {
        if (format == OutputFormat.JSON) {
            List<Data> files = new ArrayList<>();
            plan.forEach((path, action) ->
                    files.add(Data.of(Map.of("path", Data.of(path), "action", Data.of(word(action))))));
            return format.print(Data.of(files));
        }
        StringBuilder text = new StringBuilder();
        plan.forEach((path, action) -> text.append(String.format("%-9s  %s%n", word(action), Plain.line(path))));
        plan.lacks()
                .forEach(lack -> text.append("lost       ")
                        .append(Plain.line(lack.path() + " " + lack.reason()))
                        .append('\n'));
        return text + Counted.of(plan.count(Action.CREATE), "file") + " to create, "
                + plan.count(Action.REPLACE) + " to replace unless they are right, " + plan.count(Action.UNCHANGED)
                + " right already, " + plan.count(Action.KEEP) + " to keep; at most " + Sizes.of(plan.bytes())
                + " to write. Nothing was done.\n";
    }

    private static String word(Action action) {
        return action.toString().toLowerCase(Locale.ROOT);
    }

    private static String text(RestoreReport report) {
        long lost = report.lacks().stream()
                .filter(lack -> lack.kind() == Lack.Kind.CONTENT)
                .count();
        long bare = report.lacks().size() - lost;
        return "Restored " + Counted.of(report.restored(), "file") + ", " + Sizes.of(report.bytes()) + " in "
                + RepositoryProgress.clock(report.progress().elapsed()) + "; "
                + report.unchanged() + " were right already, " + report.kept() + " were kept.\n"
                + (lost == 0 ? "" : Counted.of(lost, "path") + " could not be restored (above).\n")
                + (bare == 0 ? "" : Counted.of(bare, "attribute") + " could not be set (above).\n");
    }

    private static Data data(StoredSnapshot snapshot, RestoreReport report) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("snapshot", Data.of(snapshot.id().toString()));
        fields.put("restored", Data.of(report.restored()));
        fields.put("unchanged", Data.of(report.unchanged()));
        fields.put("kept", Data.of(report.kept()));
        fields.put("bytes", Data.of(report.bytes()));
        fields.put("seconds", Data.of(report.progress().elapsed().toSeconds()));
        fields.put(
                "lacks",
                Data.of(report.lacks().stream()
                        .map(lack -> Data.of(Map.of(
                                "path", Data.of(lack.path()),
                                "lacks", Data.of(lack.kind().toString().toLowerCase(Locale.ROOT)),
                                "message", Data.of(lack.reason()))))
                        .toList()));
        return Data.of(fields);
    }
}
