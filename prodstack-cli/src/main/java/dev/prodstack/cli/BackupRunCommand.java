package dev.prodstack.cli;

import dev.prodstack.backup.stack.BackupReport;
import dev.prodstack.backup.stack.StackBackup;
import dev.prodstack.backup.stack.StackBackupPlan;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.display.Table;
import dev.prodstack.cli.outcome.Counted;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.backup.BackupManifest;
import dev.prodstack.core.backup.IncompleteBackup;
import dev.prodstack.core.cluster.ClusterJobs.Node;
import dev.prodstack.core.problem.Problem;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.Swarm;
import dev.prodstack.swarm.release.Release;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code prodstack backup run}. */
@Command(
        name = "run",
        header = "Back up the stack now, then apply retention and verify.",
        description = {
            "prodstack backup run                    all that the file declares",
            "prodstack backup run --dry-run          what would be read, and where",
            "prodstack backup run --only postgres    one service",
            "prodstack backup run -o json            progress and report as JSON",
        },
        customSynopsis = "prodstack backup run [OPTIONS]",
        footer = {
            "A part that fails leaves the others as they are, and says so: the exit code is 1,",
            "and the backup is kept as an incomplete one."
        })
final class BackupRunCommand extends BackupAction {
    @Option(names = "--dry-run", description = "Show the plan and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--only",
            paramLabel = "PART",
            description = "Only these: a service, or a service and a source as in \"web volume uploads\".")
    private List<String> only = new ArrayList<>();

    @Mixin
    private LockOptions lock = new LockOptions();

    BackupRunCommand() {}

    @Override
    Duration patience() {
        return lock.patience();
    }

    @Override
    ExitCode run(Context context, Swarm swarm, Stack stack) throws IOException, InterruptedException {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON, OutputFormat.YAML);
        StackBackup backup = backups(context, swarm, stack, new BackupEvents(context));
        StackBackupPlan plan =
                backup.plan(part -> only.isEmpty() || only.contains(part.service()) || only.contains(part.name()));
        plan.warnings().forEach(text -> context.messages().warning(new Problem(Failure.ARGUMENTS, "", text, "")));
        if (plan.ordered().isEmpty() && plan.others().isEmpty()) {
            throw Failure.failed(
                    "nothing is to be backed up", "declare x-prodstack.backup beside services, or look at --only");
        }
        if (dryRun) {
            context.results().print(format == OutputFormat.TABLE ? text(plan, context) : format.print(data(plan)));
            return ExitCode.DONE;
        }
        if (format == OutputFormat.TABLE) {
            text(plan, context).lines().forEach(context.messages()::note);
        }
        BackupReport report = backup.run(plan, release(swarm, stack));
        context.results().print(format == OutputFormat.TABLE ? text(report) : format.print(data(report)));
        return code(report);
    }

    /** The number of the release that runs. */
    static Optional<Integer> release(Swarm swarm, Stack stack) {
        return swarm.releases(stack.name()).stream().map(Release::number).reduce((earlier, later) -> later);
    }

    private static ExitCode code(BackupReport report) {
        if (report.backup() instanceof IncompleteBackup incomplete) {
            throw Failure.failed(
                    "the backup is incomplete: "
                            + incomplete.failures().stream()
                                    .map(failed -> failed.service() + " " + failed.source() + ": " + failed.reason())
                                    .collect(Collectors.joining("; ")),
                    "mend that and run it again; the parts that are stored can be restored with --only");
        }
        List<String> problems = report.after().stream()
                .filter(step -> !step.problem().isEmpty())
                .map(step -> step.name() + ": " + step.problem())
                .toList();
        if (!problems.isEmpty()) {
            throw Failure.failed(
                    "the backup is stored, but " + String.join("; ", problems),
                    "mend that; the next backup does it again, and prodstack backup verify checks before then");
        }
        return ExitCode.DONE;
    }

    private static String text(StackBackupPlan plan, Context context) {
        Table table = new Table("SERVICE", "SOURCE", "WHERE", "WHEN");
        plan.ordered().forEach(part -> row(table, part, "in this order"));
        String when = plan.ordered().isEmpty() ? "side by side" : "then side by side";
        plan.others().forEach(part -> row(table, part, when));
        return table.print(context.style());
    }

    private static void row(Table table, StackBackupPlan.Part part, String when) {
        String where = part.nodes().stream().map(Node::name).collect(Collectors.joining(", "));
        table.row(part.service(), part.source().name(), where.isEmpty() ? "any node" : where, when);
    }

    private static Data data(StackBackupPlan plan) {
        List<Data> parts = Stream.concat(plan.ordered().stream(), plan.others().stream())
                .map(BackupRunCommand::data)
                .toList();
        return Data.of(Map.of("stack", Data.of(plan.stack()), "parts", Data.of(parts)));
    }

    private static Data data(StackBackupPlan.Part part) {
        return Data.of(Map.of(
                "service", Data.of(part.service()),
                "source", Data.of(part.source().name()),
                "nodes",
                        Data.of(part.nodes().stream()
                                .map(Node::name)
                                .map(Data::of)
                                .toList())));
    }

    private static String text(BackupReport report) {
        Duration took =
                Duration.between(report.backup().begun(), report.backup().ended());
        return (report.backup() instanceof BackupManifest ? "Backup " : "Incomplete backup ")
                + report.backup().id() + ": "
                + Counted.of(report.backup().parts().size(), "part") + ", "
                + Sizes.of(report.backup().bytesRead()) + " read, "
                + Sizes.of(report.backup().bytesStored()) + " added, in " + BackupEvents.seconds(took) + ".\n";
    }

    private static Data data(BackupReport report) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("backup", RecordData.of(report.backup()));
        fields.put(
                "after",
                Data.of(report.after().stream()
                        .map(step -> Data.of(Map.of(
                                "name", Data.of(step.name()),
                                "problem", Data.of(step.problem()),
                                "text", Data.of(step.text()),
                                "seconds", Data.of(step.took().toSeconds()))))
                        .toList()));
        return Data.of(fields);
    }
}
