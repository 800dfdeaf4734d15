package dev.prodstack.backup.stack;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a restore went.
 *
 * @param ending in one word
 * @param reason why it did not end well, and what to do; empty if it did
 * @param safety the id of the backup of what was replaced; empty if there is none
 * @param parts what was restored
 * @param took how long, from the first change to healthy services
 */
public record RestoreReport(Ending ending, String reason, String safety, List<Restored> parts, Duration took) {
    /** How it ended. */
    public enum Ending {
        /** All is restored, and healthy. */
        DONE,
        /** It failed, and what was replaced is back. */
        WENT_BACK,
        /** It failed, and services are left stopped so that nobody takes it for well. */
        STUCK
    }

    /** Copies the parts. */
    public RestoreReport {
        parts = List.copyOf(parts);
    }

    /**
     * A part.
     *
     * @param name service and source
     * @param facts what came of it
     * @param took how long
     */
    public record Restored(String name, Map<String, String> facts, Duration took) {}
}
