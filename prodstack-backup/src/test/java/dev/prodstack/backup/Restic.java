package dev.prodstack.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The restic program on a repository: that of the system, or the one that {@code PRODSTACK_RESTIC} names. */
public record Restic(Path repository, String password) {
    /** The program to run. */
    public static final String PROGRAM = System.getenv().getOrDefault("PRODSTACK_RESTIC", "restic");

    /** Its version, such as {@code 0.18.0}. */
    public String version() throws IOException, InterruptedException {
        return run("version").split(" ", 3)[1];
    }

    /** Runs it, and expects it to succeed. */
    public String run(String... arguments) throws IOException, InterruptedException {
        Result result = attempt(arguments);
        assertThat(result.code()).as(result.output()).isZero();
        return result.output();
    }

    /** Runs it, and expects it to fail. */
    public String fails(String... arguments) throws IOException, InterruptedException {
        Result result = attempt(arguments);
        assertThat(result.code()).as(result.output()).isNotZero();
        return result.output();
    }

    /** Has it read and check everything. */
    public void check() throws IOException, InterruptedException {
        assertThat(run("check", "--read-data")).contains("no errors were found");
    }

    /** Has it restore a snapshot into a directory. */
    public void restore(String snapshot, Path target) throws IOException, InterruptedException {
        run("restore", snapshot, "--target", target.toString());
    }

    private Result attempt(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        // Where it wants to ask for a password, it gets none.
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    /** Starts it, its errors among its output. */
    public Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(PROGRAM, "--no-cache", "-r", repository.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("RESTIC_PASSWORD", password);
        builder.environment().put("TZ", "UTC");
        return builder.start();
    }

    private record Result(int code, String output) {}
}
