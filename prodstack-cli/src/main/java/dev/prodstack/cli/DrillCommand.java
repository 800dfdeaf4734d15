package dev.prodstack.cli;

import dev.prodstack.backup.stack.DrillHistory;
import dev.prodstack.backup.stack.DrillMetrics;
import dev.prodstack.backup.stack.DrillPage;
import dev.prodstack.backup.stack.DrillPlan;
import dev.prodstack.backup.stack.DrillReport;
import dev.prodstack.backup.stack.StackDrill;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.print.JsonText;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.Swarm;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prodstack drill}. */
@Command(
        name = "drill",
        header = "Try a restore in a throw-away stack, check it, measure it, take it down.",
        description = {
            "prodstack drill --dry-run               what would be made",
            "prodstack drill                         with the newest whole backup",
            "prodstack drill 20261126T02             with an older one",
            "prodstack drill --report html > d.html  the last drills, as a page",
        },
        customSynopsis = "prodstack drill [BACKUP] [OPTIONS]",
        footer = {
            "The throw-away stack has networks and volumes of its own and publishes nothing;",
            "the stack itself is not touched, which is checked. It is removed when the drill",
            "ends, also when it fails or is interrupted. Its volumes are on the node of the",
            "engine, which needs room for them. Exit code 1 if something is not as it was",
            "backed up, 7 if it took longer than drill.timeout, 8 if another drill is on."
        })
final class DrillCommand extends BackupAction {
    @Parameters(arity = "0..1", paramLabel = "BACKUP", description = "Which one; by default latest.")
    private String backup = BackupChoice.LATEST;

    @Option(names = "--dry-run", description = "Show the plan and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--report",
            paramLabel = "FORM",
            description = "Print the reports of the last drills in this form, and end: html, metrics or json.")
    private Optional<String> report = Optional.empty();

    @Mixin
    private LockOptions lock = new LockOptions();

    DrillCommand() {}

    @Override
    Duration patience() {
        return lock.patience();
    }

    @Override
    ExitCode run(Context context, Swarm swarm, Stack stack) throws IOException {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON, OutputFormat.YAML);
        if (report.isPresent()) {
            List<DrillReport> drills = DrillHistory.read(swarm.store(), stack.name());
            context.results().print(printed(stack.name(), drills, report.get()));
            return ExitCode.DONE;
        }
        StackDrill drill = new StackDrill(
                stack,
                BackupOptions.settings(stack),
                image(context, stack),
                BackupOptions.cluster(context, swarm).waiting(patience()),
                swarm.trials(),
                new BackupEvents(context));
        DrillPlan plan = drill.plan(BackupChoice.of(list(context, swarm, stack), backup));
        if (dryRun && format != OutputFormat.TABLE) {
            context.results().print(format.print(DrillText.data(plan)));
        } else if (dryRun) {
            context.results().print(DrillText.of(plan, context.style()));
        } else if (format == OutputFormat.TABLE) {
            DrillText.of(plan, context.style()).lines().forEach(context.messages()::note);
        }
        if (!plan.obstacles().isEmpty()) {
            throw Failure.failed("this drill cannot be made: " + String.join("; ", plan.obstacles()), "");
        }
        if (dryRun) {
            return ExitCode.DONE;
        }
        DrillReport done = drill.run(plan);
        context.results()
                .print(
                        format == OutputFormat.TABLE
                                ? DrillText.of(done, context.style())
                                : format.print(DrillText.data(done)));
        return code(done);
    }

    private static String printed(String stack, List<DrillReport> drills, String form) {
        return switch (form) {
            case "html" -> DrillPage.of(stack, drills, Instant.now());
            case "metrics" -> DrillMetrics.of(stack, drills);
            case "json" ->
                JsonText.pretty(Data.of(drills.stream().map(DrillText::data).toList())) + "\n";
            default -> throw Failure.usage("--report cannot be \"" + form + "\"", "use html, metrics or json");
        };
    }

    private static ExitCode code(DrillReport report) {
        if (report.good()) {
            return ExitCode.DONE;
        }
        String problems = DrillText.problems(report);
        if (report.problem().startsWith("not done within")) {
            throw Failure.ended(ExitCode.TIMED_OUT, problems, "raise backup.drill.timeout, or find out what is slow");
        }
        throw Failure.failed("the drill failed: " + problems, "");
    }
}
