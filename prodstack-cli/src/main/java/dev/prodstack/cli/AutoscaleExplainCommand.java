package dev.prodstack.cli;

import dev.prodstack.autoscale.Account;
import dev.prodstack.autoscale.Standing;
import dev.prodstack.autoscale.telemetry.AccountData;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.observe.ScalingText;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.problem.Suggestion;
import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.Swarm;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code prodstack autoscale explain}. */
@Command(
        name = "explain",
        header = "Say why a service has as many replicas as it has.",
        description = {
            "prodstack autoscale explain worker            in words",
            "prodstack autoscale explain worker -o json    for a script",
        },
        customSynopsis = "prodstack autoscale explain SERVICE [OPTIONS]")
final class AutoscaleExplainCommand extends StackAction {
    @Parameters(paramLabel = "SERVICE", description = "The service, by its name in the file.")
    private String service = "";

    AutoscaleExplainCommand() {}

    @Override
    ExitCode run(Context context) {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.YAML, OutputFormat.JSON);
        try (Swarm swarm = ConnectionOptions.connect(context)) {
            Standing standing = standing(swarm, StackNames.resolve(context, swarm));
            Account account = standing.services().get(service);
            if (account == null) {
                Set<String> known = standing.services().keySet();
                throw Failure.usage(
                        "the autoscaler does not look after a service \"" + service + "\"",
                        Suggestion.forWord(service, known).orElse("it does after " + String.join(", ", known)));
            }
            context.results()
                    .print(
                            format == OutputFormat.TABLE
                                    ? ScalingText.explained(service, account) + ScalingText.next(standing)
                                    : format.print(Data.of(AccountData.of(account))));
            return ExitCode.DONE;
        }
    }

    /**
     * What the autoscaler of a stack left in the cluster.
     *
     * @throws Failure if none ever looked
     */
    static Standing standing(Swarm swarm, String stack) {
        return Standing.read(swarm.store(), stack)
                .orElseThrow(() -> Failure.failed(
                        "no autoscaler has ever looked at stack " + stack,
                        "start one: prodstack autoscale run --stack " + stack));
    }
}
