package dev.prodstack.autoscale;

import dev.prodstack.core.scaling.ReplicaRange;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Why a service has the number of replicas it has, as the last look found it.
 *
 * @param current the count it was set to when it was looked at
 * @param replicas the count it was to have after the look
 * @param wanted the count that the metrics or a bound asked for
 * @param running how many tasks ran
 * @param bounds the bounds in force
 * @param verdict what was decided
 * @param since since when looks come to the same verdict and counts
 * @param outcome the word of {@link ServiceLook.Outcome} for programs
 * @param steps every step that led there, in order; what became of the decision is the last one
 */
public record Account(
        int current,
        int replicas,
        int wanted,
        int running,
        ReplicaRange bounds,
        Verdict verdict,
        Instant since,
        String outcome,
        List<Step> steps) {
    /** Copies the steps. */
    public Account {
        Objects.requireNonNull(bounds, "bounds");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(outcome, "outcome");
        steps = List.copyOf(steps);
    }

    /** What was decided. */
    public enum Verdict {
        /** To set the service to another count. */
        SCALE,
        /** To leave it, as it is right or something restrains a move. */
        KEEP,
        /** To leave it, as something is missing that it would take to decide. */
        HOLD,
        /** To leave it alone: it is paused or set to nothing. */
        INACTIVE;

        /** The word for programs. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One step.
     *
     * @param code a word for programs
     * @param text a sentence for operators
     */
    public record Step(String code, String text) {
        /** Checks that nothing is missing. */
        public Step {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(text, "text");
        }
    }

    /** Whether the other account is of the same standing: verdict, outcome and counts. */
    boolean isLike(Account other) {
        return verdict == other.verdict
                && current == other.current
                && replicas == other.replicas
                && wanted == other.wanted
                && outcome.equals(other.outcome);
    }

    Account since(Instant other) {
        return new Account(current, replicas, wanted, running, bounds, verdict, other, outcome, steps);
    }
}
