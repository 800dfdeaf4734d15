package dev.prodstack.cli;

import picocli.CommandLine.Command;

/** {@code prodstack autoscale} without a further word: what it can do. */
@Command(
        name = "autoscale",
        header = "Scale services on their load, and try policies before they act.",
        description = {
            "prodstack autoscale decide < cases.jsonl     what would be decided",
            "prodstack autoscale simulate --trace a.csv   replay recorded load",
            "prodstack autoscale export --to keda         the same for Kubernetes",
        },
        customSynopsis = "prodstack autoscale COMMAND [OPTIONS]",
        subcommands = {DecideCommand.class, SimulateCommand.class, ExportCommand.class})
final class AutoscaleCommand {
    AutoscaleCommand() {}
}
