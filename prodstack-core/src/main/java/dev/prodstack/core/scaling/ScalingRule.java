package dev.prodstack.core.scaling;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What makes a replica count move. */
public sealed interface ScalingRule {

    /** What has to be measured, in order. */
    List<Signal> signals();

    /**
     * The form of the Kubernetes HorizontalPodAutoscaler, {@code autoscaling/v2}: each metric asks for as many replicas
     * as bring its signal to its target, and the largest number is taken.
     *
     * @param metrics the metrics, in order; at least one
     * @param tolerance how far off its target a signal may be without a move
     * @param behavior windows and rates of change; where absent, the largest recommendation of the last 300 s holds,
     *     and one step up goes to twice the replicas or 4 at most, as in HPA objects without {@code behavior}
     */
    record Targets(List<Metric> metrics, Tolerance tolerance, Optional<Behavior> behavior) implements ScalingRule {
        /** Checks that there is a metric and that no two have the same name. */
        public Targets {
            metrics = List.copyOf(metrics);
            Objects.requireNonNull(tolerance, "tolerance");
            Objects.requireNonNull(behavior, "behavior");
            checkNames(metrics.stream().map(Metric::name).toList());
        }

        @Override
        public List<Signal> signals() {
            return metrics.stream().map(Metric::signal).toList();
        }
    }

    /**
     * The form that scripts use: any signal above its upper mark adds replicas, all of them below their lower marks
     * take replicas away.
     *
     * @param thresholds the signals with their marks, in order; at least one
     * @param step how many replicas at a time
     */
    record Thresholds(List<Threshold> thresholds, Step step) implements ScalingRule {
        /** Checks that there is a threshold and that no two have the same name. */
        public Thresholds {
            thresholds = List.copyOf(thresholds);
            Objects.requireNonNull(step, "step");
            checkNames(thresholds.stream().map(Threshold::name).toList());
        }

        @Override
        public List<Signal> signals() {
            return thresholds.stream().map(Threshold::signal).toList();
        }
    }

    /**
     * How many replicas one move adds or takes away.
     *
     * @param up replicas added, 1 or more
     * @param down replicas taken away, 1 or more
     */
    record Step(int up, int down) {
        /** Checks that both move. */
        public Step {
            if (up < 1 || down < 1) {
                throw new IllegalArgumentException("a step moves by 1 replica or more: up " + up + ", down " + down);
            }
        }

        /** One replica at a time. */
        public static Step one() {
            return new Step(1, 1);
        }
    }

    private static void checkNames(List<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a scaling rule needs at least one metric or threshold");
        }
        for (String name : names) {
            if (names.indexOf(name) != names.lastIndexOf(name)) {
                throw new IllegalArgumentException("two metrics are called \"" + name + "\": name one of them");
            }
        }
    }
}
