package dev.prodstack.backup.stack;

import dev.prodstack.backup.work.Moment;
import dev.prodstack.core.backup.BackupPart;
import dev.prodstack.core.backup.BackupRecord;
import dev.prodstack.core.backup.BackupSource;
import dev.prodstack.core.value.Copies;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a restore will do. Nothing has been changed yet.
 *
 * @param stack the stack that is restored into
 * @param backup the backup
 * @param steps the parts, in the order in which they are restored
 * @param stops the services that are stopped meanwhile
 * @param obstacles what keeps it from being done
 * @param lastTook how long the last restore of this stack took
 * @param moment the moment that databases are restored to; as they were at the backup where absent
 */
public record RestorePlan(
        String stack,
        BackupRecord backup,
        List<Step> steps,
        Set<String> stops,
        List<String> obstacles,
        Optional<Duration> lastTook,
        Optional<ToMoment> moment) {
    /** Copies the lists. */
    public RestorePlan {
        Objects.requireNonNull(backup, "backup");
        Objects.requireNonNull(lastTook, "lastTook");
        Objects.requireNonNull(moment, "moment");
        steps = List.copyOf(steps);
        stops = Copies.of(stops);
        obstacles = List.copyOf(obstacles);
    }

    /**
     * One part.
     *
     * @param part what is restored
     * @param source what it is of, as the stack's file says now
     * @param node the id of the node that it is restored on; any where absent
     * @param replaces what is lost by it, for people
     */
    public record Step(BackupPart part, BackupSource source, Optional<String> node, String replaces) {}

    /**
     * A moment, and what all but the databases is of.
     *
     * @param moment the moment
     * @param others the id of the backup that the other parts are of; empty if there are none
     */
    public record ToMoment(Moment moment, Optional<String> others) {}

    /** Bytes that were read for the backup, about those that are written. */
    public long bytes() {
        return steps.stream().mapToLong(step -> step.part().bytesRead()).sum();
    }
}
