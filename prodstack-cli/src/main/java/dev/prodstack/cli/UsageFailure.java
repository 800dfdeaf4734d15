package dev.prodstack.cli;

import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.problem.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command line that picocli rejects, in our words. */
final class UsageFailure {
    private UsageFailure() {}

    /** A command under which others stand, of which none was given. */
    static Failure missingCommand(CommandLine command) {
        boolean root = command.getParent() == null;
        Collection<String> known =
                root ? CommandTree.NAMES : command.getSubcommands().keySet();
        return Failure.usage(
                "a command is missing; there are " + String.join(", ", known),
                command.getCommandSpec().qualifiedName() + " --help says what each does");
    }

    static Failure of(ParameterException e) {
        CommandSpec command = e.getCommandLine().getCommandSpec();
        String help = command.qualifiedName() + " --help";
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched.getUnmatched().get(0), command, help);
        }
        String fix = "see " + help;
        if (e instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            ArgSpec first = missing.getMissing().get(0);
            String label = first.paramLabel();
            return Failure.usage(first.isOption() ? name(first) + " needs a " + label : label + " is missing", fix);
        }
        if (e instanceof OverwrittenOptionException twice) {
            return Failure.usage(name(twice.getOverwritten()) + " is given twice", "give it once");
        }
        Optional<ArgSpec> argument = Optional.ofNullable(e.getArgSpec());
        if (argument.isPresent() && e.getValue() != null) {
            return badValue(argument.get(), e.getValue(), fix);
        }
        return Failure.usage(firstLine(e), fix);
    }

    static Failure unknownCommand(String word, Collection<String> known) {
        return Failure.usage(
                "unknown command \"" + word + "\"",
                Suggestion.forWord(word, known).orElse("there are " + String.join(", ", known)));
    }

    private static Failure unmatched(String word, CommandSpec command, String help) {
        if (word.startsWith("-")) {
            String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            return Failure.usage(
                    "unknown option " + name,
                    Suggestion.forWord(name, optionNames(command)).orElse("see " + help));
        }
        return command.parent() == null
                ? unknownCommand(word, CommandTree.NAMES)
                : Failure.usage("unexpected argument \"" + word + "\"", "see " + help);
    }

    private static Failure badValue(ArgSpec argument, String value, String fix) {
        List<String> choices = new ArrayList<>();
        if (argument.completionCandidates() != null) {
            argument.completionCandidates().forEach(choices::add);
        }
        String found = name(argument) + " cannot be \"" + value + "\"";
        return choices.isEmpty()
                ? Failure.usage(found, fix)
                : Failure.usage(
                        found + "; expected one of " + String.join(", ", choices),
                        Suggestion.forWord(value, choices).orElse(fix));
    }

    private static List<String> optionNames(CommandSpec command) {
        return command.options().stream()
                .filter(option -> !option.hidden())
                .flatMap(option -> List.of(option.names()).stream())
                .toList();
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? "option " + option.longestName() : argument.paramLabel();
    }

    private static String firstLine(ParameterException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("the command line cannot be understood");
    }
}
