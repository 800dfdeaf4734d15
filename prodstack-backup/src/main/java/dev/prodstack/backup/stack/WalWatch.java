package dev.prodstack.backup.stack;

import dev.prodstack.core.backup.BackupPlan;
import dev.prodstack.core.backup.BackupSource;
import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.stack.Stack;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Has the logs of a stack's databases received all the time: {@code watch.look(stack, settings, image)} now and then.
 * Of several, one acts, by a lease.
 */
public final class WalWatch implements AutoCloseable {
    private final String name;
    private final Cluster cluster;
    private final Consumer<StackEvent> events;
    private final Map<String, WalReceiving> receiving = new LinkedHashMap<>();
    private Optional<StackClaim> claim = Optional.empty();
    private Optional<Settings> settings = Optional.empty();
    private volatile Optional<Map<String, WalReceiving>> shown = Optional.empty();

    private record Settings(Map<String, BackupSource.Postgres> logged, BackupPlan plan, String image) {}

    /**
     * Prepares; nothing is asked yet.
     *
     * @param name the stack's name
     * @param events is told what happens, from several threads, one at a time
     */
    public WalWatch(String name, Cluster cluster, Consumer<StackEvent> events) {
        this.name = name;
        this.cluster = cluster;
        this.events = event -> {
            synchronized (events) {
                events.accept(event);
            }
        };
    }

    /**
     * Looks at what is to be received, and at what is. Without the lease it does nothing.
     *
     * @return what it does, for people
     * @throws ClusterException if the cluster cannot be asked
     */
    public synchronized String look(Stack stack, BackupPlan plan, String image) {
        if (!lead()) {
            shown = Optional.empty();
            return "another one receives the logs";
        }
        Settings now = new Settings(PointInTime.logged(stack), plan, image);
        if (!settings.equals(Optional.of(now))) {
            stop();
            now.logged().forEach((service, source) -> {
                WalReceiving one = new WalReceiving(stack, service, source, plan, image, cluster, events);
                one.start();
                receiving.put(service, one);
            });
            settings = Optional.of(now);
        }
        receiving.values().forEach(WalReceiving::look);
        shown = Optional.of(new LinkedHashMap<>(receiving));
        return receiving.isEmpty()
                ? "no service declares wal, so there is no log to receive"
                : "receiving the logs of " + String.join(", ", receiving.keySet());
    }

    private boolean lead() {
        if (claim.isPresent()) {
            if (!claim.get().isLost()) {
                return true;
            }
            stop();
            claim.get().close();
            claim = Optional.empty();
        }
        try {
            claim = Optional.of(StackClaim.takeLog(cluster, name));
            return true;
        } catch (BusyException e) {
            return false;
        }
    }

    private void stop() {
        receiving.values().forEach(WalReceiving::close);
        receiving.clear();
        settings = Optional.empty();
    }

    /** How it stands, by service; absent where another one acts. Does not wait for a look that is under way. */
    public Optional<Map<String, WalStatus>> status() {
        return shown.map(logs -> {
            Map<String, WalStatus> all = new LinkedHashMap<>();
            logs.forEach((service, one) -> all.put(service, one.status()));
            return all;
        });
    }

    /** Ends what it does. The servers keep what is not stored yet for whoever goes on. */
    @Override
    public synchronized void close() {
        stop();
        claim.ifPresent(StackClaim::close);
        claim = Optional.empty();
    }
}
