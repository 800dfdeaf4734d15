package dev.prodstack.autoscale.decision;

import dev.prodstack.core.scaling.Behavior;
import dev.prodstack.core.scaling.Cooldown;
import dev.prodstack.core.scaling.Metric;
import dev.prodstack.core.scaling.Quantity;
import dev.prodstack.core.scaling.ReplicaRange;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.scaling.ScalingPolicy.Mode;
import dev.prodstack.core.scaling.ScalingRule;
import dev.prodstack.core.scaling.ScalingRule.Step;
import dev.prodstack.core.scaling.ScalingRule.Thresholds;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.QueueCount;
import dev.prodstack.core.scaling.Threshold;
import dev.prodstack.core.scaling.Tolerance;
import dev.prodstack.core.scaling.WarmUp;
import dev.prodstack.core.scaling.WhenBlind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A service whose load does not change: so much CPU use, shared evenly, and so many messages in a queue.
 *
 * @param policy how it scales
 * @param start the count it begins with
 * @param use the CPU use of all replicas together, in thousandths of what one is given
 * @param messages the messages in the queue
 */
record ConstantLoad(ScalingPolicy policy, int start, long use, int messages) {
    private static final Signal.Queue QUEUE = new Signal.Queue(List.of("jobs"), "/", QueueCount.READY_AND_UNACKED);

    private static final Replica REPLICA = Herd.of("-/1000").replicas().get(0);

    static ConstantLoad draw(Random random) {
        Signal cpu = TargetFormTest.metric("cpu 1").signal();
        int percent = 30 + random.nextInt(60);
        int length = 10 + random.nextInt(200);
        ScalingRule rule;
        if (random.nextBoolean()) {
            rule = new ScalingRule.Targets(
                    List.of(
                            new Metric("cpu", cpu, Quantity.of(percent)),
                            new Metric("queue", QUEUE, Quantity.of(length))),
                    Tolerance.standard(),
                    random.nextBoolean()
                            ? Optional.empty()
                            : Optional.of(new Behavior(Behavior.standardUp(), Behavior.standardDown())));
        } else {
            rule = new Thresholds(
                    List.of(
                            new Threshold(
                                    "cpu", cpu, Quantity.of(percent), Quantity.of(1 + random.nextInt(percent - 1))),
                            new Threshold(
                                    "queue", QUEUE, Quantity.of(length), Quantity.of(1 + random.nextInt(length - 1)))),
                    new Step(1 + random.nextInt(6), 1 + random.nextInt(6)));
        }
        int min = 1 + random.nextInt(5);
        int max = min + random.nextInt(60);
        ScalingPolicy policy = new ScalingPolicy(
                new ReplicaRange(min, max),
                rule,
                random.nextBoolean() ? Cooldown.none() : new Cooldown(Duration.ZERO, Duration.ofSeconds(60)),
                List.of(),
                WhenBlind.Hold.HOLD,
                WarmUp.standard(),
                ScalingPolicy.DEFAULT_STALE_AFTER,
                Mode.ACTIVE);
        return new ConstantLoad(policy, 1 + random.nextInt(70), random.nextInt(40_000), random.nextInt(6_000));
    }

    Situation situation(int current, History history, Instant now) {
        Measurement.PerReplica.Builder samples = Measurement.perReplica(current);
        for (int i = 0; i < current; i++) {
            samples.add(i, (double) use / current / 1_000, now);
        }
        return new Situation(
                current,
                current,
                Replicas.of(Collections.nCopies(current, REPLICA)),
                Map.of("cpu", samples.build(), "queue", Measurement.total(messages, now)),
                history);
    }
}
