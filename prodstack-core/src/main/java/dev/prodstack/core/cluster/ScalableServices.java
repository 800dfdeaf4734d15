package dev.prodstack.core.cluster;

import java.util.Map;

/** The services of a cluster, as who scales them sees and changes them. */
public interface ScalableServices {

    /**
     * The services of a stack that have a number of replicas, by their names in the Compose file.
     *
     * @throws ClusterException if the cluster cannot be asked
     */
    Map<String, ScalableService> read(String stack);

    /**
     * What the last deploy left with each service of a stack about how it is scaled, by the services' names in the
     * Compose file. Services without a policy are not there.
     *
     * @throws ClusterException if the cluster cannot be asked
     */
    Map<String, String> policies(String stack);

    /**
     * Sets a service to another number of replicas, if nothing about it was changed since it was read.
     *
     * @param seen the service as it was read
     * @param replicas the number it is to be set to; 0 or more
     * @throws ClusterException if the cluster cannot be asked or refuses; the change may have been made or not
     */
    Outcome scale(ScalableService seen, int replicas);

    /** How a change ended. */
    enum Outcome {
        /** The service is set to the number. */
        DONE,
        /** Somebody changed or removed the service since it was read. Nothing was done. */
        CHANGED_MEANWHILE
    }
}
