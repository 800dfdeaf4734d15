package dev.prodstack.swarm.problem;

import dev.prodstack.core.cluster.ClusterException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * An engine that cannot be found, cannot be reached, does not answer in time, refuses, or says what nobody understands.
 *
 * <p>The message is one line for people: what was asked, what came back, and what to do.
 */
public final class EngineException extends ClusterException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final int status;
    private final String request;
    private final String reason;
    private final String fix;

    /** What sort of failure it is. */
    public enum Kind {
        /** Where the engine is cannot be told: the environment, a Docker context or its TLS files are wrong. */
        ADDRESS,
        /** Nothing that speaks to us is at the address. The request was not carried out. */
        UNREACHABLE,
        /** A deadline passed, or the connection broke. The engine may have carried out the request. */
        UNANSWERED,
        /** The engine answered with an error; {@link EngineException#status()} is there. */
        REFUSED,
        /** The engine's answer breaks the protocol, or no engine of a version that prodstack speaks answered. */
        GARBLED
    }

    private EngineException(
            Kind kind, int status, String request, String reason, String fix, @Nullable Throwable cause) {
        super((request.isEmpty() ? "" : request + ": ") + reason + (fix.isEmpty() ? "" : " (" + fix + ")"), cause);
        this.kind = kind;
        this.status = status;
        this.request = request;
        this.reason = reason;
        this.fix = fix;
    }

    /** An address that cannot be told or used. */
    public static EngineException address(String reason, String fix) {
        return new EngineException(Kind.ADDRESS, 0, "", reason, fix, null);
    }

    /** An address that cannot be told or used because of something underneath. */
    public static EngineException address(String reason, String fix, Throwable cause) {
        return new EngineException(Kind.ADDRESS, 0, "", reason, fix, cause);
    }

    /** An error status from the engine. */
    public static EngineException refused(int status, String request, String reason, String fix) {
        return new EngineException(Kind.REFUSED, status, request, reason, fix, null);
    }

    /** A failure without an answer that could be understood. */
    public static EngineException of(Kind kind, String request, String reason, String fix) {
        return new EngineException(kind, 0, request, reason, fix, null);
    }

    /** A failure without an answer that could be understood, because of something underneath. */
    public static EngineException of(Kind kind, String request, String reason, String fix, Throwable cause) {
        return new EngineException(kind, 0, request, reason, fix, cause);
    }

    /** What sort of failure it is. */
    public Kind kind() {
        return kind;
    }

    /** The HTTP status, where the engine answered with one. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /** The request line, such as {@code GET /v1.41/services}; empty where nothing was asked yet. */
    public String request() {
        return request;
    }

    /** What the engine said, or what came in its place. */
    public String reason() {
        return reason;
    }

    /** What to do next, an imperative phrase; empty where the reason says it all. */
    public String fix() {
        return fix;
    }
}
