package dev.prodstack.autoscale.replay;

import dev.prodstack.core.scaling.ReplicaRange;
import dev.prodstack.core.scaling.ScalingPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Policies beside what they are measured by, on one trace.
 *
 * @param trace the load
 * @param model how the service bears it
 * @param entries the policies in their order, then the oracle, the fixed minimum and the fixed maximum
 * @param notes what to know when reading it
 */
public record Comparison(Trace trace, ServiceModel model, List<Entry> entries, List<String> notes) {
    /** Copies the lists. */
    public Comparison {
        entries = List.copyOf(entries);
        notes = List.copyOf(notes);
    }

    /**
     * A run and what its replicas cost.
     *
     * @param run the run
     * @param prices the prices; a fixed count reserves all its replicas, as one that is never given back can be
     */
    public record Entry(Run run, Prices prices) {
        /** What the run costs. */
        public double cost() {
            return run.cost(prices);
        }
    }

    /**
     * Compares policies; the bounds of the first one are those of oracle, minimum and maximum.
     *
     * @param policies the policies by name, in order; at least one
     * @throws IllegalArgumentException if a policy has no metric that can be replayed
     */
    public static Comparison of(Trace trace, ServiceModel model, Prices prices, Map<String, ScalingPolicy> policies) {
        Replay replay = Replay.of(trace, model);
        List<Entry> entries = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        policies.forEach((name, policy) -> {
            Replay.leftOut(policy)
                    .forEach(metric -> notes.add(name + ": the metric " + metric
                            + " is left out, as a trace of load says nothing about it"));
            entries.add(new Entry(replay.policy(name, policy), prices));
        });
        ReplicaRange bounds = policies.values().iterator().next().bounds();
        int peak = model.needed(trace.peak());
        if (peak > bounds.max()) {
            notes.add("the peak needs " + peak + " replicas at the target, more than max " + bounds.max());
        }
        entries.add(new Entry(replay.oracle("oracle", bounds), prices));
        entries.add(fixed(replay, "fixed min", bounds.min(), prices));
        entries.add(fixed(replay, "fixed max", bounds.max(), prices));
        return new Comparison(trace, model, entries, notes);
    }

    private static Entry fixed(Replay replay, String name, int count, Prices prices) {
        return new Entry(replay.fixed(name, count), prices.reserving(count));
    }

    /** The fixed maximum, which the others are measured by. */
    public Entry peak() {
        return entries.get(entries.size() - 1);
    }
}
