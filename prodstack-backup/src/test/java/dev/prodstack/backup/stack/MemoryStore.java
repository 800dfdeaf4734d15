package dev.prodstack.backup.stack;

import dev.prodstack.core.cluster.ClusterStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Values by name, as large as a cluster takes them. */
final class MemoryStore implements ClusterStore {
    private final Map<String, Stored> values = new HashMap<>();
    private long version;

    private record Stored(String name, String text, long version) implements Entry {
        @Override
        public byte[] value() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Instant changedAt() {
            return Instant.EPOCH;
        }
    }

    @Override
    public Optional<Entry> read(String name) {
        return Optional.ofNullable(values.get(name));
    }

    @Override
    public Optional<Entry> create(String name, byte[] value) {
        return values.containsKey(name) ? Optional.empty() : Optional.of(put(name, value));
    }

    @Override
    public Optional<Entry> replace(Entry seen, byte[] value) {
        return seen.equals(values.get(seen.name())) ? Optional.of(put(seen.name(), value)) : Optional.empty();
    }

    private Stored put(String name, byte[] value) {
        if (value.length > MAX_VALUE_SIZE) {
            throw new IllegalArgumentException("a value has " + value.length + " bytes");
        }
        Stored stored = new Stored(name, new String(value, StandardCharsets.UTF_8), ++version);
        values.put(name, stored);
        return stored;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH;
    }
}
