package dev.prodstack.cli;

import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.swarm.Swarm;
import dev.prodstack.swarm.node.NodePlan;
import dev.prodstack.swarm.node.NodePlan.Affected;
import dev.prodstack.swarm.node.NodePlan.Availability;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code prodstack node restart-tasks}. */
@Command(
        name = "restart-tasks",
        header = "Replace the tasks of the services that run on a node, at their updates' pace.",
        description = {
            "prodstack node restart-tasks n2 --dry-run  which services",
            "prodstack node restart-tasks n2            one stack after the other",
        },
        customSynopsis = "prodstack node restart-tasks NODE [OPTIONS]",
        footer = {
            "Swarm replaces tasks of a service, not of a node: tasks of these services on other",
            "nodes are replaced too. Services of no stack are left alone."
        })
final class NodeRestartCommand extends EngineAction {
    @Parameters(arity = "0..1", paramLabel = "NODE", description = "The node's host name or id.")
    private Optional<String> node = Optional.empty();

    @Mixin
    private ApplyOptions applying = new ApplyOptions();

    NodeRestartCommand() {}

    @Override
    ExitCode run(Context context) {
        applying.options();
        try (Swarm swarm = ConnectionOptions.connect(context)) {
            NodePlan plan = NodeChange.plan(swarm, node, Availability.ACTIVE);
            Map<String, List<String>> byStack = new TreeMap<>();
            for (Affected its : plan.affected()) {
                if (!its.stack().isEmpty()) {
                    byStack.computeIfAbsent(its.stack(), stack -> new ArrayList<>())
                            .add(its.service().substring(its.stack().length() + 1));
                }
            }
            byStack.forEach((stack, services) -> applying.run(
                    context,
                    swarm,
                    new ApplyOptions.Work(stack, "restart-tasks", () -> swarm.planRestart(stack, services))));
            if (byStack.isEmpty()) {
                context.messages().note("no service of a stack has tasks on " + plan.node());
            }
            return ExitCode.DONE;
        }
    }
}
