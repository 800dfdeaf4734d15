package dev.prodstack.swarm.status;

import java.util.Locale;

/** Whether a service is as the cluster was told, in a word. */
public enum Standing {
    /** Every task that should run does. */
    RUNNING,
    /** No task should run, and none does. */
    STOPPED,
    /** A job that has ended well. */
    COMPLETE,
    /** A job at work. */
    WORKING,
    /** Tasks are being replaced by those of a new version. */
    UPDATING,
    /** Tasks are being replaced by those of the version before. */
    ROLLING_BACK,
    /** An update or a rollback has failed half-way and waits for somebody. */
    PAUSED,
    /** A backup or a restore took the tasks away, and has not given them back. */
    SUSPENDED,
    /** Fewer tasks run than should. */
    SHORT;

    /** Whether nothing is left to do or to wait for. A job at work is as wanted: it runs. */
    public boolean asWanted() {
        return this == RUNNING || this == STOPPED || this == COMPLETE || this == WORKING;
    }

    /** The word, such as {@code rolling back}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
