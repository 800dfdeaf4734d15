package dev.prodstack.autoscale.replay;

import dev.prodstack.core.scaling.ReplicaRange;
import dev.prodstack.core.scaling.ScalingPolicy;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntUnaryOperator;

/** Runs on one trace with one model, to be compared. */
public final class Replay {
    private final Trace trace;
    private final ServiceModel model;

    private Replay(Trace trace, ServiceModel model) {
        this.trace = trace;
        this.model = model;
    }

    /** Replays a trace. */
    public static Replay of(Trace trace, ServiceModel model) {
        return new Replay(trace, model);
    }

    /** The metrics of a policy that a model has no values for; they are left out. */
    public static List<String> leftOut(ScalingPolicy policy) {
        return Signals.leftOut(policy.rule());
    }

    /** The share of a replica's CPU that a policy keeps to, if it has such a metric. */
    public static OptionalDouble cpuTarget(ScalingPolicy policy) {
        return Signals.cpuTarget(policy.rule());
    }

    /**
     * With a policy, which looks once in each step.
     *
     * @throws IllegalArgumentException if none of its metrics can be replayed
     */
    public Run policy(String name, ScalingPolicy policy) {
        Run run = new Run(name, trace, model.target());
        new PolicyRun(Signals.modelled(policy), trace, model, run).run();
        return run;
    }

    /** With one count all the time. */
    public Run fixed(String name, int count) {
        return chosen(name, step -> count);
    }

    /** With the fewest replicas within bounds that bear each step's load at the target, started in time. */
    public Run oracle(String name, ReplicaRange bounds) {
        return chosen(name, step -> bounds.clamp(model.needed(trace.load(step))));
    }

    private Run chosen(String name, IntUnaryOperator counts) {
        Run run = new Run(name, trace, model.target());
        Queue queue = new Queue(model, trace.step());
        for (int step = 0; step < trace.steps(); step++) {
            int count = counts.applyAsInt(step);
            double use = queue.work(trace.load(step), count);
            run.put(step, count, use, queue.delay(count));
        }
        return run;
    }
}
