package dev.prodstack.swarm.deploy;

import java.util.concurrent.CancellationException;

/** The thread that applies a plan was interrupted. What it had begun goes on in the cluster. */
final class Interruption extends CancellationException {
    private static final long serialVersionUID = 1L;

    Interruption() {
        super("interrupted");
    }
}
