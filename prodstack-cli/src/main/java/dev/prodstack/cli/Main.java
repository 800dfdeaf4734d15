package dev.prodstack.cli;

import dev.prodstack.cli.display.Excerpts;
import dev.prodstack.cli.display.Messages;
import dev.prodstack.cli.display.Results;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.cli.settings.Effective;
import dev.prodstack.cli.settings.Setting;
import dev.prodstack.cli.settings.Settings;
import dev.prodstack.core.compose.ComposeException;
import dev.prodstack.swarm.problem.EngineException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The {@code prodstack} command. */
public final class Main {
    private final Surroundings surroundings;
    private final Consumer<Duration> farewell;
    private final Excerpts excerpts;
    private Messages messages;

    private Main(List<String> arguments, Surroundings surroundings, Consumer<Duration> farewell) {
        this.surroundings = surroundings;
        this.farewell = farewell;
        this.excerpts = new Excerpts(surroundings.workingDirectory());
        this.messages = messages(Manners.guess(arguments, surroundings));
    }

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        Farewell farewell = Farewell.ofThisThread();
        ExitCode code = new Main(words, Surroundings.ofProcess(), farewell::takes).run(words);
        farewell.done();
        System.exit(code.number());
    }

    /** Runs a command in the given surroundings. Whatever goes wrong is said there, nothing is thrown. */
    static ExitCode run(List<String> arguments, Surroundings surroundings) {
        return new Main(arguments, surroundings, longest -> {}).run(arguments);
    }

    private ExitCode run(List<String> arguments) {
        Failure failure;
        try {
            return act(arguments);
        } catch (Failure e) {
            failure = e;
        } catch (ComposeException e) {
            failure = Failure.input(e.problems(), e);
        } catch (EngineException e) {
            failure = ConnectionOptions.failure(e);
        } catch (RuntimeException | Error e) {
            failure = Failure.defect(e);
        }
        messages.failure(failure);
        return failure.code();
    }

    private ExitCode act(List<String> arguments) {
        Results results = new Results(surroundings.out());
        CommandTree tree = CommandTree.of(arguments, Manners.guessStyle(arguments, surroundings));
        Optional<String> help = tree.parse();
        if (help.isPresent()) {
            results.print(help.get());
            return ExitCode.DONE;
        }
        Action action = tree.action();
        Settings settings = settings(action);
        messages = messages(Manners.of(settings, action.common(), surroundings));
        farewell.accept(action.farewell());
        return action.run(new Context(surroundings, settings, results, messages, excerpts));
    }

    private Settings settings(Action action) {
        Map<Setting, Effective> options = new EnumMap<>(Setting.class);
        options.putAll(action.common().settings());
        options.putAll(action.stack().settings());
        options.putAll(action.connection().settings());
        return Settings.resolve(
                options,
                surroundings.environment(),
                Settings.files(surroundings.workingDirectory(), surroundings.environment()));
    }

    private Messages messages(Messages.Manner manner) {
        return new Messages(surroundings.err(), manner, excerpts);
    }
}
