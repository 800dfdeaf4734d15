package dev.prodstack.autoscale.json;

/** JSON that is no case. */
public final class CaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong, and where as a dotted path. */
    CaseException(String path, String message) {
        super(path.isEmpty() ? message : path + ": " + message);
    }

    CaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
