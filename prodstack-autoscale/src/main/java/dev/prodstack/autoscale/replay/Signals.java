package dev.prodstack.autoscale.replay;

import dev.prodstack.core.scaling.Metric;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.scaling.ScalingRule;
import dev.prodstack.core.scaling.ScalingRule.Targets;
import dev.prodstack.core.scaling.ScalingRule.Thresholds;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.Reading;
import dev.prodstack.core.scaling.Signal.Resource;
import dev.prodstack.core.scaling.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;

/** Which of a policy's signals a model has values for: CPU use, queues, and queries whose answer is shared. */
final class Signals {
    private Signals() {}

    static boolean isModelled(Signal signal) {
        if (signal instanceof Signal.Utilization utilization) {
            return utilization.resource() == Resource.CPU;
        }
        if (signal instanceof Signal.Usage usage) {
            return usage.resource() == Resource.CPU;
        }
        return signal instanceof Signal.Queue
                || (signal instanceof Signal.Query query && query.reading() == Reading.AVERAGE);
    }

    /** The names of the metrics that a model has no values for. */
    static List<String> leftOut(ScalingRule rule) {
        List<String> names = new ArrayList<>();
        if (rule instanceof Targets targets) {
            names(targets.metrics(), Metric::signal, Metric::name, names);
        } else if (rule instanceof Thresholds thresholds) {
            names(thresholds.thresholds(), Threshold::signal, Threshold::name, names);
        }
        return names;
    }

    private static <T> void names(
            List<T> items, Function<T, Signal> signal, Function<T, String> name, List<String> names) {
        items.stream().filter(item -> !isModelled(signal.apply(item))).map(name).forEach(names::add);
    }

    /** The policy without the metrics that a model has no values for. */
    static ScalingPolicy modelled(ScalingPolicy policy) {
        if (leftOut(policy.rule()).size() == policy.rule().signals().size()) {
            throw new IllegalArgumentException(
                    "no metric of the policy can be replayed; those that can are cpu, queue, and prometheus with reading"
                            + " average, which is taken for the trace itself");
        }
        return new ScalingPolicy(
                policy.bounds(),
                modelled(policy.rule()),
                policy.cooldown(),
                policy.schedules(),
                policy.whenBlind(),
                policy.warmUp(),
                policy.staleAfter(),
                policy.mode());
    }

    private static ScalingRule modelled(ScalingRule rule) {
        return rule instanceof Targets targets
                ? new Targets(
                        kept(targets.metrics(), metric -> isModelled(metric.signal())),
                        targets.tolerance(),
                        targets.behavior())
                : thresholds((Thresholds) rule);
    }

    private static ScalingRule thresholds(Thresholds rule) {
        return new Thresholds(kept(rule.thresholds(), threshold -> isModelled(threshold.signal())), rule.step());
    }

    private static <T> List<T> kept(List<T> items, Predicate<T> isKept) {
        return items.stream().filter(isKept).toList();
    }

    /** The share of the CPU that a policy keeps to, if it does. */
    static OptionalDouble cpuTarget(ScalingRule rule) {
        if (rule instanceof Targets targets) {
            return targets.metrics().stream()
                    .filter(metric -> isCpu(metric.signal()))
                    .mapToDouble(metric -> metric.target().thousandths() / 100_000.0)
                    .min();
        }
        return ((Thresholds) rule)
                .thresholds().stream()
                        .filter(threshold -> isCpu(threshold.signal()))
                        .mapToDouble(threshold -> threshold.above().thousandths() / 100_000.0)
                        .min();
    }

    private static boolean isCpu(Signal signal) {
        return signal instanceof Signal.Utilization utilization && utilization.resource() == Resource.CPU;
    }
}
