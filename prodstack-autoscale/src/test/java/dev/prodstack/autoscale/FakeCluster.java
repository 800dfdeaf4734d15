package dev.prodstack.autoscale;

import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.cluster.ScalableService;
import dev.prodstack.core.cluster.ScalableServices;
import dev.prodstack.core.cluster.ServiceTask;
import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.CpuCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A cluster with one service, {@code web}, whose tasks run at once and for ever. */
final class FakeCluster implements ScalableServices {
    private static final ServiceTask.Share SHARE =
            new ServiceTask.Share(Optional.of(new CpuCount(500_000_000)), Optional.of(new ByteSize(1 << 20)));
    private static final Instant STARTED = Instant.parse("2026-03-01T00:00:00Z");

    private final FakeStore store;
    private int replicas;
    private long version = 7;
    private Optional<ScalableService.Update> update = Optional.empty();
    private Runnable beforeScale = () -> {};
    private boolean losesAnswer;
    private final List<Integer> moves = new ArrayList<>();

    FakeCluster(FakeStore store, int replicas) {
        this.store = store;
        this.replicas = replicas;
    }

    int replicas() {
        return replicas;
    }

    /** The counts that the autoscaler set. */
    List<Integer> moves() {
        return moves;
    }

    void operatorScales(int count) {
        replicas = count;
        version++;
    }

    void isUpdated(ScalableService.State state) {
        update = Optional.of(new ScalableService.Update(state, Optional.empty()));
    }

    void goesOn() {
        update = Optional.empty();
    }

    void beforeScale(Runnable action) {
        beforeScale = action;
    }

    void losesTheNextAnswer() {
        losesAnswer = true;
    }

    @Override
    public Map<String, ScalableService> read(String stack) {
        store.check();
        List<ServiceTask> tasks = IntStream.rangeClosed(1, replicas)
                .mapToObj(slot -> new ServiceTask(
                        "t" + slot, slot, ServiceTask.State.RUNNING, STARTED, ServiceTask.Phase.CURRENT, SHARE, SHARE))
                .toList();
        return Map.of("web", new ScalableService("id", stack + "_web", version, replicas, update, tasks));
    }

    @Override
    public Map<String, String> policies(String stack) {
        return Map.of();
    }

    @Override
    public Outcome scale(ScalableService seen, int count) {
        Runnable action = beforeScale;
        beforeScale = () -> {};
        action.run();
        store.check();
        if (seen.version() != version) {
            return Outcome.CHANGED_MEANWHILE;
        }
        replicas = count;
        version++;
        moves.add(count);
        if (losesAnswer) {
            losesAnswer = false;
            throw new ClusterException("the connection broke", null);
        }
        return Outcome.DONE;
    }
}
