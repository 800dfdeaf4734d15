package dev.prodstack.swarm.lock;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;

/**
 * Who wants to change a stack, and what for.
 *
 * @param holder who, one line for people, such as {@code anna@laptop}
 * @param purpose what for, one line for people, such as {@code deploy}
 * @param patience how long to wait while somebody else holds the lock; zero not to wait
 * @param ifHeld what to do once that has passed
 */
public record Claim(String holder, String purpose, Duration patience, IfHeld ifHeld) {

    /** What to do with the lock of somebody else. */
    public enum IfHeld {
        /** Leave it with them, and change nothing. */
        GIVE_UP,
        /** Take it from them. They learn of it a second later, before their next change. */
        BREAK
    }

    /** Checks the ranges. */
    public Claim {
        Objects.requireNonNull(holder, "holder");
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(ifHeld, "ifHeld");
        if (patience.isNegative()) {
            throw new IllegalArgumentException("nobody waits for less than nothing: " + patience);
        }
    }

    /** That of a holder who neither waits nor breaks. */
    public static Claim of(String holder, String purpose) {
        return new Claim(holder, purpose, Duration.ZERO, IfHeld.GIVE_UP);
    }

    /** That of the user who runs this program, on this machine. */
    public static Claim ofThisProcess(String purpose) {
        return of(System.getProperty("user.name", "unknown") + "@" + host(), purpose);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    /** The same with more or less patience. */
    public Claim waiting(Duration time) {
        return new Claim(holder, purpose, time, ifHeld);
    }

    /** The same, taking the lock from whoever has it. */
    public Claim breaking() {
        return new Claim(holder, purpose, patience, IfHeld.BREAK);
    }
}
