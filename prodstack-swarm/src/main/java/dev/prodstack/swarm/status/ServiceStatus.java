package dev.prodstack.swarm.status;

import dev.prodstack.core.value.ImageReference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a service was doing at a moment.
 *
 * @param name its name in the stack
 * @param fullName its name in the cluster
 * @param mode how many tasks there are to be
 * @param replicas how many there are
 * @param image the image; absent where its name is none
 * @param ports the ports it publishes
 * @param changed when it was changed last
 * @param update the last update or rollback, if there ever was one
 * @param standing whether it is as wanted
 * @param troubles what keeps tasks from running or did so lately, the latest first
 * @param tasks its tasks in the order of their slots: those that are to run, and those that failed lately
 */
public record ServiceStatus(
        String name,
        String fullName,
        Mode mode,
        Replicas replicas,
        Optional<ImageReference> image,
        List<PublishedPort> ports,
        Instant changed,
        Optional<Update> update,
        Standing standing,
        List<Trouble> troubles,
        List<TaskStatus> tasks) {
    /** Copies the lists. */
    public ServiceStatus {
        ports = List.copyOf(ports);
        troubles = List.copyOf(troubles);
        tasks = List.copyOf(tasks);
    }

    /** How many tasks a service is to have. */
    public enum Mode {
        /** A number of replicas, kept up. */
        REPLICATED,
        /** One task on each node, kept up. */
        GLOBAL,
        /** A number of tasks that run once to their end. */
        REPLICATED_JOB,
        /** One task on each node that runs once to its end. */
        GLOBAL_JOB;

        /** Whether tasks are to end by themselves. */
        public boolean isJob() {
            return this == REPLICATED_JOB || this == GLOBAL_JOB;
        }
    }

    /**
     * How many tasks there are.
     *
     * @param running how many run, and are healthy where they have a health check
     * @param wanted how many should run; of a job, how many should run at the same time
     * @param completed of a job, how many have ended well
     * @param toComplete of a job, how many are to end well; otherwise 0
     */
    public record Replicas(int running, int wanted, int completed, int toComplete) {}

    /**
     * A published port.
     *
     * @param published the port on the nodes
     * @param target the port in the container
     * @param protocol tcp, udp or sctp
     * @param route how it is reached
     */
    public record PublishedPort(int published, int target, String protocol, Route route) {
        /** How a published port is reached. */
        public enum Route {
            /** On every node, through the routing mesh. */
            INGRESS,
            /** On the nodes that run a task. */
            HOST
        }
    }

    /**
     * An update or a rollback.
     *
     * @param state the engine's word: updating, paused, completed, rollback_started, rollback_paused,
     *     rollback_completed
     * @param message what the engine says about it
     * @param started when it began
     * @param completed when it ended, if it did
     */
    public record Update(String state, String message, Instant started, Optional<Instant> completed) {
        /** Whether it has failed: what was asked for is not what runs. */
        public boolean failed() {
            return state.equals("paused") || state.startsWith("rollback");
        }
    }
}
