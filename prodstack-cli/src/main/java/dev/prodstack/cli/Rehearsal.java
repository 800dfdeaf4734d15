package dev.prodstack.cli;

import dev.prodstack.cli.display.Style.Sink;
import dev.prodstack.cli.outcome.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs what people run often, for nobody to see. {@code ./prodstack} has Java archive the classes that this takes
 * ({@code -XX:ArchiveClassesAtExit}), so that later starts map them in place of reading and checking them.
 */
public final class Rehearsal {
    private static final Map<String, String> ENVIRONMENT = Map.of("PRODSTACK_REPO_PASSWORD", "of a rehearsal");

    private final Path directory;
    private final Map<String, ExitCode> ended = new LinkedHashMap<>();

    private Rehearsal(Path directory) {
        this.directory = directory;
    }

    /**
     * Runs them, whatever comes of it.
     *
     * @param arguments a Compose file, if there is one
     */
    public static void main(String[] arguments) throws IOException {
        of(Stream.of(arguments).map(Path::of).toList());
    }

    /** What each command came to. */
    static Map<String, ExitCode> of(List<Path> composeFiles) throws IOException {
        Path directory = Files.createTempDirectory("prodstack-rehearsal");
        try {
            Rehearsal rehearsal = new Rehearsal(directory);
            for (Path file : composeFiles) {
                rehearsal.readStack(file.toAbsolutePath().toString());
            }
            rehearsal.backUp();
            return rehearsal.ended;
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void readStack(String composeFile) {
        run("config", "-f", composeFile);
        run("lint", "-f", composeFile);
    }

    private void backUp() throws IOException {
        run("--help");
        Path data = Files.createDirectory(directory.resolve("data"));
        Files.writeString(data.resolve("file"), "content\n".repeat(9_999));
        repo("init");
        repo("backup", data.toString());
        repo("backup", data.toString(), "--quiet");
        repo("snapshots");
        repo("check", "--read-data");
        repo("restore", "latest", "--target", directory.resolve("restored").toString());
    }

    private void repo(String... words) {
        List<String> line = new ArrayList<>(List.of("repo"));
        line.addAll(List.of(words));
        line.addAll(List.of("-r", directory.resolve("repository").toString()));
        run(line.toArray(String[]::new));
    }

    private void run(String... words) {
        ExitCode code = Main.run(
                List.of(words),
                new Surroundings(
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        Sink.OTHER,
                        Sink.OTHER,
                        ENVIRONMENT,
                        directory));
        ended.put(String.join(" ", words), code);
    }
}
