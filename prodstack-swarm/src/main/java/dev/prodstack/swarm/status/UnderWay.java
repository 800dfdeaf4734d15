package dev.prodstack.swarm.status;

import java.time.Instant;
import java.util.Optional;

/**
 * A change to a stack that has not come to its end.
 *
 * @param state whether somebody is at it
 * @param command what was asked for, such as {@code deploy}
 * @param by who asked for it
 * @param since when it began, by the cluster's clock
 * @param release the number of the release, if it is one
 */
public record UnderWay(State state, String command, String by, Instant since, Optional<Integer> release) {

    /** Whether somebody is at a change. */
    public enum State {
        /** Somebody holds the stack's lock. */
        RUNNING,
        /** It failed and was left, or whoever was at it is gone. */
        UNFINISHED
    }
}
