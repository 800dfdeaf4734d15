package dev.prodstack.backup.prune;

import dev.prodstack.core.value.ByteSize;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How thoroughly room is freed.
 *
 * @param unused how much may stay unused
 * @param mostRepacked how much is read and written anew at most
 * @param repacked what is also repacked although all of it is used
 */
public record PruneRules(Allowance unused, Optional<ByteSize> mostRepacked, Set<Repack> repacked) {
    /** Up to 5 % stays unused. */
    public static final PruneRules STANDARD = new PruneRules(Allowance.STANDARD, Optional.empty(), Set.of());

    /** Copies. */
    public PruneRules {
        Objects.requireNonNull(unused, "unused");
        Objects.requireNonNull(mostRepacked, "mostRepacked");
        repacked = Set.copyOf(repacked);
    }

    /** The same with so much that may stay unused. */
    public PruneRules allowing(Allowance other) {
        return new PruneRules(other, mostRepacked, repacked);
    }

    /** The same, repacking no more than so much. */
    public PruneRules repackingAtMost(ByteSize most) {
        return new PruneRules(unused, Optional.of(most), repacked);
    }

    /** The same, repacking this too. */
    public PruneRules alsoRepacking(Repack what) {
        Set<Repack> more = new HashSet<>(repacked);
        more.add(what);
        return new PruneRules(unused, mostRepacked, more);
    }

    /** What may be repacked although nothing of it is unused. */
    public enum Repack {
        /** Packs with blobs that are not compressed, such as of a repository that was upgraded. */
        UNCOMPRESSED,
        /** Packs far smaller than a pack should be, such as of many small backups. */
        SMALL
    }
}
