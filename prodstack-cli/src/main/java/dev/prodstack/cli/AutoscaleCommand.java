package dev.prodstack.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code prodstack autoscale}, under which the autoscaler's commands stand. */
@Command(
        name = "autoscale",
        header = "Scale services on their load, say why, and try policies before they act.",
        description = {
            "prodstack autoscale status                  what was decided of each service",
            "prodstack autoscale explain worker          why it has that many replicas",
            "prodstack autoscale run --once --dry-run    what would be done now",
            "prodstack autoscale run                     look after the stack until stopped",
            "prodstack autoscale decide < cases.jsonl    decide given cases",
            "prodstack autoscale simulate --trace a.csv  replay recorded load",
            "prodstack autoscale export --to keda        the same for Kubernetes",
        },
        customSynopsis = "prodstack autoscale COMMAND [OPTIONS]",
        subcommands = {
            AutoscaleRunCommand.class,
            AutoscaleStatusCommand.class,
            AutoscaleExplainCommand.class,
            DecideCommand.class,
            SimulateCommand.class,
            ExportCommand.class
        })
final class AutoscaleCommand {
    @Mixin
    private StackOptions stack = new StackOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    AutoscaleCommand() {}

    CommonOptions common() {
        return common;
    }

    StackOptions stack() {
        return stack;
    }
}
