package dev.prodstack.cli;

import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.swarm.Swarm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code prodstack rm}. */
@Command(
        name = "rm",
        header = "Remove a stack: its services, configs, secrets and networks. Volumes stay unless named.",
        description = {
            "prodstack rm --dry-run        what would go",
            "prodstack rm --confirm shop   remove the stack shop, and wait until it is gone",
        },
        customSynopsis = "prodstack rm --confirm STACK [OPTIONS]",
        footer = {
            "Volumes and external secrets hold what cannot be made again; none is removed with a",
            "stack unless --prune-volume names it, from the node of the engine."
        })
final class RmCommand extends StackAction {
    @Option(
            names = "--confirm",
            paramLabel = "STACK",
            description = "The stack's name once more, to show that it is meant.")
    private Optional<String> confirmed = Optional.empty();

    @Option(
            names = "--prune-volume",
            paramLabel = "NAME",
            description = "Remove this volume of the stack too, with all it holds, from the node of the engine; "
                    + "repeatable.")
    private List<String> volumes = new ArrayList<>();

    @Mixin
    private ApplyOptions applying = new ApplyOptions();

    RmCommand() {}

    @Override
    ExitCode run(Context context) {
        applying.options();
        try (Swarm swarm = ConnectionOptions.connect(context)) {
            String name = StackNames.resolve(context, swarm);
            boolean meant = confirmed.filter(name::equals).isPresent();
            if (!meant && !applying.dryRun()) {
                throw Failure.usage(
                        confirmed.isEmpty()
                                ? "removing the stack " + name + " stops all of its services"
                                : "--confirm says " + confirmed.get() + ", the stack is " + name,
                        "if that is meant, add --confirm " + name);
            }
            return applying.run(
                    context, swarm, new ApplyOptions.Work(name, "rm", () -> swarm.planRemoval(name, volumes)));
        }
    }
}
