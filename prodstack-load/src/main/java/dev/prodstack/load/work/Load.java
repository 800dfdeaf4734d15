package dev.prodstack.load.work;

import dev.prodstack.load.check.Figure;
import java.io.IOException;

/** A load on a service. */
interface Load {
    /**
     * Loads it, and measures.
     *
     * @throws IOException if the service cannot be reached or a program fails
     * @throws IllegalArgumentException if a program prints what nobody understands
     */
    Figure run() throws IOException, InterruptedException;

    /** Ends what runs and removes what is left of it; may be called more than once, while it runs too. */
    void cleanUp();
}
