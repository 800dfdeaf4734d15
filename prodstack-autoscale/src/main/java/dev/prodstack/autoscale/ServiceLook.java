package dev.prodstack.autoscale;

import dev.prodstack.autoscale.decision.Decision;
import dev.prodstack.core.scaling.ReplicaRange;
import java.time.Instant;
import java.util.Objects;

/**
 * What a look at one service came to.
 *
 * @param service its name in the Compose file
 * @param time when it was
 * @param running how many of its tasks run
 * @param bounds the bounds in force
 * @param decision what was decided, with every reason
 * @param outcome what became of it
 */
public record ServiceLook(
        String service, Instant time, int running, ReplicaRange bounds, Decision decision, Outcome outcome) {
    /** Checks that nothing is missing. */
    public ServiceLook {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(bounds, "bounds");
        Objects.requireNonNull(decision, "decision");
        Objects.requireNonNull(outcome, "outcome");
    }

    /** The count that the metrics or a bound asked for; the current one where nothing did. */
    public int wanted() {
        if (decision instanceof Decision.Scale scale) {
            return scale.wanted();
        }
        return decision instanceof Decision.Keep keep ? keep.wanted() : decision.current();
    }

    /** Why the service has the number of replicas it has. */
    public Account account() {
        return Accounts.of(this);
    }

    ServiceLook with(Outcome other) {
        return new ServiceLook(service, time, running, bounds, decision, other);
    }

    /** What became of a decision. */
    public sealed interface Outcome {
        /** A word for programs. */
        String code();

        /** What happened, for operators; empty where the decision's reasons say it all. */
        String text();
    }

    /** Outcomes that need no further word. */
    public enum Plain implements Outcome {
        /** There was nothing to do. */
        LEFT("Left", ""),
        /** The service was set to the count that was decided. */
        SCALED("Scaled", ""),
        /** The policy, or who started the look, only tries. */
        TRIED("DryRun", "dry run: nothing is changed"),
        /** Somebody changed the service while it was looked at. */
        CHANGED_MEANWHILE(
                "ChangedMeanwhile",
                "somebody changed the service since it was read: nothing was done, next look decides"),
        /** An update is under way. */
        UPDATING(
                "UpdateInProgress",
                "update in progress: the count stays until it has ended, since Swarm would forget what to go back to"),
        /** A rollback is under way. */
        ROLLING_BACK("UpdateInProgress", "rollback in progress: the count stays until it has ended"),
        /** An update stopped half-way. */
        UPDATE_STUCK(
                "UpdateStuck",
                "an update stopped half-way: the count stays until somebody deploys again or rolls back, since a new"
                        + " count would start the update again"),
        /** A backup or a restore has stopped the service. */
        STOPPED("Stopped", "a backup or a restore has stopped it: the count stays 0 until that starts it again");

        private final String code;
        private final String text;

        Plain(String code, String text) {
            this.code = code;
            this.text = text;
        }

        @Override
        public String code() {
            return code;
        }

        @Override
        public String text() {
            return text;
        }
    }

    /**
     * The cluster did not answer, or refused.
     *
     * @param why what it said
     */
    public record Failed(String why) implements Outcome {
        @Override
        public String code() {
            return "Failed";
        }

        @Override
        public String text() {
            return "could not be scaled: " + why;
        }
    }
}
