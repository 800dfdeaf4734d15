package dev.prodstack.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code prodstack} without a command: what it can do. */
@Command(
        name = "prodstack",
        header = "Run one Compose file in production on Docker Swarm.",
        description = {
            "prodstack lint                        find what is legal and hurts on Swarm",
            "prodstack plan                        show what a deploy would do",
            "prodstack deploy                      make it so, and wait until all is healthy",
            "prodstack deploy -f a.yml -f b.yml    the stack of two files, b.yml over a.yml",
            "prodstack help config                 help on one command, with examples",
        },
        customSynopsis = "prodstack COMMAND [OPTIONS]")
final class Root {
    @Mixin
    private StackOptions stack = new StackOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    Root() {}

    /** Whether the version is wanted. */
    boolean version() {
        return version;
    }

    CommonOptions common() {
        return common;
    }

    StackOptions stack() {
        return stack;
    }
}
