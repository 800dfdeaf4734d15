package dev.prodstack.cli;

import picocli.CommandLine.Command;

/** {@code prodstack autoscale} without a further word: what it can do. */
@Command(
        name = "autoscale",
        header = "Scale services on their load, and try policies before they act.",
        description = {
            "prodstack autoscale decide < cases.jsonl            what would be decided, and why",
            "prodstack autoscale simulate web --trace load.csv   replay a policy on recorded load",
            "prodstack autoscale export --to keda                the same policies for Kubernetes",
        },
        customSynopsis = "prodstack autoscale COMMAND [OPTIONS]",
        subcommands = {DecideCommand.class, SimulateCommand.class, ExportCommand.class})
final class AutoscaleCommand {
    AutoscaleCommand() {}
}
