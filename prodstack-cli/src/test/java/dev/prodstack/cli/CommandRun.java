package dev.prodstack.cli;

import dev.prodstack.cli.display.Style.Sink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A run of the command in this process, in a directory and an environment of its own. */
final class CommandRun {
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String input = "";
    private Sink outSink = Sink.OTHER;
    private Sink errSink = Sink.OTHER;
    private OutputStream outStream = out;

    private CommandRun(Path directory) {
        this.directory = directory;
        environment.put("XDG_CONFIG_DIRS", directory.resolve("xdg").toString());
        environment.put("HOME", directory.resolve("home").toString());
    }

    static CommandRun in(Path directory) {
        return new CommandRun(directory);
    }

    CommandRun file(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
        return this;
    }

    CommandRun env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    CommandRun input(String text) {
        input = text;
        return this;
    }

    CommandRun onTerminal() {
        outSink = Sink.TERMINAL;
        errSink = Sink.TERMINAL;
        return this;
    }

    CommandRun outOnTerminal() {
        outSink = Sink.TERMINAL;
        return this;
    }

    CommandRun errOnTerminal() {
        errSink = Sink.TERMINAL;
        return this;
    }

    CommandRun outTo(OutputStream stream) {
        outStream = stream;
        return this;
    }

    Outcome run(String... arguments) {
        int code = Main.run(
                        List.of(arguments),
                        new Surroundings(
                                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                                outStream,
                                err,
                                outSink,
                                errSink,
                                environment,
                                directory))
                .number();
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /**
     * How a run ended.
     *
     * @param code the exit code
     * @param out what it wrote to standard output
     * @param err what it wrote to standard error
     */
    record Outcome(int code, String out, String err) {}
}
