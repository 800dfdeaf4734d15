package dev.prodstack.autoscale;

import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.cluster.ClusterStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Who of several looks after a stack: an entry in the cluster, {@code leader.STACK}, that the leader renews. One that
 * has not been renewed for a term, by the cluster's clock, is anybody's.
 *
 * <p>Not safe for several threads.
 */
public final class Leadership {
    /** How long a leader may be silent. With renewals and tries every five seconds another one takes over in 25. */
    static final Duration TERM = Duration.ofSeconds(20);

    private static final String NOBODY = "";

    private final ClusterStore store;
    private final String name;
    private final String self;
    private Optional<String> leader = Optional.empty();

    /**
     * A candidate.
     *
     * @param self a name that nobody else has, of this process
     */
    public Leadership(ClusterStore store, String stack, String self) {
        this.store = store;
        this.name = name(stack);
        this.self = Objects.requireNonNull(self, "self");
    }

    /**
     * Renews the leadership, or takes it if it is free.
     *
     * @return whether we lead
     * @throws ClusterException if the cluster cannot be asked
     */
    public boolean hold() {
        Optional<ClusterStore.Entry> entry = store.read(name);
        Optional<ClusterStore.Entry> ours;
        if (entry.isEmpty()) {
            ours = store.create(name, bytes(self));
        } else {
            String holder = text(entry.get());
            boolean free = holder.equals(self) || holder.equals(NOBODY) || isSilent(store, entry.get());
            leader = Optional.of(holder);
            ours = free ? store.replace(entry.get(), bytes(self)) : Optional.empty();
        }
        if (ours.isPresent()) {
            leader = Optional.of(self);
        }
        return ours.isPresent();
    }

    private static String name(String stack) {
        return EntryNames.of("leader.", stack);
    }

    /** Who leads, unless it has been silent for a term. */
    static Optional<String> current(ClusterStore store, String stack) {
        return store.read(name(stack))
                .filter(entry -> !isSilent(store, entry))
                .map(Leadership::text)
                .filter(its -> !its.equals(NOBODY));
    }

    private static boolean isSilent(ClusterStore store, ClusterStore.Entry entry) {
        return Duration.between(entry.changedAt(), store.now()).compareTo(TERM) > 0;
    }

    /** Who led when we last looked, if anybody. */
    public Optional<String> leader() {
        return leader.filter(its -> !its.equals(NOBODY));
    }

    /**
     * Lets another one lead at once, if we do.
     *
     * @throws ClusterException if the cluster cannot be asked
     */
    public void resign() {
        Optional<ClusterStore.Entry> entry = store.read(name);
        if (entry.isPresent() && text(entry.get()).equals(self)) {
            store.replace(entry.get(), bytes(NOBODY));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ClusterStore.Entry entry) {
        return new String(entry.value(), StandardCharsets.UTF_8);
    }
}
