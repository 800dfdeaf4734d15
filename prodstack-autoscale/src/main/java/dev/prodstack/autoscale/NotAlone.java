package dev.prodstack.autoscale;

/** Somebody else looks after the same stack. Nothing was scaled. */
public final class NotAlone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotAlone() {
        super("another autoscaler looks after the stack");
    }
}
