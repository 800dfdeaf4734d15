package dev.prodstack.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code prodstack node}, under which the commands about nodes stand. */
@Command(
        name = "node",
        header = "Take tasks off a node before work on it, let them come again, restart them.",
        description = {
            "prodstack node drain n2 --dry-run   what would move",
            "prodstack node drain n2             move it, and wait until it runs elsewhere",
            "prodstack node activate n2          let it take tasks again",
            "prodstack node restart-tasks n2     replace the tasks that run there",
        },
        customSynopsis = "prodstack node COMMAND NODE [OPTIONS]",
        subcommands = {NodeDrainCommand.class, NodeActivateCommand.class, NodeRestartCommand.class})
final class NodeCommand {
    @Mixin
    private CommonOptions common = new CommonOptions();

    NodeCommand() {}

    CommonOptions common() {
        return common;
    }
}
