package dev.prodstack.autoscale.metrics;

import dev.prodstack.core.scaling.Signal;
import java.util.List;
import java.util.Objects;

/**
 * One signal of one service at one look.
 *
 * @param service the service's full name in the cluster
 * @param signal what is to be measured
 * @param tasks the identifiers of its tasks, in the order in which the answer numbers them
 */
public record Question(String service, Signal signal, List<String> tasks) {
    /** Copies the tasks. */
    public Question {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(signal, "signal");
        tasks = List.copyOf(tasks);
    }
}
