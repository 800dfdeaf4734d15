package dev.prodstack.autoscale;

import dev.prodstack.autoscale.decision.History;
import dev.prodstack.core.value.Copies;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a look leaves behind for the next one, and for who asks why.
 *
 * @param time when it was, by the clock of who looked
 * @param interval the time between two looks
 * @param services what is remembered of each service, by its name in the Compose file
 */
record Memory(Instant time, Duration interval, Map<String, OfService> services) {
    /** Copies the map. */
    Memory {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(interval, "interval");
        services = Copies.of(services);
    }

    /**
     * What is remembered of a service.
     *
     * @param count the count it was left at; another one at the next look was set by somebody else
     * @param history what the next decision goes by
     * @param account what the look came to
     */
    record OfService(int count, History history, Account account) {
        /** Checks that nothing is missing. */
        OfService {
            Objects.requireNonNull(history, "history");
            Objects.requireNonNull(account, "account");
        }
    }

    /** Nothing is remembered. */
    static Memory none() {
        return new Memory(Instant.EPOCH, Duration.ZERO, Map.of());
    }

    /** This with all its times moved by a span, for a clock that was set or is another one. */
    Memory shiftedBy(Duration span) {
        Map<String, OfService> shifted = new TreeMap<>();
        services.forEach((name, its) -> shifted.put(
                name,
                new OfService(
                        its.count(),
                        its.history().shiftedBy(span),
                        its.account().since(its.account().since().plus(span)))));
        return new Memory(time.plus(span), interval, shifted);
    }
}
