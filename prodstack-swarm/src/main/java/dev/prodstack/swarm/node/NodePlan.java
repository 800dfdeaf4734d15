package dev.prodstack.swarm.node;

import dev.prodstack.swarm.plan.Obstacle;
import java.util.List;
import java.util.Locale;

/**
 * What a change of a node's availability would do.
 *
 * @param node the node's host name
 * @param id its id
 * @param from its availability now, such as {@code active}
 * @param to the one it is to have
 * @param affected the services with tasks on it
 * @param warnings what a person should know before
 */
public record NodePlan(
        String node, String id, String from, Availability to, List<Affected> affected, List<Obstacle> warnings) {
    /** Copies the lists. */
    public NodePlan {
        affected = List.copyOf(affected);
        warnings = List.copyOf(warnings);
    }

    /** What a node may be there for. */
    public enum Availability {
        /** It takes tasks. */
        ACTIVE,
        /** Its tasks go elsewhere, and it takes none. */
        DRAIN;

        /** The engine's word. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A service with tasks on the node.
     *
     * @param service its full name
     * @param stack the stack it is of; empty if of none
     * @param here how many tasks run on the node
     * @param elsewhere how many run on others
     */
    public record Affected(String service, String stack, long here, long elsewhere) {}

    /** Whether the node is as it is to be. */
    public boolean isEmpty() {
        return from.equals(to.toString());
    }
}
