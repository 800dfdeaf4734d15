package dev.prodstack.backup.postgres;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a server that replays a chain stops: a target that was found on it.
 *
 * @param settings what the server is told
 * @param moment when that was, by the server's clock: for a place or a name, the last transaction before it
 */
record RecoveryStop(List<String> settings, Instant moment) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS'+00'").withZone(ZoneOffset.UTC);

    /**
     * Where a target is; empty if it is not on this chain.
     *
     * @param names is given the names of the points that are passed, if the target is one
     */
    static Optional<RecoveryStop> find(RecoveryChain chain, RecoveryTarget target, Set<String> names)
            throws IOException {
        PostgresRecovery.Span span = chain.span();
        if (target instanceof RecoveryTarget.ToTime to) {
            return findTime(chain, to.time());
        }
        Instant[] last = {span.fromTime()};
        if (target instanceof RecoveryTarget.ToLsn to) {
            if (to.lsn().compareTo(span.from()) < 0 || to.lsn().compareTo(span.until()) > 0) {
                return Optional.empty();
            }
            boolean[] there = {false};
            chain.scan(new Watch() {
                @Override
                public boolean record(Lsn at) {
                    there[0] = at.compareTo(to.lsn()) >= 0;
                    return !there[0];
                }

                @Override
                public boolean ended(Lsn at, Instant when) {
                    last[0] = when;
                    return true;
                }
            });
            return Optional.of(new RecoveryStop(
                    there[0] ? List.of("recovery_target_lsn = '" + to.lsn() + "'") : List.of(), last[0]));
        }
        if (target instanceof RecoveryTarget.ToName to) {
            boolean[] there = {false};
            chain.scan(new Watch() {
                @Override
                public boolean named(Lsn at, String name) {
                    names.add(name);
                    there[0] |= name.equals(to.name());
                    return true;
                }

                @Override
                public boolean ended(Lsn at, Instant when) {
                    last[0] = there[0] ? last[0] : when;
                    return true;
                }
            });
            return there[0]
                    ? Optional.of(new RecoveryStop(
                            List.of("recovery_target_name = '" + to.name().replace("'", "''") + "'"), last[0]))
                    : Optional.empty();
        }
        return Optional.of(new RecoveryStop(List.of(), span.untilTime()));
    }

    private static Optional<RecoveryStop> findTime(RecoveryChain chain, Instant time) throws IOException {
        PostgresRecovery.Span span = chain.span();
        if (time.isBefore(span.fromTime()) || time.isAfter(span.untilTime())) {
            return Optional.empty();
        }
        boolean[] later = {false};
        chain.scan(new Watch() {
            @Override
            public boolean ended(Lsn at, Instant when) {
                later[0] = when.isAfter(time);
                return !later[0];
            }
        });
        // Without a later transaction the server would look for one in vain, and not start.
        return Optional.of(new RecoveryStop(
                later[0] ? List.of("recovery_target_time = '" + TIME.format(time) + "'") : List.of(), time));
    }

    /** Looks at one kind of record. */
    private static class Watch implements WalScan.Visitor {
        @Override
        public boolean record(Lsn at) {
            return true;
        }

        @Override
        public boolean ended(Lsn at, Instant when) {
            return true;
        }

        @Override
        public boolean named(Lsn at, String name) {
            return true;
        }
    }
}
