package dev.prodstack.cli;

import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.swarm.Swarm;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code prodstack restart}. */
@Command(
        name = "restart",
        header = "Replace the tasks of services by fresh ones, at the pace of their updates.",
        description = {
            "prodstack restart backend          all of its tasks, one batch after another",
            "prodstack restart backend worker   of both side by side",
            "prodstack restart backend --dry-run  what it would do",
        },
        customSynopsis = "prodstack restart SERVICE... [OPTIONS]")
final class RestartCommand extends StackAction {
    @Parameters(paramLabel = "SERVICE", description = "A service, as the Compose file calls it.")
    private List<String> services = new ArrayList<>();

    @Mixin
    private ApplyOptions applying = new ApplyOptions();

    RestartCommand() {}

    @Override
    ExitCode run(Context context) {
        applying.options();
        if (services.isEmpty()) {
            throw Failure.usage("no service given", "name one: prodstack restart backend");
        }
        try (Swarm swarm = ConnectionOptions.connect(context)) {
            String name = StackNames.resolve(context, swarm);
            return applying.run(
                    context, swarm, new ApplyOptions.Work(name, "restart", () -> swarm.planRestart(name, services)));
        }
    }
}
