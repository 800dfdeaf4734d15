package dev.prodstack.backup.forget;

import dev.prodstack.backup.snapshot.StoredSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which snapshots are kept and which forgotten, and why.
 *
 * @param groups in the order of their newest snapshots, newest first
 */
public record ForgetPlan(List<GroupPlan> groups) {
    /** Copies. */
    public ForgetPlan {
        groups = List.copyOf(groups);
    }

    /**
     * What a policy makes of snapshots.
     *
     * @param now a snapshot from after this moment is not the newest that spans are measured from
     * @throws IllegalArgumentException if the policy has no rule
     */
    public static ForgetPlan of(
            Collection<StoredSnapshot> snapshots, ForgetPolicy policy, Grouping grouping, Instant now) {
        if (policy.isEmpty()) {
            throw new IllegalArgumentException(
                    "a policy without a rule would forget everything; give one, such as" + " to keep the last");
        }
        Map<Grouping.Group, List<StoredSnapshot>> groups = new LinkedHashMap<>();
        snapshots.stream()
                .sorted(Comparator.comparing((StoredSnapshot stored) ->
                                stored.snapshot().time().toInstant())
                        .reversed()
                        .thenComparing(StoredSnapshot::id))
                .forEach(stored -> groups.computeIfAbsent(grouping.of(stored.snapshot()), group -> new ArrayList<>())
                        .add(stored));
        List<GroupPlan> plans = new ArrayList<>();
        groups.forEach((group, members) -> plans.add(new GroupPlan(group, new Rules(policy, now).decide(members))));
        return new ForgetPlan(plans);
    }

    /** What is kept, group by group, newest first. */
    public List<StoredSnapshot> kept() {
        return of(true);
    }

    /** What is forgotten, group by group, newest first. */
    public List<StoredSnapshot> forgotten() {
        return of(false);
    }

    /** The groups of which nothing would be left: almost certainly a mistake. */
    public List<Grouping.Group> emptied() {
        return groups.stream()
                .filter(plan -> plan.decisions().stream().noneMatch(Decision::kept))
                .map(GroupPlan::group)
                .toList();
    }

    private List<StoredSnapshot> of(boolean kept) {
        return groups.stream()
                .flatMap(plan -> plan.decisions().stream())
                .filter(decision -> decision.kept() == kept)
                .map(Decision::snapshot)
                .toList();
    }

    /**
     * What becomes of a group.
     *
     * @param group what its snapshots have in common
     * @param decisions about each of them, newest first
     */
    public record GroupPlan(Grouping.Group group, List<Decision> decisions) {
        /** Copies. */
        public GroupPlan {
            decisions = List.copyOf(decisions);
        }
    }

    /**
     * What becomes of a snapshot.
     *
     * @param snapshot which
     * @param reasons the rules that keep it, in restic's words; empty if it is forgotten
     */
    public record Decision(StoredSnapshot snapshot, List<String> reasons) {
        /** Copies. */
        public Decision {
            reasons = List.copyOf(reasons);
        }

        /** Whether it is kept. */
        public boolean kept() {
            return !reasons.isEmpty();
        }

        /** Why, in one line. */
        public String reason() {
            return kept() ? String.join(", ", reasons) : "no rule keeps it";
        }
    }
}
