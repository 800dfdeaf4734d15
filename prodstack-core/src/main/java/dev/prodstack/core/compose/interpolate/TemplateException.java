package dev.prodstack.core.compose.interpolate;

/** A template that cannot be parsed. */
final class TemplateException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;
    private final String fix;

    TemplateException(int offset, String message, String fix) {
        super(message, null, false, false);
        this.offset = offset;
        this.fix = fix;
    }

    /** The index of the dollar sign that is at fault. */
    int offset() {
        return offset;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    String fix() {
        return fix;
    }
}
