package dev.prodstack.cli;

import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.report.PlanData;
import dev.prodstack.cli.report.PlanText;
import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.swarm.Swarm;
import dev.prodstack.swarm.plan.Plan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code prodstack plan}. */
@Command(
        name = "plan",
        header = "Show what a deploy would do, field by field, and do nothing.",
        description = {
            "prodstack plan                      what would change, and which tasks restart",
            "prodstack plan --prune              with what would be removed",
            "prodstack plan --detailed-exitcode  for scripts: 3 if there is anything to do",
            "prodstack plan -o json              as JSON",
        },
        customSynopsis = "prodstack plan [OPTIONS]")
final class PlanCommand extends StackAction {
    @Option(
            names = "--detailed-exitcode",
            description = "End with exit code 3 (changes pending) if there is anything to do.")
    private boolean detailedExitCode;

    @Mixin
    private PlanningOptions planning = new PlanningOptions();

    PlanCommand() {}

    @Override
    ExitCode run(Context context) {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.YAML, OutputFormat.JSON);
        ComposeFile file = StackFiles.load(context);
        try (Swarm swarm = ConnectionOptions.connect(context)) {
            Plan plan = swarm.plan(file.stack(), planning.options());
            context.results()
                    .print(
                            format == OutputFormat.TABLE
                                    ? PlanText.of(plan, context.style())
                                    : format.print(PlanData.of(plan)));
            if (!plan.obstacles().isEmpty()) {
                throw PlanningOptions.obstructed(plan);
            }
            return detailedExitCode && !plan.isEmpty() ? ExitCode.CHANGES_PENDING : ExitCode.DONE;
        }
    }
}
