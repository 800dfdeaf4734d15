package dev.prodstack.backup.storage.s3;

import java.time.Duration;

/** What goes wrong with a request. */
public sealed interface Fault {
    /**
     * The server answers with an error, and does nothing.
     *
     * @param status such as 503
     * @param code S3's name for it, such as {@code SlowDown}
     */
    record Refuses(int status, String code) implements Fault {}

    /**
     * The answer's body ends too early, with the connection.
     *
     * @param bytes how much of it arrives
     */
    record Truncates(int bytes) implements Fault {}

    /**
     * A byte of the answer's body is another one.
     *
     * @param offset which
     */
    record Corrupts(int offset) implements Fault {}

    /**
     * A byte of the request's body is another one when it reaches the server.
     *
     * @param offset which
     */
    record CorruptsUpload(int offset) implements Fault {}

    /**
     * The answer's body takes its time.
     *
     * @param pause before each 64 KiB
     */
    record Slows(Duration pause) implements Fault {}

    /** Faults that need no more words. */
    enum Simple implements Fault {
        /** The connection ends before the server has seen the request. */
        VANISHES,
        /** The server does what it is asked to, but the connection ends before its answer. */
        LOSES_ANSWER
    }

    /** The keys are valid no longer. */
    static Fault expired() {
        return new Refuses(400, "ExpiredToken");
    }

    /** There is no room left. */
    static Fault full() {
        return new Refuses(507, "InsufficientStorage");
    }
}
