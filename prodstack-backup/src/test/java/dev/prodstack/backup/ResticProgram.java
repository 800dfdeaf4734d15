package dev.prodstack.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A restic program of this machine: the one in the path, or the one that {@code PRODSTACK_RESTIC} names.
 *
 * @param program how it is started
 * @param repository what it works on
 */
public record ResticProgram(String program, Path repository) {
    /** What every repository of the tests opens with. */
    public static final String PASSWORD = "open sesame";

    /** The programs there are. */
    public static Stream<String> all() {
        Set<String> programs = new LinkedHashSet<>(List.of("restic"));
        programs.add(System.getenv().getOrDefault("PRODSTACK_RESTIC", "restic"));
        return programs.stream();
    }

    /** Runs it, and gives what it prints. */
    public String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program, "--no-cache", "-r", repository.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("RESTIC_PASSWORD", PASSWORD);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
