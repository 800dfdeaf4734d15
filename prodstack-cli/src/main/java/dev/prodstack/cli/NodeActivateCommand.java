package dev.prodstack.cli;

import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.swarm.node.NodePlan.Availability;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code prodstack node activate}. */
@Command(
        name = "activate",
        header = "Let a node take tasks again.",
        description = {
            "prodstack node activate n2   after the work on it",
        },
        customSynopsis = "prodstack node activate NODE [OPTIONS]",
        footer = {"Tasks do not come back by themselves: they do as services are updated, scaled or", "restarted."})
final class NodeActivateCommand extends EngineAction {
    @Mixin
    private NodeChange change = new NodeChange();

    NodeActivateCommand() {}

    @Override
    ExitCode run(Context context) {
        return change.run(context, Availability.ACTIVE);
    }
}
