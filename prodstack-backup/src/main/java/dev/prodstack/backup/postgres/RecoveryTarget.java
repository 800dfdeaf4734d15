package dev.prodstack.backup.postgres;

import java.time.Instant;

/** What moment a server is restored to. */
public sealed interface RecoveryTarget {
    /** As far as the stored log reaches. */
    record Latest() implements RecoveryTarget {
        @Override
        public String toString() {
            return "the end of the log";
        }
    }

    /**
     * All that was committed until a time, by the server's clock.
     *
     * @param time the time, included
     */
    record ToTime(Instant time) implements RecoveryTarget {
        @Override
        public String toString() {
            return time.toString();
        }
    }

    /**
     * A place in the log.
     *
     * @param lsn the record there is included
     */
    record ToLsn(Lsn lsn) implements RecoveryTarget {
        @Override
        public String toString() {
            return "LSN " + lsn;
        }
    }

    /**
     * A point that {@code pg_create_restore_point} named.
     *
     * @param name its name
     */
    record ToName(String name) implements RecoveryTarget {
        @Override
        public String toString() {
            return "the point " + name;
        }
    }
}
