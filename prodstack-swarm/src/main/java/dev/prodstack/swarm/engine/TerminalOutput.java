package dev.prodstack.swarm.engine;

import dev.prodstack.swarm.problem.EngineException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Log output of containers that have a terminal: lines one after another, without frames. One thread reads; any may
 * close.
 */
public final class TerminalOutput implements AutoCloseable {
    /** Where a line is cut that does not end, so that it does not take all memory. */
    private static final int MAX_LINE = 1 << 20;

    private final String request;
    private final InputStream body;
    private final InputStream in;

    TerminalOutput(String request, InputStream body) {
        this.request = request;
        this.body = body;
        this.in = new BufferedInputStream(body);
    }

    /**
     * Waits for the end of a line.
     *
     * @return the line with its line break, which only the last may lack, or nothing once the engine has sent its last
     *     or this stream was closed
     * @throws EngineException if the connection breaks
     */
    public Optional<byte[]> next() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            int last = in.read();
            while (last >= 0) {
                line.write(last);
                if (last == '\n' || line.size() >= MAX_LINE) {
                    break;
                }
                last = in.read();
            }
        } catch (IOException e) {
            throw Failures.broken(request, e);
        }
        return line.size() == 0 ? Optional.empty() : Optional.of(line.toByteArray());
    }

    @Override
    public void close() {
        // The buffer's own lock is held by who reads.
        Failures.ignoring(body);
    }
}
