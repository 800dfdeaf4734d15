package dev.prodstack.backup.forget;

import dev.prodstack.core.backup.Retention;
import dev.prodstack.core.backup.RetentionSpan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of restic's {@code forget}: a snapshot is kept if any keeps it.
 *
 * <p>The counting rules go from the newest snapshot to the oldest and keep the newest of each period until the count is
 * used up; if it is not by the oldest snapshot, that is kept too. What is within a span is so before the newest
 * snapshot, not before the present moment: nothing is lost because backups have stopped.
 *
 * @param counts how many of each period; {@link Retention#ALL} never runs out
 * @param within all that are younger
 * @param withinPeriod one of each period, of those that are younger
 * @param tags all that have every tag of one of these sets
 */
public record ForgetPolicy(
        Map<Period, Integer> counts,
        Optional<RetentionSpan> within,
        Map<Period, RetentionSpan> withinPeriod,
        List<Set<String>> tags) {
    /** No rule, to which rules are added. */
    public static final ForgetPolicy NONE = new ForgetPolicy(Map.of(), Optional.empty(), Map.of(), List.of());

    /** Copies, and drops counts of 0. */
    public ForgetPolicy {
        Objects.requireNonNull(within, "within");
        counts.forEach((period, count) -> {
            if (count < 0) {
                throw new IllegalArgumentException(period.word() + " must be 0 or more, not " + count);
            }
        });
        if (withinPeriod.containsKey(Period.LAST)) {
            throw new IllegalArgumentException("what is within a span is hourly, daily, weekly, monthly or yearly");
        }
        Map<Period, Integer> counting = new EnumMap<>(Period.class);
        counting.putAll(counts);
        counting.values().removeIf(count -> count == 0);
        counts = Collections.unmodifiableMap(counting);
        Map<Period, RetentionSpan> spans = new EnumMap<>(Period.class);
        spans.putAll(withinPeriod);
        withinPeriod = Collections.unmodifiableMap(spans);
        tags = tags.stream().map(Set::copyOf).toList();
    }

    /** What a stack's Compose file says: each of its tags is enough to be kept. */
    public static ForgetPolicy of(Retention retention) {
        ForgetPolicy policy = NONE.keep(Period.LAST, retention.last())
                .keep(Period.HOURLY, retention.hourly())
                .keep(Period.DAILY, retention.daily())
                .keep(Period.WEEKLY, retention.weekly())
                .keep(Period.MONTHLY, retention.monthly())
                .keep(Period.YEARLY, retention.yearly());
        if (retention.within().isPresent()) {
            policy = policy.keepWithin(retention.within().get());
        }
        for (String tag : retention.tags()) {
            policy = policy.keepTagged(Set.of(tag));
        }
        return policy;
    }

    /** All of the last 30 days before the newest. */
    public static ForgetPolicy standard() {
        return of(Retention.standard());
    }

    /** Whether there is no rule. */
    public boolean isEmpty() {
        return counts.isEmpty() && within.isEmpty() && withinPeriod.isEmpty() && tags.isEmpty();
    }

    /** The same, and one of each of so many periods. */
    public ForgetPolicy keep(Period period, int count) {
        return new ForgetPolicy(with(counts, period, count), within, withinPeriod, tags);
    }

    /** The same, and all within a span. */
    public ForgetPolicy keepWithin(RetentionSpan span) {
        return new ForgetPolicy(counts, Optional.of(span), withinPeriod, tags);
    }

    /** The same, and one of each period within a span. */
    public ForgetPolicy keepWithin(Period period, RetentionSpan span) {
        return new ForgetPolicy(counts, within, with(withinPeriod, period, span), tags);
    }

    /** The same, and all that have each of these tags. */
    public ForgetPolicy keepTagged(Set<String> all) {
        List<Set<String>> more = new ArrayList<>(tags);
        more.add(all);
        return new ForgetPolicy(counts, within, withinPeriod, more);
    }

    private static <V> Map<Period, V> with(Map<Period, V> map, Period period, V value) {
        Map<Period, V> more = new EnumMap<>(Period.class);
        more.putAll(map);
        more.put(period, value);
        return more;
    }
}
