package dev.prodstack.cli;

import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.swarm.node.NodePlan.Availability;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code prodstack node drain}. */
@Command(
        name = "drain",
        header = "Take all tasks off a node, and wait until they run elsewhere.",
        description = {
            "prodstack node drain n2 --dry-run   what would move",
            "prodstack node drain n2             move it, and wait",
        },
        customSynopsis = "prodstack node drain NODE [OPTIONS]",
        footer = {
            "Swarm stops a task here before it starts one elsewhere: what has all of its tasks on",
            "the node does not serve meanwhile. The plan says which services these are."
        })
final class NodeDrainCommand extends EngineAction {
    @Mixin
    private NodeChange change = new NodeChange();

    NodeDrainCommand() {}

    @Override
    ExitCode run(Context context) {
        return change.run(context, Availability.DRAIN);
    }
}
