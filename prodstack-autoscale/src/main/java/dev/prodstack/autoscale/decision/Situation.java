package dev.prodstack.autoscale.decision;

import dev.prodstack.autoscale.decision.Measurement.PerReplica;
import java.util.Map;
import java.util.Objects;

/**
 * A service at one look.
 *
 * @param current the replica count the service is set to, {@code spec.replicas} of an HPA's target; 0 or more
 * @param existing how many replicas there are, {@code status.replicas} of an HPA's target; 0 or more. A queue is shared
 *     among these
 * @param replicas the replicas that are known
 * @param measurements what was measured, by the metric's name in the policy; a metric that is not there has no data
 * @param history what earlier looks left behind
 */
public record Situation(
        int current, int existing, Replicas replicas, Map<String, Measurement> measurements, History history) {
    /** Checks the counts, and that each measurement is about these replicas. */
    public Situation {
        Objects.requireNonNull(replicas, "replicas");
        Objects.requireNonNull(history, "history");
        measurements = Map.copyOf(measurements);
        if (current < 0 || existing < 0) {
            throw new IllegalArgumentException(
                    "a replica count is not negative: current " + current + ", existing " + existing);
        }
        for (Map.Entry<String, Measurement> measurement : measurements.entrySet()) {
            if (measurement.getValue() instanceof PerReplica samples && samples.replicas() != replicas.size()) {
                throw new IllegalArgumentException("the measurement of " + measurement.getKey() + " is about "
                        + samples.replicas() + " replicas, the situation has " + replicas.size());
            }
        }
    }
}
