package dev.prodstack.cli;

import dev.prodstack.autoscale.Standing;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.observe.ScalingText;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.swarm.Swarm;
import picocli.CommandLine.Command;

/** {@code prodstack autoscale status}. */
@Command(
        name = "status",
        header = "Show what the autoscaler made of each service at its last look.",
        description = {
            "prodstack autoscale status            the stack of the file here, or the only",
            "prodstack autoscale status -n shop    of another one",
        },
        customSynopsis = "prodstack autoscale status [OPTIONS]",
        footer = {"The exit code is 1 if no autoscaler has looked for four intervals."})
final class AutoscaleStatusCommand extends StackAction {
    AutoscaleStatusCommand() {}

    @Override
    ExitCode run(Context context) {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.YAML, OutputFormat.JSON);
        try (Swarm swarm = ConnectionOptions.connect(context)) {
            Standing standing = AutoscaleExplainCommand.standing(swarm, StackNames.resolve(context, swarm));
            context.results()
                    .print(
                            format == OutputFormat.TABLE
                                    ? ScalingText.table(standing, context.style())
                                    : format.print(ScalingText.data(standing)));
            return ScalingText.isSilent(standing) ? ExitCode.FAILED : ExitCode.DONE;
        }
    }
}
