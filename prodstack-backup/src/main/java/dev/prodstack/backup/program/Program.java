package dev.prodstack.backup.program;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs. It is ended when this is closed.
 *
 * <p>Its standard output is to be read to the end by {@link #output()}, whose end fails if the program does; its
 * complaints are kept, the last of them, for messages.
 */
public final class Program implements AutoCloseable {
    private static final int KEPT_LINES = 30;
    private static final long GRACE_SECONDS = 5;

    private final String what;
    private final Process process;
    private final Deque<String> complaints = new ArrayDeque<>();
    private final Thread listener;

    private Program(String what, Process process) {
        this.what = what;
        this.process = process;
        listener = new Thread(this::listen, "program-complaints");
        listener.setDaemon(true);
        listener.start();
    }

    /**
     * Starts a program.
     *
     * @param what it does, for messages, such as {@code pg_dump of shop at postgres:5432}
     * @param command its file and arguments, without secrets
     * @param environment variables besides ours, without secrets
     * @throws IOException if it cannot be started
     */
    public static Program start(String what, List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C.UTF-8");
        try {
            return new Program(what, builder.start());
        } catch (IOException e) {
            throw new IOException(
                    what + " cannot be started: " + e.getMessage() + ". Install the package that brings "
                            + Path.of(command.get(0)).getFileName() + ".",
                    e);
        }
    }

    /** Runs a program to its end; returns what it said on its standard output. */
    public static String run(String what, List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        try (Program program = start(what, command, environment)) {
            program.input().close();
            String said = new String(program.output().readAllBytes(), StandardCharsets.UTF_8);
            program.await();
            return said;
        }
    }

    private void listen() {
        try (var reader = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                keep(line);
            }
        } catch (IOException | UncheckedIOException e) {
            // It was ended.
        }
    }

    private synchronized void keep(String line) {
        complaints.addLast(line);
        if (complaints.size() > KEPT_LINES) {
            complaints.removeFirst();
        }
    }

    /** The last lines it wrote to its standard error. */
    public synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Whether it still runs. */
    public boolean alive() {
        return process.isAlive();
    }

    /** Where it reads from. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /** What it writes; at its end this fails unless the program ended well. */
    public InputStream output() {
        return new FilterInputStream(process.getInputStream()) {
            @Override
            public int read() throws IOException {
                return checked(super.read());
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return checked(super.read(into, offset, length));
            }

            private int checked(int read) throws IOException {
                if (read < 0) {
                    try {
                        await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new IOException("Interrupted while " + what + " was ending.", e);
                    }
                }
                return read;
            }
        };
    }

    /**
     * Waits for its end.
     *
     * @throws IOException if it did not end well; says what it complained about
     */
    public void await() throws IOException, InterruptedException {
        int code = process.waitFor();
        listener.join();
        if (code != 0) {
            List<String> said = complaints();
            throw new IOException(what + " failed (exit code " + code + ")"
                    + (said.isEmpty() ? "." : ": " + String.join("\n  ", said)));
        }
    }

    /** Ends it if it still runs. */
    @Override
    public void close() {
        if (!process.isAlive()) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
