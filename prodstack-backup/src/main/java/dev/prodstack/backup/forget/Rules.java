package dev.prodstack.backup.forget;

import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.core.backup.Retention;
import dev.prodstack.core.backup.RetentionSpan;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A policy on its way through one group, from the newest snapshot to the oldest. */
final class Rules {
    private final ForgetPolicy policy;
    private final Instant now;
    private final Map<Period, Integer> left;
    private final Map<Period, Long> counted = new EnumMap<>(Period.class);
    private final Map<Period, Long> seen = new EnumMap<>(Period.class);

    Rules(ForgetPolicy policy, Instant now) {
        this.policy = policy;
        this.now = now;
        left = new EnumMap<>(Period.class);
        left.putAll(policy.counts());
    }

    List<ForgetPlan.Decision> decide(List<StoredSnapshot> newestFirst) {
        Optional<OffsetDateTime> newest = newestFirst.stream()
                .map(stored -> stored.snapshot().time())
                .filter(time -> time.toInstant().isBefore(now))
                .findFirst();
        List<ForgetPlan.Decision> decisions = new ArrayList<>();
        for (int i = 0; i < newestFirst.size(); i++) {
            Candidate candidate = new Candidate(newestFirst.get(i), i, i == newestFirst.size() - 1, newest);
            List<String> reasons = new ArrayList<>();
            byTag(candidate, reasons);
            bySpan(candidate, reasons);
            byCount(candidate, reasons);
            byPeriodWithinSpan(candidate, reasons);
            decisions.add(new ForgetPlan.Decision(candidate.stored(), reasons));
        }
        return decisions;
    }

    private void byTag(Candidate candidate, List<String> reasons) {
        for (Set<String> all : policy.tags()) {
            if (candidate.stored().snapshot().tags().containsAll(all)) {
                reasons.add("has tags [" + String.join(", ", new TreeSet<>(all)) + "]");
            }
        }
    }

    private void bySpan(Candidate candidate, List<String> reasons) {
        policy.within().filter(candidate::within).ifPresent(span -> reasons.add("within " + span));
    }

    private void byCount(Candidate candidate, List<String> reasons) {
        left.forEach((period, count) -> {
            if (count == 0) {
                return;
            }
            boolean first = candidate.firstOf(period, counted);
            if (first || candidate.oldest()) {
                left.put(period, count == Retention.ALL ? count : count - 1);
                reasons.add((first ? "" : "oldest ") + period.reason());
            }
        });
    }

    private void byPeriodWithinSpan(Candidate candidate, List<String> reasons) {
        policy.withinPeriod().forEach((period, span) -> {
            if (candidate.within(span)) {
                boolean first = candidate.firstOf(period, seen);
                if (first || candidate.oldest()) {
                    reasons.add((first ? "" : "oldest ") + period.word() + " within " + span);
                }
            }
        });
    }

    private record Candidate(StoredSnapshot stored, int number, boolean oldest, Optional<OffsetDateTime> newest) {
        boolean within(RetentionSpan span) {
            Instant time = stored.snapshot().time().toInstant();
            return newest.isEmpty() || time.isAfter(before(newest.get(), span));
        }

        /** Whether it is the first of its period; if so, others of the period will not be. */
        boolean firstOf(Period period, Map<Period, Long> last) {
            long mine = period.of(stored.snapshot().time(), number);
            Long before = last.put(period, mine);
            return before == null || before != mine;
        }
    }

    /** Counted as restic does: a month before 31 March is 31 February, which is 3 March. */
    private static Instant before(OffsetDateTime moment, RetentionSpan span) {
        LocalDate month =
                moment.toLocalDate().withDayOfMonth(1).minusYears(span.years()).minusMonths(span.months());
        LocalDate day = month.plusDays(moment.getDayOfMonth() - 1L - span.days());
        return OffsetDateTime.of(day, moment.toLocalTime(), moment.getOffset())
                .minusHours(span.hours())
                .toInstant();
    }
}
