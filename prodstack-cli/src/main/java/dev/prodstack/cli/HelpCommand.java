package dev.prodstack.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code prodstack help}, which {@link CommandTree} answers itself. */
@Command(
        name = "help",
        header = "Show what prodstack can do, or help on one command.",
        description = {
            "prodstack help           what there is",
            "prodstack help config    the same as prodstack config --help",
        },
        customSynopsis = "prodstack help [COMMAND]")
final class HelpCommand {
    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command to explain.")
    private List<String> words = new ArrayList<>();

    @Mixin
    private CommonOptions common = new CommonOptions();

    HelpCommand() {}

    /** The words of the command to explain; none for prodstack as a whole. */
    List<String> words() {
        return words;
    }

    CommonOptions common() {
        return common;
    }
}
