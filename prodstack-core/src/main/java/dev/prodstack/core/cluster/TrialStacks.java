package dev.prodstack.core.cluster;

import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.value.Copies;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Stacks for the moment: made beside the others to try something, looked at, and removed with all they had. Their
 * services and volumes carry the label {@link #LABEL}; what does not is never removed.
 */
public interface TrialStacks {
    /** Labels services and volumes of a trial with the name of its stack. */
    String LABEL = "dev.prodstack.trial";

    /**
     * The node on which a trial belongs: the only one whose volumes can be removed again from here.
     *
     * @throws ClusterException if the cluster cannot be asked
     */
    ClusterJobs.Node here();

    /**
     * What a running stack is made of, so that another one can be made of the same.
     *
     * @param images the images of its services, by the services' names in the Compose file
     * @param secrets the names in the cluster of its own secrets' newest versions, by key
     * @param configs the same of its own configs
     */
    record Running(Map<String, String> images, Map<String, String> secrets, Map<String, String> configs) {
        /** Copies the maps. */
        public Running {
            images = Copies.of(images);
            secrets = Copies.of(secrets);
            configs = Copies.of(configs);
        }
    }

    /**
     * What a stack is made of.
     *
     * @throws ClusterException if the cluster cannot be asked
     */
    Running running(String stack);

    /**
     * Makes a stack, and waits until all of it is healthy. Images are taken as they are named, without asking their
     * registry.
     *
     * @param events is told what happens, a line each
     * @throws ClusterException if it cannot be made, does not get healthy, or the deadline passes; what was made of it
     *     may be there still
     */
    void create(Stack trial, Duration deadline, Consumer<String> events);

    /**
     * Removes what there is of a trial: services, networks, volumes, and what the cluster remembers of its deploys.
     * That there is nothing is fine.
     *
     * @throws ClusterException if a stack of that name is no trial, of which nothing is removed then; or if something
     *     cannot be removed, which the message names
     */
    void remove(String trial);

    /**
     * What a stack's services have to do with things outside of their containers, as the cluster has it.
     *
     * @param networks the names of the networks that they are attached to
     * @param volumes the names of the volumes that they mount
     * @param directories the directories of nodes that they mount
     * @param ports what they publish, as {@code service:port}
     */
    record Reach(Set<String> networks, Set<String> volumes, Set<String> directories, List<String> ports) {
        /** Copies the collections. */
        public Reach {
            networks = Copies.of(networks);
            volumes = Copies.of(volumes);
            directories = Copies.of(directories);
            ports = List.copyOf(ports);
        }
    }

    /**
     * What a stack reaches.
     *
     * @throws ClusterException if the cluster cannot be asked
     */
    Reach reach(String stack);

    /**
     * What a stack is like, to be compared with what it is like later: a digest of each service's tasks, of each
     * network and of each volume on this node. How many tasks there are is left out, as autoscaling changes that.
     *
     * @return digests by what they are of, such as {@code service shop_web}
     * @throws ClusterException if the cluster cannot be asked
     */
    Map<String, String> state(String stack);
}
