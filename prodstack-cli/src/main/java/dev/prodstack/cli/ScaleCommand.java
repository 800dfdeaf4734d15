package dev.prodstack.cli;

import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.swarm.Swarm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code prodstack scale}. */
@Command(
        name = "scale",
        header = "Give services other numbers of replicas, and wait until these run.",
        description = {
            "prodstack scale backend=8           eight replicas of backend",
            "prodstack scale backend=8 worker=20 both at once",
            "prodstack scale backend=0           none; the service stays",
        },
        customSynopsis = "prodstack scale SERVICE=REPLICAS... [OPTIONS]",
        footer = {
            "A later deploy keeps the number as long as the file's own does not change.",
            "An autoscaled service takes only numbers within its bounds."
        })
final class ScaleCommand extends StackAction {
    @Parameters(paramLabel = "SERVICE=REPLICAS", description = "A service and how many replicas it is to have.")
    private List<String> numbers = new ArrayList<>();

    @Mixin
    private ApplyOptions applying = new ApplyOptions();

    ScaleCommand() {}

    @Override
    ExitCode run(Context context) {
        applying.options();
        Map<String, Long> replicas = replicas();
        try (Swarm swarm = ConnectionOptions.connect(context)) {
            String name = StackNames.resolve(context, swarm);
            return applying.run(
                    context, swarm, new ApplyOptions.Work(name, "scale", () -> swarm.planScale(name, replicas)));
        }
    }

    private Map<String, Long> replicas() {
        if (numbers.isEmpty()) {
            throw Failure.usage("no service given", "name one: prodstack scale backend=8");
        }
        Map<String, Long> replicas = new LinkedHashMap<>();
        for (String number : numbers) {
            if (!number.matches("[^=]+=\\d{1,6}")) {
                throw Failure.usage(
                        "\"" + number + "\" is no service with a number of replicas", "write it like backend=8");
            }
            int equals = number.indexOf('=');
            replicas.put(number.substring(0, equals), Long.parseLong(number.substring(equals + 1)));
        }
        return replicas;
    }
}
