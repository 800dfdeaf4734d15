package dev.prodstack.backup.stack;

import dev.prodstack.core.cluster.ClusterStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the cluster remembers of a stack's backups: lines of a name and a value.
 *
 * @param facts the values by name
 */
record BackupState(Map<String, String> facts) {
    /** The id of the repository, so that an empty directory is not taken for a new one. */
    static final String REPOSITORY = "repository";

    /** When the last backup was begun. */
    static final String BEGUN = "begun";

    /** When the last one that succeeded was begun. */
    static final String SUCCEEDED = "succeeded";

    /** When the last copy to another place was begun. */
    static final String COPIED = "copied";

    /** How many seconds the last restore took. */
    static final String RESTORED_IN = "restored_in";

    /** When the last drill was begun. */
    static final String DRILLED = "drilled";

    static BackupState read(ClusterStore store, String stack) {
        return new BackupState(parse(store.read(name(stack)).map(ClusterStore.Entry::value)));
    }

    private static Map<String, String> parse(Optional<byte[]> value) {
        Map<String, String> facts = new LinkedHashMap<>();
        value.ifPresent(bytes -> new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split("=", 2))
                .filter(words -> words.length == 2)
                .forEach(words -> facts.put(words[0], words[1])));
        return facts;
    }

    private static String name(String stack) {
        return "backup-state." + stack;
    }

    Optional<String> get(String fact) {
        return Optional.ofNullable(facts.get(fact));
    }

    Optional<Instant> instant(String fact) {
        return get(fact).map(Instant::parse);
    }

    /** Adds to it, whoever else does at the same time. */
    static void put(ClusterStore store, String stack, Map<String, String> more) {
        store.update(name(stack), before -> {
            Map<String, String> facts = parse(before);
            facts.putAll(more);
            return facts.entrySet().stream()
                    .map(fact -> fact.getKey() + "=" + fact.getValue())
                    .collect(Collectors.joining("\n"))
                    .getBytes(StandardCharsets.UTF_8);
        });
    }
}
