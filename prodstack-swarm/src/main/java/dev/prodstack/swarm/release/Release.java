package dev.prodstack.swarm.release;

import dev.prodstack.core.value.Data;
import java.time.Instant;
import java.util.Objects;

/**
 * One deploy of a stack, kept in the cluster.
 *
 * @param stack the stack's name
 * @param number its number among the stack's releases, from 1 on
 * @param at when it began, by the cluster's clock
 * @param by who, such as {@code anna@laptop}
 * @param command what was asked for, such as {@code deploy} or {@code rollback to 3}
 * @param outcome what became of it
 * @param message more about that, on one line; may be empty
 * @param content what the stack was to be: the stack in its normal form, and the bodies of its objects in the terms of
 *     the Engine API, images by digest, secrets and configs by the names of their versions. No secret's value
 */
public record Release(
        String stack,
        int number,
        Instant at,
        String by,
        String command,
        Outcome outcome,
        String message,
        Data content) {
    /** Checks that nothing is missing. */
    public Release {
        Objects.requireNonNull(stack, "stack");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(content, "content");
    }

    /** What became of a release. */
    public enum Outcome {
        /** It is under way; or whoever was at it is gone, if nobody holds the stack's lock. */
        RUNNING("running", true),
        /** The stack became what it was to be. */
        DONE("done", false),
        /** It failed, and what ran before runs again. */
        ROLLED_BACK("rolled back", false),
        /** It failed, and things were left as they were, as asked. */
        LEFT("failed", true),
        /** It failed, and going back failed too. */
        STUCK("stuck", true),
        /** The time ran out, and things were left as they were, as asked. */
        TIMED_OUT("timed out", true),
        /** Whoever was at it was interrupted, or never came back. */
        INTERRUPTED("interrupted", true);

        private final String word;
        private final boolean unfinished;

        Outcome(String word, boolean unfinished) {
            this.word = word;
            this.unfinished = unfinished;
        }

        /** Whether the stack may be neither what it was nor what it was to be. */
        public boolean isUnfinished() {
            return unfinished;
        }

        /** The word for people and for JSON. */
        @Override
        public String toString() {
            return word;
        }
    }
}
