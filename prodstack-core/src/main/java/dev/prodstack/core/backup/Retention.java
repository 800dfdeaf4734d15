package dev.prodstack.core.backup;

import dev.prodstack.core.value.Copies;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which backups are kept, by restic's {@code forget} policies: a backup stays if any rule keeps it.
 *
 * <p>The counting rules keep the newest backup of each of the last N hours, days, ... that have one; a count of 0 is no
 * rule, {@link #ALL} keeps one of each.
 *
 * @param last how many of the newest
 * @param hourly how many hours
 * @param daily how many days
 * @param weekly how many ISO weeks
 * @param monthly how many months
 * @param yearly how many years
 * @param within all that are at most this much older than the newest one
 * @param tags all that have one of these tags
 */
public record Retention(
        int last,
        int hourly,
        int daily,
        int weekly,
        int monthly,
        int yearly,
        Optional<RetentionSpan> within,
        Set<String> tags) {
    /** The count that never runs out. */
    public static final int ALL = Integer.MAX_VALUE;

    private static final RetentionSpan THIRTY_DAYS = new RetentionSpan(0, 0, 30, 0);

    /** Checks that no count is negative and that there is a rule: a retention that keeps nothing is a mistake. */
    public Retention {
        Objects.requireNonNull(within, "within");
        tags = Copies.of(tags);
        for (int count : new int[] {last, hourly, daily, weekly, monthly, yearly}) {
            if (count < 0) {
                throw new IllegalArgumentException("a count is 0 or more, not " + count);
            }
        }
        boolean counts = last > 0 || hourly > 0 || daily > 0 || weekly > 0 || monthly > 0 || yearly > 0;
        if (!counts && within.isEmpty() && tags.isEmpty()) {
            throw new IllegalArgumentException(
                    "nothing would be kept: give last, hourly, daily, weekly, monthly, yearly, within or tags");
        }
    }

    /** Everything of the last 30 days. */
    public static Retention standard() {
        return new Retention(0, 0, 0, 0, 0, 0, Optional.of(THIRTY_DAYS), Set.of());
    }
}
