package dev.prodstack.backup.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * How a drill went.
 *
 * @param stack the stack whose restore was tried
 * @param backup the id of what was restored
 * @param of when that backup was begun
 * @param begun when the drill was
 * @param took how long all of it took, looking and tearing down too
 * @param deploy how long it took until the empty throw-away stack was healthy
 * @param restore how long it took from there until all was restored, and healthy again; zero if it never was
 * @param bytes how many bytes the parts had when they were backed up
 * @param checks what was looked at
 * @param problem why it did not come to its end; empty if it did
 */
public record DrillReport(
        String stack,
        String backup,
        Instant of,
        Instant begun,
        Duration took,
        Duration deploy,
        Duration restore,
        long bytes,
        List<Check> checks,
        String problem) {
    /** Copies the checks. */
    public DrillReport {
        Objects.requireNonNull(backup, "backup");
        Objects.requireNonNull(of, "of");
        checks = List.copyOf(checks);
    }

    /**
     * Something that was looked at.
     *
     * @param name such as {@code postgres postgres} or {@code production untouched}
     * @param problem what is wrong; empty if nothing is
     * @param text what was found
     * @param took how long the look took
     */
    public record Check(String name, String problem, String text, Duration took) {}

    /** Whether it came to its end and all checks are good. */
    public boolean good() {
        return problem.isEmpty()
                && checks.stream().allMatch(check -> check.problem().isEmpty());
    }

    /**
     * The recovery time: from nothing to a stack that is restored and healthy. What looking took is not in it.
     *
     * @return zero if it never was
     */
    public Duration recoveryTime() {
        return restore.isZero() ? Duration.ZERO : deploy.plus(restore);
    }

    /** The recovery point: how old what was restored was when the drill began. */
    public Duration recoveryPoint() {
        return Duration.between(of, begun);
    }
}
