package dev.prodstack.backup.work;

import dev.prodstack.backup.postgres.Lsn;
import dev.prodstack.backup.postgres.RecoveryTarget;
import java.time.Instant;
import java.util.Locale;

/**
 * A moment that databases are restored to.
 *
 * @param kind what tells it
 * @param value a time as {@link Instant} writes it, a place in the log, or the name of a point
 */
public record Moment(Kind kind, String value) {
    /** What tells a moment. */
    public enum Kind {
        /** A time. */
        TIME,
        /** A place in the log. */
        LSN,
        /** A point that {@code pg_create_restore_point} named. */
        NAME
    }

    /**
     * Checks the value.
     *
     * @throws IllegalArgumentException if it is not of the kind
     */
    public Moment {
        switch (kind) {
            case TIME -> Instant.parse(value);
            case LSN -> Lsn.parse(value);
            case NAME -> {
                if (value.isBlank() || value.length() > 63 || value.contains("\n")) {
                    throw new IllegalArgumentException("expected the name of a point, 1 to 63 characters on one line");
                }
            }
        }
    }

    /** A time. */
    public static Moment at(Instant time) {
        return new Moment(Kind.TIME, time.toString());
    }

    /** As one line that {@link #parse} reads. */
    public String line() {
        return kind.name().toLowerCase(Locale.ROOT) + " " + value;
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Moment parse(String line) {
        int space = line.indexOf(' ');
        if (space < 0) {
            throw new IllegalArgumentException("expected a moment, not \"" + line + "\"");
        }
        return new Moment(Kind.valueOf(line.substring(0, space).toUpperCase(Locale.ROOT)), line.substring(space + 1));
    }

    RecoveryTarget target() {
        return switch (kind) {
            case TIME -> new RecoveryTarget.ToTime(Instant.parse(value));
            case LSN -> new RecoveryTarget.ToLsn(Lsn.parse(value));
            case NAME -> new RecoveryTarget.ToName(value);
        };
    }

    /** For people. */
    @Override
    public String toString() {
        return target().toString();
    }
}
