package dev.prodstack.swarm.audit;

import java.time.Instant;
import java.util.List;

/**
 * One change to the cluster that somebody asked for.
 *
 * @param id 32 hexadecimal digits, its own
 * @param time when it ended, or began where it has not ended, by the clock of who asked
 * @param user who asked, the name on that machine
 * @param host the machine's name
 * @param stack the stack
 * @param command the command's name, such as {@code deploy}
 * @param changes what was to be changed, each in a few words; never a value of a secret
 * @param outcome how it ended, the word of the exit code, such as {@code done}; {@value #BEGUN} where that is not
 *     known: it is still at work, or was killed
 * @param message what went wrong; empty where nothing did
 */
public record AuditEntry(
        String id,
        Instant time,
        String user,
        String host,
        String stack,
        String command,
        List<String> changes,
        String outcome,
        String message) {
    /** The outcome of what has not ended. */
    public static final String BEGUN = "begun";

    /** Copies the list. */
    public AuditEntry {
        changes = List.copyOf(changes);
    }

    boolean hasEnded() {
        return !outcome.equals(BEGUN);
    }
}
