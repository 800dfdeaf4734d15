package dev.prodstack.swarm.cleanup;

import java.util.List;

/**
 * What could go.
 *
 * @param node the host name of the node whose images and volumes these are
 * @param images images that no container, service or kept release uses
 * @param volumes volumes that no container and no service uses; what is in them goes with them
 * @param secrets versions of external secrets that newer ones have replaced and no service uses, in the whole swarm
 */
public record CleanUpPlan(String node, List<Image> images, List<Volume> volumes, List<Secret> secrets) {
    /** Copies the lists. */
    public CleanUpPlan {
        images = List.copyOf(images);
        volumes = List.copyOf(volumes);
        secrets = List.copyOf(secrets);
    }

    /**
     * An image.
     *
     * @param id its id
     * @param name a name it is known by, or its id where it has none
     * @param bytes its size in bytes, of which other images may share a part
     */
    public record Image(String id, String name, long bytes) {}

    /**
     * A volume.
     *
     * @param name its name
     * @param naming whether somebody gave it that name
     */
    public record Volume(String name, Naming naming) {}

    /** Where a volume's name is from. */
    public enum Naming {
        /** The engine made it up: a container had the volume for itself, and is gone. */
        ANONYMOUS,
        /** Somebody chose it, and may want to find the data again. */
        NAMED
    }

    /**
     * A version of an external secret.
     *
     * @param name its name in the cluster
     * @param of the name that Compose files know it by
     */
    public record Secret(String name, String of) {}

    /** The same without the volumes that somebody gave a name. */
    public CleanUpPlan withoutNamedVolumes() {
        return new CleanUpPlan(
                node,
                images,
                volumes.stream()
                        .filter(volume -> volume.naming() == Naming.ANONYMOUS)
                        .toList(),
                secrets);
    }

    /** Whether nothing could go. */
    public boolean isEmpty() {
        return images.isEmpty() && volumes.isEmpty() && secrets.isEmpty();
    }
}
