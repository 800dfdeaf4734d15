package dev.prodstack.swarm.plan;

import java.util.List;

/**
 * How a plan is made.
 *
 * @param images when the registry is asked which digest a tag stands for
 * @param orphans what happens with what is of the stack and no longer in the file
 * @param volumes volumes of the stack that are no longer in the file and are removed with all they hold, by their names
 *     in the file or on the node; never one that is not named here
 */
public record PlanOptions(ImageResolution images, Orphans orphans, List<String> volumes) {
    /** Copies the list. */
    public PlanOptions {
        volumes = List.copyOf(volumes);
    }

    /** Removes no volumes. */
    public PlanOptions(ImageResolution images, Orphans orphans) {
        this(images, orphans, List.of());
    }

    /** When the registry is asked which digest a tag stands for. */
    public enum ImageResolution {
        /** Always, so that a tag that was moved is noticed. */
        ALWAYS,
        /** Only if the file names another image than the last time. */
        CHANGED,
        /** Never; nodes pull what they find. */
        NEVER
    }

    /** What happens with what is of the stack and no longer in the file. */
    public enum Orphans {
        /** It is kept, with a warning. */
        KEEP,
        /** Services, configs, secrets and networks are removed after everything else has succeeded. */
        REMOVE
    }

    /** The registry is always asked; nothing is removed but superseded versions of secrets and configs. */
    public static PlanOptions standard() {
        return new PlanOptions(ImageResolution.ALWAYS, Orphans.KEEP);
    }
}
