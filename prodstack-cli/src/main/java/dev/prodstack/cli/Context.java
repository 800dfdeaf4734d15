package dev.prodstack.cli;

import dev.prodstack.cli.display.ColorMode;
import dev.prodstack.cli.display.Excerpts;
import dev.prodstack.cli.display.Messages;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.display.Results;
import dev.prodstack.cli.display.Style;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.cli.settings.Origin;
import dev.prodstack.cli.settings.Setting;
import dev.prodstack.cli.settings.Settings;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an action works with.
 *
 * @param surroundings what the process has from outside
 * @param settings the settings in effect
 * @param results where what was asked for goes
 * @param messages where everything else goes
 * @param excerpts the source lines that messages quote
 */
record Context(Surroundings surroundings, Settings settings, Results results, Messages messages, Excerpts excerpts) {

    /** The colours of standard output. */
    Style style() {
        ColorMode mode = settings.word(Setting.COLOR)
                .map(word -> ColorMode.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(ColorMode.AUTO);
        return Style.of(mode, surroundings.environment(), surroundings.outSink());
    }

    /**
     * The form to print the result in.
     *
     * @param supported the forms that the command can print, the default first
     * @throws Failure if the command line asks for another one; a setting from elsewhere is meant for every command, so
     *     one that cannot print it uses its default
     */
    OutputFormat format(OutputFormat... supported) {
        String asked = settings.word(Setting.OUTPUT).orElse(supported[0].toString());
        List<OutputFormat> fitting = Stream.of(supported)
                .filter(format -> format.toString().equals(asked))
                .toList();
        if (!fitting.isEmpty()) {
            return fitting.get(0);
        }
        if (settings.get(Setting.OUTPUT).origin() instanceof Origin.CommandLine) {
            throw Failure.usage(
                    "this command cannot print a " + asked,
                    "use --output "
                            + Stream.of(supported).map(Object::toString).collect(Collectors.joining(" or --output ")));
        }
        return supported[0];
    }
}
