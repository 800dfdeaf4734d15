package dev.prodstack.backup.prune;

import java.util.Optional;

/** Is told how far pruning is; from several threads, but by one at a time. */
@FunctionalInterface
public interface PruneProgress {
    /** Tells nobody. */
    PruneProgress NONE = (step, done, of) -> {};

    /**
     * So much of a step is done.
     *
     * @param step which
     * @param done how much
     * @param of how much it is in all; empty if that is not known
     */
    void at(Step step, long done, Optional<Long> of);

    /** What pruning does, in this order. */
    enum Step {
        /** Looks what snapshots need; counted in trees. */
        READ_TREES,
        /** Writes what is used of packs to new ones; counted in packs. */
        REPACK,
        /** Writes the new index and removes the old; counted in files. */
        INDEX,
        /** Removes packs; counted in packs. */
        REMOVE
    }
}
