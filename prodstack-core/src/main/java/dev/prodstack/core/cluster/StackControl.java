package dev.prodstack.core.cluster;

import dev.prodstack.core.value.Data;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The services of a stack, as who backs them up and restores them stops, starts and looks at them. */
public interface StackControl {
    /** What services are stopped for. */
    enum Occasion {
        /** Their data is read. Nothing speaks against starting them if nobody reads it any more. */
        BACKUP,
        /** Their data is replaced. They are not to be started on half of it, whoever stopped them. */
        RESTORE
    }

    /**
     * Sets services to no tasks, and waits until none is left. How many there were, and what for, is kept with the
     * services, so that whoever comes after a crash can start them too. Services that are stopped already, and those
     * without a number of replicas, stay as they are.
     *
     * <p>Whoever stops services has the right to change the stack ({@link Lease#ofChanges}) for as long as they are.
     *
     * @param services their names in the Compose file
     * @return those that have no task now
     * @throws ClusterException if the cluster cannot be asked, a service is not there, or the deadline passes
     */
    Set<String> stop(String stack, Set<String> services, Occasion occasion, Duration deadline);

    /**
     * Gives services that {@link #stop} stopped their tasks back, and waits until these are healthy.
     *
     * @throws ClusterException if the cluster cannot be asked, or the deadline passes; the message says what is missing
     */
    void start(String stack, Set<String> services, Duration deadline);

    /**
     * The services of a stack that {@link #stop} stopped and nobody started again.
     *
     * @throws ClusterException if the cluster cannot be asked
     */
    Set<String> stopped(String stack);

    /**
     * What keeps services of a stack from being healthy, by service; empty if they are.
     *
     * @param services their names in the Compose file
     * @throws ClusterException if the cluster cannot be asked
     */
    Map<String, String> troubles(String stack, Set<String> services);

    /**
     * Runs a program in a container of a service.
     *
     * @param node the id of the node whose container is meant
     * @param command the program and its arguments
     * @param image the image of prodstack: containers of other nodes than that of the engine which is spoken to are
     *     entered by a job in it, through their own engine's socket
     * @throws ClusterException if there is no such container that can be reached, the program fails, or the deadline
     *     passes
     */
    void runInside(String stack, String service, String node, List<String> command, String image, Duration deadline);

    /**
     * All that the cluster knows of a stack: services, networks, configs with their content, the names and labels of
     * secrets, labels of nodes, the last release. No value of a secret.
     *
     * @throws ClusterException if the cluster cannot be asked
     */
    Data describe(String stack);
}
