package dev.prodstack.swarm.convergence;

import java.util.List;

/** How far a service is. */
public sealed interface Standing {

    /**
     * It is on the way.
     *
     * @param running new tasks that run, or completions of a job
     * @param wanted how many there are to be
     * @param old tasks of the version before that still run
     * @param waitingFor what keeps it, in words for people; empty where nothing in particular does
     */
    record Moving(long running, long wanted, long old, String waitingFor) implements Standing {}

    /**
     * It is there.
     *
     * @param running tasks that run, or completions of a job
     */
    record Settled(long running) implements Standing {}

    /**
     * The engine is taking it back to the version before.
     *
     * @param reason what the engine says why
     */
    record GoingBack(String reason) implements Standing {}

    /**
     * It will not get there.
     *
     * @param cause which way it failed
     * @param message what the engine says
     * @param tasks the ids of the tasks that failed, the latest first
     */
    record Failed(Cause cause, String message, List<String> tasks) implements Standing {
        /** Copies the list. */
        public Failed {
            tasks = List.copyOf(tasks);
        }
    }

    /** The ways in which a service fails. */
    enum Cause {
        /** The engine stopped the update half-way. */
        PAUSED,
        /** The engine has taken the update back. */
        ROLLED_BACK,
        /** The engine tried to take the update back and stopped half-way. */
        ROLLBACK_PAUSED,
        /** Its tasks fail again and again. */
        CRASHING,
        /** It was removed meanwhile. */
        GONE
    }
}
