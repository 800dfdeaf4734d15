package dev.prodstack.swarm.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a container wrote to one of its outputs at once: a line, or a part of a long one. */
public final class LogFrame {
    private final Output output;
    private final byte[] content;

    /** The outputs of a container. */
    public enum Output {
        /** Standard output. */
        STDOUT,
        /** Standard error. */
        STDERR
    }

    LogFrame(Output output, byte[] content) {
        this.output = output;
        this.content = content.clone();
    }

    /** Where it was written to. */
    public Output output() {
        return output;
    }

    /** What was written. */
    public byte[] content() {
        return content.clone();
    }

    /** What was written as text; a character of several bytes may be cut in two by the end of a frame. */
    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogFrame frame && output == frame.output && Arrays.equals(content, frame.content);
    }

    @Override
    public int hashCode() {
        return 31 * output.hashCode() + Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return output + ": " + text();
    }
}
