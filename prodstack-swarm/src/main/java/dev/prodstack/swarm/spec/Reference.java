package dev.prodstack.swarm.spec;

/**
 * An object in the cluster.
 *
 * @param id its id; empty while it is not created yet
 * @param name its name
 */
public record Reference(String id, String name) {
    /** An object that is not created yet. */
    public static Reference named(String name) {
        return new Reference("", name);
    }
}
