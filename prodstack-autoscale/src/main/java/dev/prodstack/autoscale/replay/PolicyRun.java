package dev.prodstack.autoscale.replay;

import dev.prodstack.autoscale.decision.Decider;
import dev.prodstack.autoscale.decision.Decision;
import dev.prodstack.autoscale.decision.History;
import dev.prodstack.autoscale.decision.History.Move;
import dev.prodstack.autoscale.decision.Measurement;
import dev.prodstack.autoscale.decision.Replica;
import dev.prodstack.autoscale.decision.Replica.Readiness;
import dev.prodstack.autoscale.decision.Replica.State;
import dev.prodstack.autoscale.decision.Replica.Status;
import dev.prodstack.autoscale.decision.Replicas;
import dev.prodstack.autoscale.decision.Requests;
import dev.prodstack.autoscale.decision.Requests.Container;
import dev.prodstack.autoscale.decision.Requests.Share;
import dev.prodstack.autoscale.decision.Situation;
import dev.prodstack.core.scaling.Metric;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.scaling.ScalingRule.Targets;
import dev.prodstack.core.scaling.ScalingRule.Thresholds;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.QueueCount;
import dev.prodstack.core.scaling.Threshold;
import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.CpuCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of a policy. */
final class PolicyRun {
    private static final Share ONE = Share.of(CpuCount.parse("1"), ByteSize.parse("1G"));
    private static final Requests REQUESTS = Requests.of(new Container(ONE, ONE));

    private final ScalingPolicy policy;
    private final Map<String, Signal> signals;
    private final Trace trace;
    private final ServiceModel model;
    private final Run run;
    private final Queue queue;

    /** When each replica is ready, the oldest first. */
    private final List<Instant> readyAt = new ArrayList<>();

    private History history = History.empty();
    private Replicas seen = Replicas.of(List.of());
    private int seenReady = -1;

    PolicyRun(ScalingPolicy policy, Trace trace, ServiceModel model, Run run) {
        this.policy = policy;
        this.trace = trace;
        this.model = model;
        this.run = run;
        signals = signals(policy);
        queue = new Queue(model, trace.step());
    }

    private static Map<String, Signal> signals(ScalingPolicy policy) {
        Map<String, Signal> signals = new LinkedHashMap<>();
        if (policy.rule() instanceof Targets targets) {
            for (Metric metric : targets.metrics()) {
                signals.put(metric.name(), metric.signal());
            }
        } else if (policy.rule() instanceof Thresholds thresholds) {
            for (Threshold threshold : thresholds.thresholds()) {
                signals.put(threshold.name(), threshold.signal());
            }
        }
        return signals;
    }

    /** It starts with the replicas that the first step's load needs, all of them ready. */
    void run() {
        int first = policy.boundsAt(trace.start()).clamp(model.needed(trace.load(0)));
        for (int i = 0; i < first; i++) {
            readyAt.add(trace.start().minus(policy.warmUp().cpuInitialization()));
        }
        Instant now = trace.start();
        for (int step = 0; step < trace.steps(); step++) {
            int ready = ready(now);
            double use = queue.work(trace.load(step), ready);
            run.put(step, readyAt.size(), use, queue.delay(ready));
            now = now.plus(trace.step());
            look(now, step, use);
        }
    }

    private int ready(Instant now) {
        int ready = readyAt.size();
        while (ready > 0 && readyAt.get(ready - 1).isAfter(now)) {
            ready--;
        }
        return ready;
    }

    private void look(Instant now, int step, double use) {
        int ready = ready(now);
        if (ready != seenReady || seen.size() != readyAt.size()) {
            seen = observed(ready);
            seenReady = ready;
        }
        int current = readyAt.size();
        Situation situation = new Situation(current, current, seen, measured(now, step, use, ready), history);
        Decision decision = Decider.decide(policy, situation, now);
        history = decision.history();
        if (decision instanceof Decision.Scale scale) {
            history = history.afterMove(new Move(now, scale.replicas() - current));
            while (readyAt.size() > scale.replicas()) {
                readyAt.remove(readyAt.size() - 1);
            }
            while (readyAt.size() < scale.replicas()) {
                readyAt.add(now.plus(model.startUp()));
            }
            seenReady = -1;
        }
    }

    private Replicas observed(int ready) {
        List<Replica> replicas = new ArrayList<>(readyAt.size());
        for (int i = 0; i < readyAt.size(); i++) {
            Instant at = readyAt.get(i);
            replicas.add(
                    i < ready
                            ? new Replica(
                                    State.RUNNING,
                                    Optional.of(at),
                                    Optional.of(new Readiness(Status.READY, at)),
                                    REQUESTS)
                            : new Replica(State.PENDING, Optional.empty(), Optional.empty(), REQUESTS));
        }
        return Replicas.of(replicas);
    }

    private Map<String, Measurement> measured(Instant now, int step, double use, int ready) {
        Map<String, Measurement> measured = new HashMap<>();
        signals.forEach((name, signal) -> measured.put(name, measurement(signal, now, step, use, ready)));
        return measured;
    }

    private Measurement measurement(Signal signal, Instant now, int step, double use, int ready) {
        if (signal instanceof Signal.Queue its && its.count() != QueueCount.PUBLISHED_PER_SECOND) {
            return Measurement.total(queue.length(), now);
        }
        if (signal instanceof Signal.Queue || signal instanceof Signal.Query) {
            return Measurement.total(trace.load(step), now);
        }
        Measurement.PerReplica.Builder samples = Measurement.perReplica(readyAt.size());
        for (int i = 0; i < ready; i++) {
            samples.add(i, use, now);
        }
        return samples.build();
    }
}
