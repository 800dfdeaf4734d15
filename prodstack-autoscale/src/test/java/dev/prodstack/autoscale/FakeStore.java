package dev.prodstack.autoscale;

import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.cluster.ClusterStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The store of a cluster, with the cluster's clock. */
final class FakeStore implements ClusterStore {
    private final Supplier<Instant> clock;
    private final Map<String, Value> values = new HashMap<>();
    private boolean away;
    private Runnable beforeReplace = () -> {};

    FakeStore(Supplier<Instant> clock) {
        this.clock = clock;
    }

    private static final class Value implements Entry {
        private final String name;
        private final byte[] bytes;
        private final Instant changedAt;

        Value(String name, byte[] bytes, Instant changedAt) {
            this.name = name;
            this.bytes = bytes.clone();
            this.changedAt = changedAt;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public byte[] value() {
            return bytes.clone();
        }

        @Override
        public Instant changedAt() {
            return changedAt;
        }
    }

    void goesAway() {
        away = true;
    }

    void comesBack() {
        away = false;
    }

    void beforeReplace(Runnable action) {
        beforeReplace = action;
    }

    void check() {
        if (away) {
            throw new ClusterException("the engine is away", null);
        }
    }

    @Override
    public Optional<Entry> read(String name) {
        check();
        return Optional.ofNullable(values.get(name));
    }

    @Override
    public Optional<Entry> create(String name, byte[] value) {
        check();
        return values.containsKey(name) ? Optional.empty() : Optional.of(put(name, value));
    }

    @Override
    public Optional<Entry> replace(Entry seen, byte[] value) {
        check();
        Runnable action = beforeReplace;
        beforeReplace = () -> {};
        action.run();
        return seen.equals(values.get(seen.name())) ? Optional.of(put(seen.name(), value)) : Optional.empty();
    }

    private Value put(String name, byte[] value) {
        Value stored = new Value(name, value, clock.get());
        values.put(name, stored);
        return stored;
    }

    @Override
    public Instant now() {
        check();
        return clock.get();
    }
}
