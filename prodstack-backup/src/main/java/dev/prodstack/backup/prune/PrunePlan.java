package dev.prodstack.backup.prune;

import dev.prodstack.backup.storage.Storage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What becomes of each pack.
 *
 * @param decisions about each pack of the index
 * @param unreferenced packs that no index names, such as of a backup that was killed; they are removed
 */
public record PrunePlan(List<Decision> decisions, List<Storage.Stored> unreferenced) {
    /** Packs far below the 16 MiB that one should have. */
    private static final long SMALL = 4L * 1024 * 1024;

    /** Copies. */
    public PrunePlan {
        decisions = List.copyOf(decisions);
        unreferenced = List.copyOf(unreferenced);
    }

    /**
     * What rules make of packs.
     *
     * @param now for the locks of the storage
     */
    public static PrunePlan of(
            Collection<PackUse> packs, Collection<Storage.Stored> unreferenced, PruneRules rules, Instant now) {
        List<Decision> decisions = new ArrayList<>();
        List<PackUse> partly = new ArrayList<>();
        List<PackUse> small = new ArrayList<>();
        for (PackUse pack : packs) {
            boolean asked = pack.uncompressed() && rules.repacked().contains(PruneRules.Repack.UNCOMPRESSED);
            boolean little = pack.size() < SMALL && rules.repacked().contains(PruneRules.Repack.SMALL);
            if (pack.usedBlobs() > 0 && (pack.unusedBlobs() > 0 || asked)) {
                partly.add(pack);
            } else if (pack.usedBlobs() > 0 && little) {
                small.add(pack);
            } else if (pack.usedBlobs() > 0) {
                decisions.add(new Decision(pack, Action.KEEP, "all of it is used"));
            } else if (pack.lockedAt(now)) {
                decisions.add(locked(pack));
            } else {
                decisions.add(new Decision(pack, Action.REMOVE, "nothing of it is used"));
            }
        }
        new Repacking(rules, now, packs).decide(partly, small, decisions);
        return new PrunePlan(decisions, List.copyOf(unreferenced));
    }

    private static Decision locked(PackUse pack) {
        return new Decision(
                pack,
                Action.KEEP,
                "locked until " + pack.lockedUntil().map(Instant::toString).orElse("later"));
    }

    /** The decisions of a kind. */
    public List<Decision> of(Action action) {
        return decisions.stream()
                .filter(decision -> decision.action() == action)
                .toList();
    }

    /** Whether nothing is to be done. */
    public boolean isEmpty() {
        return unreferenced.isEmpty() && decisions.stream().allMatch(decision -> decision.action() == Action.KEEP);
    }

    /** How many bytes of blobs are used. */
    public long usedBytes() {
        return decisions.stream()
                .mapToLong(decision -> decision.pack().usedBytes())
                .sum();
    }

    /** How many bytes of blobs are not used now. */
    public long unusedBytes() {
        return decisions.stream()
                .mapToLong(decision -> decision.pack().unusedBytes())
                .sum();
    }

    /** How many bytes of blobs are read and written anew. */
    public long repackedBytes() {
        return of(Action.REPACK).stream()
                .mapToLong(decision -> decision.pack().usedBytes())
                .sum();
    }

    /** How many bytes less the packs take afterwards; in truth a little more, as headers shrink too. */
    public long freedBytes() {
        long removed = of(Action.REMOVE).stream()
                .mapToLong(decision -> decision.pack().size())
                .sum();
        long repacked = of(Action.REPACK).stream()
                .mapToLong(decision -> decision.pack().unusedBytes())
                .sum();
        long strangers = unreferenced.stream().mapToLong(Storage.Stored::size).sum();
        return removed + repacked + strangers;
    }

    /** How many bytes of blobs stay although they are unused. */
    public long remainingBytes() {
        return of(Action.KEEP).stream()
                .mapToLong(decision -> decision.pack().unusedBytes())
                .sum();
    }

    /** What becomes of a pack. */
    public enum Action {
        /** It stays as it is. */
        KEEP,
        /** What is used of it is written to new packs, and it is removed. */
        REPACK,
        /** It is removed. */
        REMOVE
    }

    /**
     * What becomes of a pack.
     *
     * @param pack which
     * @param action what becomes of it
     * @param reason why
     */
    public record Decision(PackUse pack, Action action, String reason) {
        /** Checks. */
        public Decision {
            Objects.requireNonNull(pack, "pack");
            Objects.requireNonNull(action, "action");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Chooses what is repacked: what must be first, then where most is freed for what is written. */
    private static final class Repacking {
        private final PruneRules rules;
        private final Instant now;
        private final long allowed;
        private long repacked;
        private long unused;

        Repacking(PruneRules rules, Instant now, Collection<PackUse> packs) {
            this.rules = rules;
            this.now = now;
            allowed = rules.unused()
                    .bytes(packs.stream().mapToLong(PackUse::usedBytes).sum());
        }

        void decide(List<PackUse> partly, List<PackUse> small, List<Decision> decisions) {
            unused = partly.stream().mapToLong(PackUse::unusedBytes).sum();
            partly.stream().sorted(BY_WORTH).forEach(pack -> decisions.add(decide(pack)));
            for (PackUse pack : small) {
                boolean alone = small.stream()
                                .filter(other -> other.holds() == pack.holds())
                                .count()
                        < 2;
                decisions.add(
                        alone
                                ? new Decision(pack, Action.KEEP, "no other to join")
                                : repack(pack, "smaller than 4 MiB"));
            }
        }

        private Decision decide(PackUse pack) {
            boolean trees = pack.holds() != PackUse.Holds.DATA && !(rules.unused() instanceof Allowance.Unlimited);
            boolean must = trees || (pack.uncompressed() && rules.repacked().contains(PruneRules.Repack.UNCOMPRESSED));
            if (!must && unused <= allowed) {
                return new Decision(pack, Action.KEEP, "little enough stays unused");
            }
            String why = pack.unusedBlobs() > 0
                    ? pack.unusedBytes() + " of " + pack.size() + " bytes are unused"
                    : "not compressed";
            return repack(pack, why);
        }

        private Decision repack(PackUse pack, String why) {
            if (pack.lockedAt(now)) {
                return locked(pack);
            }
            boolean tooMuch = rules.mostRepacked()
                    .filter(most -> repacked + pack.usedBytes() > most.bytes())
                    .isPresent();
            if (tooMuch) {
                return new Decision(pack, Action.KEEP, "enough is repacked");
            }
            repacked += pack.usedBytes();
            unused -= pack.unusedBytes();
            return new Decision(pack, Action.REPACK, why);
        }

        private static final Comparator<PackUse> BY_WORTH = Comparator.comparing(
                        (PackUse pack) -> pack.holds() == PackUse.Holds.DATA)
                .thenComparing(
                        pack -> (double) pack.unusedBytes() / Math.max(1, pack.usedBytes()), Comparator.reverseOrder())
                .thenComparing(PackUse::pack);
    }
}
