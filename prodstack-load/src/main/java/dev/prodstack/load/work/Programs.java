package dev.prodstack.load.work;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The programs that a load runs. Once it is {@linkplain #end ended}, those that run are killed and none is started. */
final class Programs {
    private final Map<String, String> environment;
    private final List<Process> running = new ArrayList<>();
    private boolean ended;

    /**
     * With an environment.
     *
     * @param environment variables besides ours; passwords among them, as arguments are for everybody to see
     */
    Programs(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Runs a program to its end.
     *
     * @return what it printed
     * @throws IOException if it cannot be started or fails; with what it complained about
     */
    String run(List<String> command) throws IOException, InterruptedException {
        return ended(start(command), command);
    }

    /**
     * Runs programs side by side to their ends.
     *
     * @return what each printed
     */
    List<String> runAll(List<List<String>> commands) throws IOException, InterruptedException {
        List<Running> started = new ArrayList<>();
        for (List<String> command : commands) {
            started.add(start(command));
        }
        List<String> printed = new ArrayList<>();
        for (int i = 0; i < started.size(); i++) {
            printed.add(ended(started.get(i), commands.get(i)));
        }
        return printed;
    }

    private record Running(Process process, Path complaints) {}

    private synchronized Running start(List<String> command) throws IOException {
        if (ended) {
            throw new IOException("the load was ended");
        }
        Path complaints = Files.createTempFile("load", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(complaints.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        running.add(process);
        return new Running(process, complaints);
    }

    private String ended(Running program, List<String> command) throws IOException, InterruptedException {
        try (InputStream output = program.process().getInputStream()) {
            String printed = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            int code = program.process().waitFor();
            if (code != 0) {
                String said = Files.readString(program.complaints()).strip();
                throw new IOException(Path.of(command.get(0)).getFileName() + " failed (exit code " + code + "): "
                        + (said.isEmpty() ? printed.strip() : said));
            }
            return printed;
        } finally {
            Files.deleteIfExists(program.complaints());
            forget(program.process());
        }
    }

    private synchronized void forget(Process process) {
        running.remove(process);
    }

    /** Kills those that run. */
    synchronized void end() {
        ended = true;
        running.forEach(Process::destroyForcibly);
    }
}
