package dev.prodstack.swarm.engine;

import dev.prodstack.swarm.problem.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Log output in the form in which an engine sends both outputs of a container over one connection. One thread reads;
 * any may close.
 *
 * <p>Each frame begins with eight bytes: which output (1 standard output, 2 standard error, 3 the engine itself, to say
 * what went wrong), three zeros, and the length of what follows as four bytes, the highest first. A container with a
 * terminal has one output and sends no frames.
 */
public final class LogFrames implements AutoCloseable {
    private static final int HEADER = 8;

    /** The type of what the engine itself has to say. */
    private static final int ENGINE = 3;

    /** Engines cut log lines at 16 KiB and copy other output in pieces of 32 KiB; what is far beyond is no length. */
    private static final int MAX_LENGTH = 4 << 20;

    private final String request;
    private final InputStream in;

    LogFrames(String request, InputStream in) {
        this.request = request;
        this.in = in;
    }

    /**
     * Waits for the next frame.
     *
     * @return the frame, or nothing once the engine has sent its last or this stream was closed
     * @throws EngineException if the connection breaks, what comes is no frame, or the engine says that reading the log
     *     went wrong
     */
    public Optional<LogFrame> next() {
        return next(complaint -> {
            throw EngineException.of(
                    EngineException.Kind.UNANSWERED, request, complaint, "see the log of the engine on that node");
        });
    }

    /**
     * Waits for the next frame, and reads on where the engine says that something went wrong: of several containers
     * those that can be read follow.
     *
     * @param complaints takes what the engine says went wrong
     * @return the frame, or nothing once the engine has sent its last or this stream was closed
     * @throws EngineException if the connection breaks or what comes is no frame
     */
    public Optional<LogFrame> next(Consumer<String> complaints) {
        try {
            while (true) {
                byte[] header = in.readNBytes(HEADER);
                if (header.length == 0) {
                    return Optional.empty();
                }
                byte[] content = content(header);
                if (header[0] != ENGINE) {
                    return Optional.of(
                            new LogFrame(header[0] == 1 ? LogFrame.Output.STDOUT : LogFrame.Output.STDERR, content));
                }
                complaints.accept(new String(content, StandardCharsets.UTF_8).strip());
            }
        } catch (IOException e) {
            throw Failures.broken(request, e);
        }
    }

    private byte[] content(byte[] header) throws IOException {
        if (header.length < HEADER) {
            throw garbled("ended inside a frame's header, after " + header.length + " of 8 bytes");
        }
        if (header[0] < 1 || header[0] > ENGINE || header[1] != 0 || header[2] != 0 || header[3] != 0) {
            throw garbled("no frame begins with " + HexFormat.ofDelimiter(" ").formatHex(header));
        }
        int length = ByteBuffer.wrap(header).getInt(4);
        if (length < 0 || length > MAX_LENGTH) {
            throw garbled("a frame of " + Integer.toUnsignedString(length) + " bytes; at most " + MAX_LENGTH
                    + " are expected");
        }
        byte[] content = in.readNBytes(length);
        if (content.length < length) {
            throw garbled("ended inside a frame, after " + content.length + " of " + length + " bytes");
        }
        return content;
    }

    private EngineException garbled(String reason) {
        return EngineException.of(
                EngineException.Kind.GARBLED, request, reason, "a container with a terminal (tty) sends no frames");
    }

    @Override
    public void close() {
        Failures.ignoring(in);
    }
}
