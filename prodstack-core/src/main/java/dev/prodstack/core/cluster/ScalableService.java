package dev.prodstack.core.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A service at one look.
 *
 * @param id the cluster's identifier of it
 * @param name its full name in the cluster
 * @param version a number that is another one after each change
 * @param replicas how many tasks it is set to; 0 or more
 * @param update the update or rollback that is under way or stuck
 * @param tasks its tasks that have not ended
 */
public record ScalableService(
        String id, String name, long version, int replicas, Optional<Update> update, List<ServiceTask> tasks) {
    /** Copies the tasks and checks the count. */
    public ScalableService {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(update, "update");
        tasks = List.copyOf(tasks);
        if (replicas < 0) {
            throw new IllegalArgumentException("a replica count is not negative: " + replicas);
        }
    }

    /**
     * A change of what the tasks run that has not come to its end, or that somebody has taken them away for a while. To
     * scale the service meanwhile would make the cluster forget what it came from, so that it could not go back.
     *
     * @param state how it stands
     * @param since when it began, if known
     */
    public record Update(State state, Optional<Instant> since) {
        /** Checks that nothing is missing. */
        public Update {
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(since, "since");
        }
    }

    /** How an update, or something else that must not be scaled, stands. */
    public enum State {
        /** Tasks of a new version replace those of the old one. */
        UPDATING,
        /** Tasks of the old version replace those of the new one. */
        ROLLING_BACK,
        /** It stopped half-way after a failure and waits for somebody. */
        STUCK,
        /** A backup or a restore took the tasks away, and gives them back. */
        STOPPED
    }
}
