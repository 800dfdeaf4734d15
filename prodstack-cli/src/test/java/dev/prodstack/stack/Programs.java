package dev.prodstack.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The programs that read the stack's files in production, as this machine has them. */
final class Programs {
    private static final long DEADLINE_SECONDS = 120;

    private Programs() {}

    /** What a program said, both of its outputs, and how it ended. */
    record Ended(int code, String output) {
        Ended {
            assertThat(output).isNotNull();
        }
    }

    /** Where a program is; the test is skipped where it is not installed. */
    static String find(String program, String debianPackage) {
        Optional<Path> found = onPath(program);
        assumeThat(found)
                .as("needs %s: apt-get install %s", program, debianPackage)
                .isPresent();
        return found.orElseThrow().toString();
    }

    private static Optional<Path> onPath(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("") + ":/usr/sbin:/sbin";
        return Arrays.stream(path.split(":"))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The newest of PostgreSQL's server programs that are installed. */
    static Path postgres() {
        Path versions = Path.of("/usr/lib/postgresql");
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(versions)) {
            try (Stream<Path> each = Files.list(versions)) {
                each.map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                        .sorted()
                        .forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assumeThat(found).as("needs PostgreSQL: apt-get install postgresql").isNotEmpty();
        return found.get(found.size() - 1);
    }

    /** Runs a program to its end. */
    static Ended run(String... command) {
        return run(List.of(command));
    }

    static Ended run(List<String> command) {
        return run(Path.of("."), command);
    }

    static Ended run(Path directory, List<String> command) {
        return run(directory, command, Map.of(), Duration.ofSeconds(DEADLINE_SECONDS));
    }

    /**
     * Runs a program with these variables besides those of the test; ends it, and what it began, if it takes longer.
     */
    static Ended run(Path directory, List<String> command, Map<String, String> environment, Duration deadline) {
        try {
            Path output = Files.createTempFile("prodstack-", ".out");
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .redirectInput(Path.of("/dev/null").toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                if (!process.waitFor(deadline.toSeconds(), TimeUnit.SECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroy);
                    process.destroyForcibly();
                    throw new AssertionError(
                            String.join(" ", command) + " did not end; it said: " + Files.readString(output));
                }
                return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
