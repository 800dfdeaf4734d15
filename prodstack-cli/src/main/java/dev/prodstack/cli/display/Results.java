package dev.prodstack.cli.display;

import dev.prodstack.cli.outcome.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a command was asked for, on standard output, in UTF-8 whatever the locale.
 *
 * <p>A reader that goes away early ({@code prodstack config | head -1}) has seen enough: what it would not read is
 * dropped, and nothing is said about it. Any other failure to write is an error.
 */
public final class Results {
    private final OutputStream stream;
    private boolean readerGone;

    /** Writes to a stream. */
    public Results(OutputStream stream) {
        this.stream = stream;
    }

    /**
     * Writes text at once.
     *
     * @throws Failure if it cannot be written, though somebody would read it
     */
    public void print(String text) {
        if (readerGone) {
            return;
        }
        try {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
            stream.flush();
        } catch (IOException e) {
            if (!isBrokenPipe(e)) {
                throw Failure.failed("the result cannot be written: " + e.getMessage(), "", e);
            }
            readerGone = true;
        }
    }

    /** Whether somebody may still read what is written. */
    public boolean isRead() {
        return !readerGone;
    }

    /** The JDK passes EPIPE on as nothing but its description. */
    private static boolean isBrokenPipe(IOException e) {
        return String.valueOf(e.getMessage()).contains("Broken pipe");
    }
}
