package dev.prodstack.swarm.doctor;

import java.util.Locale;

/**
 * What a look at one thing came to.
 *
 * @param check what was looked at, a word
 * @param verdict how it is
 * @param message what was found
 * @param fix what to do about it; empty where nothing is to be done
 */
public record Finding(String check, Verdict verdict, String message, String fix) {
    /** How something is. */
    public enum Verdict {
        /** As it should be. */
        OK,
        /** It cannot be told from here. */
        UNKNOWN,
        /** It may hurt. */
        WARNING,
        /** Something does not work. */
        ERROR;

        /** The word in lower case. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String check, String message) {
        return new Finding(check, Verdict.OK, message, "");
    }

    static Finding unknown(String check, String message, String fix) {
        return new Finding(check, Verdict.UNKNOWN, message, fix);
    }

    static Finding warning(String check, String message, String fix) {
        return new Finding(check, Verdict.WARNING, message, fix);
    }

    static Finding error(String check, String message, String fix) {
        return new Finding(check, Verdict.ERROR, message, fix);
    }
}
