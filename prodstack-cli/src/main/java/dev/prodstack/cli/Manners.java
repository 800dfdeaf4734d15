package dev.prodstack.cli;

import dev.prodstack.cli.display.ColorMode;
import dev.prodstack.cli.display.Messages;
import dev.prodstack.cli.display.Messages.Depth;
import dev.prodstack.cli.display.Messages.Reader;
import dev.prodstack.cli.display.Messages.Volume;
import dev.prodstack.cli.display.Style;
import dev.prodstack.cli.settings.Setting;
import dev.prodstack.cli.settings.Settings;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How messages look, by the settings or, while these cannot be had, by a guess. */
final class Manners {
    private static final String DEBUG_VARIABLE = "PRODSTACK_DEBUG";

    private Manners() {}

    static Messages.Manner of(Settings settings, CommonOptions options, Surroundings surroundings) {
        return manner(
                surroundings,
                settings.word(Setting.COLOR).orElse(""),
                settings.word(Setting.OUTPUT).orElse(""),
                settings.word(Setting.QUIET).filter(Manners::isTrue).isPresent() ? Volume.QUIET : Volume.NORMAL,
                options.debug());
    }

    /** From the bare arguments and the environment, for what goes wrong before these are understood. */
    static Messages.Manner guess(List<String> arguments, Surroundings surroundings) {
        return manner(
                surroundings,
                color(arguments, surroundings.environment()),
                word(arguments, surroundings.environment(), "-o", "--output", "PRODSTACK_OUTPUT"),
                Volume.NORMAL,
                arguments.contains("--debug"));
    }

    /** The colours of help texts, which are printed before settings are read. */
    static Style guessStyle(List<String> arguments, Surroundings surroundings) {
        ColorMode mode = mode(color(arguments, surroundings.environment()));
        return Style.of(mode, surroundings.environment(), surroundings.outSink());
    }

    static ColorMode mode(String word) {
        for (ColorMode mode : ColorMode.values()) {
            if (mode.toString().equals(word.toLowerCase(Locale.ROOT))) {
                return mode;
            }
        }
        return ColorMode.AUTO;
    }

    private static Messages.Manner manner(
            Surroundings surroundings, String color, String output, Volume volume, boolean debug) {
        Map<String, String> environment = surroundings.environment();
        boolean deep = debug || isTrue(environment.getOrDefault(DEBUG_VARIABLE, ""));
        return new Messages.Manner(
                Style.of(mode(color), environment, surroundings.errSink()),
                output.equalsIgnoreCase("json") ? Reader.PROGRAM : Reader.PERSON,
                volume,
                deep ? Depth.FOR_DEVELOPERS : Depth.FOR_USERS);
    }

    private static boolean isTrue(String word) {
        return word.equals("1") || word.equals("true");
    }

    private static String color(List<String> arguments, Map<String, String> environment) {
        return word(arguments, environment, "--color", "--color", "PRODSTACK_COLOR");
    }

    private static String word(
            List<String> arguments,
            Map<String, String> environment,
            String shortName,
            String longName,
            String variable) {
        String found = environment.getOrDefault(variable, "");
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--")) {
                break;
            }
            if (argument.startsWith(longName + "=")) {
                found = argument.substring(longName.length() + 1);
            } else if ((argument.equals(longName) || argument.equals(shortName)) && i + 1 < arguments.size()) {
                found = arguments.get(i + 1);
            } else if (argument.startsWith(shortName) && !argument.startsWith("--")) {
                found = argument.substring(shortName.length());
            }
        }
        return found;
    }
}
