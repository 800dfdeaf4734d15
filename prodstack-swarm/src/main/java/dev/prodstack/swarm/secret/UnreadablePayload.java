package dev.prodstack.swarm.secret;

/** A content of a secret or config that cannot be had. */
public final class UnreadablePayload extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String fix;

    UnreadablePayload(String reason, String fix) {
        super(reason);
        this.reason = reason;
        this.fix = fix;
    }

    /** What is wrong, without a full stop. */
    public String reason() {
        return reason;
    }

    /** What to do next. */
    public String fix() {
        return fix;
    }
}
