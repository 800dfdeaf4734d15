package dev.prodstack.core.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Values by name, with a clock that stands until it is set. */
final class MemoryStore implements ClusterStore {
    private final Map<String, Stored> values = new HashMap<>();
    Instant time = Instant.parse("2026-01-01T00:00:00Z");
    Runnable before = () -> {};
    volatile Runnable replaced = () -> {};
    private long version;

    private record Stored(String name, String text, Instant changedAt, long version) implements Entry {
        @Override
        public byte[] value() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    public synchronized Optional<Entry> read(String name) {
        return Optional.ofNullable(values.get(name));
    }

    @Override
    public synchronized Optional<Entry> create(String name, byte[] value) {
        Runnable first = before;
        before = () -> {};
        first.run();
        return values.containsKey(name) ? Optional.empty() : Optional.of(put(name, value));
    }

    @Override
    public synchronized Optional<Entry> replace(Entry seen, byte[] value) {
        replaced.run();
        return seen.equals(values.get(seen.name())) ? Optional.of(put(seen.name(), value)) : Optional.empty();
    }

    private Stored put(String name, byte[] value) {
        Stored stored = new Stored(name, new String(value, StandardCharsets.UTF_8), time, ++version);
        values.put(name, stored);
        return stored;
    }

    @Override
    public Instant now() {
        return time;
    }
}
