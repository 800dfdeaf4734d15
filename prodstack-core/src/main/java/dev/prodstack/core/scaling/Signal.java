package dev.prodstack.core.scaling;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Something that can be measured about a service. Each variant says its unit. */
public sealed interface Signal {

    /** A name for explanations, such as {@code cpu} or {@code queue celery}. */
    String label();

    /** Whether there is nothing to measure when the service has no replicas. */
    default boolean needsReplicas() {
        return false;
    }

    /** Checks a value that the signal is compared with. */
    default void checkTarget(Quantity value) {
        Objects.requireNonNull(value, "value");
    }

    /**
     * What the tasks use of a resource, in percent of what each is given: the sum of the use over the sum of what is
     * given, as {@code Resource} metrics with {@code Utilization} in HPA. A value is a whole number of percent.
     *
     * @param resource CPU or memory
     * @param basis what is 100 percent
     */
    record Utilization(Resource resource, Basis basis) implements Signal {
        /** Checks that nothing is missing. */
        public Utilization {
            Objects.requireNonNull(resource, "resource");
            Objects.requireNonNull(basis, "basis");
        }

        @Override
        public String label() {
            return resource.toString();
        }

        @Override
        public boolean needsReplicas() {
            return true;
        }

        @Override
        public void checkTarget(Quantity value) {
            if (!value.isWhole()) {
                throw new IllegalArgumentException("expected a whole number of percent, not " + value);
            }
        }
    }

    /**
     * What a task uses of a resource on average, as {@code Resource} metrics with {@code AverageValue} in HPA. The unit
     * is one CPU or one byte.
     *
     * @param resource CPU or memory
     */
    record Usage(Resource resource) implements Signal {
        /** Checks that nothing is missing. */
        public Usage {
            Objects.requireNonNull(resource, "resource");
        }

        @Override
        public String label() {
            return resource + " use";
        }

        @Override
        public boolean needsReplicas() {
            return true;
        }

        @Override
        public void checkTarget(Quantity value) {
            if (resource == Resource.MEMORY && !value.isWhole()) {
                throw new IllegalArgumentException("expected a whole number of bytes, not " + value);
            }
        }
    }

    /**
     * Messages in RabbitMQ queues, all queues together, per replica, as {@code External} metrics with
     * {@code AverageValue} in HPA. The unit is one message, or one message a second.
     *
     * @param queues the queues' names; at least one
     * @param virtualHost the virtual host they are in
     * @param count which messages count
     */
    record Queue(List<String> queues, String virtualHost, QueueCount count) implements Signal {
        /** Checks that there is a queue, and each once. */
        public Queue {
            queues = List.copyOf(queues);
            Objects.requireNonNull(count, "count");
            if (queues.isEmpty() || queues.stream().anyMatch(String::isBlank)) {
                throw new IllegalArgumentException("expected the name of at least one queue");
            }
            if (queues.stream().distinct().count() < queues.size()) {
                throw new IllegalArgumentException("a queue is named twice in " + queues);
            }
            if (virtualHost.isEmpty()) {
                throw new IllegalArgumentException("a virtual host has a name; the default one is /");
            }
        }

        @Override
        public String label() {
            return (count == QueueCount.PUBLISHED_PER_SECOND ? "rate " : "queue ") + String.join("+", queues);
        }
    }

    /**
     * The answer to a Prometheus query. The unit is the query's.
     *
     * @param promql the query
     * @param reading what the answer is
     */
    record Query(String promql, Reading reading) implements Signal {
        /** Checks that there is a query. */
        public Query {
            Objects.requireNonNull(reading, "reading");
            if (promql.isBlank()) {
                throw new IllegalArgumentException("expected a PromQL query");
            }
        }

        @Override
        public String label() {
            return "prometheus " + promql;
        }

        @Override
        public boolean needsReplicas() {
            return reading == Reading.PER_TASK;
        }
    }

    /** A resource of a task. */
    enum Resource {
        /** Processor time. */
        CPU,
        /** Memory. */
        MEMORY;

        /** The name as Compose files write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What 100 percent of a resource is. */
    enum Basis {
        /** What {@code deploy.resources.reservations} sets aside for a task. */
        RESERVATION,
        /** What {@code deploy.resources.limits} allows a task. */
        LIMIT;

        /** The name as Compose files write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Which messages of a queue count. */
    enum QueueCount {
        /** Those waiting, and those delivered but not acknowledged. */
        READY_AND_UNACKED,
        /** Those waiting. */
        READY,
        /** Those published, per second. */
        PUBLISHED_PER_SECOND;

        /** The name as Compose files write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What the answer to a query is. */
    enum Reading {
        /**
         * One number that is to be at the target as it is, such as a latency: {@code External} with {@code Value} in
         * HPA.
         */
        VALUE,
        /** One number for all replicas together, divided by their count: {@code External} with {@code AverageValue}. */
        AVERAGE,
        /**
         * One number for each task, which the label {@code task_id} names: {@code Pods} with {@code AverageValue} in
         * HPA.
         */
        PER_TASK;

        /** The name as Compose files write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
