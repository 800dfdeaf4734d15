package dev.prodstack.cli;

import dev.prodstack.cli.display.ColorMode;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.settings.Effective;
import dev.prodstack.cli.settings.Origin;
import dev.prodstack.cli.settings.Setting;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that every command has. */
final class CommonOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description =
                    "How to print the result: ${COMPLETION-CANDIDATES}, where the command has it. With json, messages are JSON too.")
    private Optional<OutputFormat> output = Optional.empty();

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "When to use colours: ${COMPLETION-CANDIDATES}. By default auto: on a terminal.")
    private Optional<ColorMode> color = Optional.empty();

    @Option(
            names = {"-q", "--quiet"},
            description = "Say nothing but results and errors.")
    private boolean quiet;

    @Option(names = "--debug", hidden = true, description = "Print stack traces of failures (env: PRODSTACK_DEBUG=1).")
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    /** Whether stack traces are wanted. */
    boolean debug() {
        return debug;
    }

    /** Whether help is wanted in place of the command. */
    boolean help() {
        return help;
    }

    /** The settings among them that were given. */
    Map<Setting, Effective> settings() {
        Map<Setting, Effective> given = new EnumMap<>(Setting.class);
        output.ifPresent(format -> given.put(Setting.OUTPUT, option("--output", format.toString())));
        color.ifPresent(mode -> given.put(Setting.COLOR, option("--color", mode.toString())));
        if (quiet) {
            given.put(Setting.QUIET, option("--quiet", "true"));
        }
        return given;
    }

    private static Effective option(String name, String value) {
        return new Effective(List.of(value), new Origin.CommandLine(name));
    }
}
