package dev.prodstack.cli;

import dev.prodstack.backup.forget.ForgetPolicy;
import dev.prodstack.backup.forget.Grouping;
import dev.prodstack.backup.forget.Period;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.backup.Retention;
import dev.prodstack.core.backup.RetentionSpan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options that say which snapshots are kept; restic's, and its meanings. */
final class KeepOptions {
    @Option(names = "--keep-last", paramLabel = "N", description = "The newest so many; or unlimited.")
    private Optional<String> last = Optional.empty();

    @Option(names = "--keep-hourly", paramLabel = "N", description = "The newest of each of so many hours.")
    private Optional<String> hourly = Optional.empty();

    @Option(names = "--keep-daily", paramLabel = "N", description = "The newest of each of so many days.")
    private Optional<String> daily = Optional.empty();

    @Option(names = "--keep-weekly", paramLabel = "N", description = "The newest of each of so many weeks.")
    private Optional<String> weekly = Optional.empty();

    @Option(names = "--keep-monthly", paramLabel = "N", description = "The newest of each of so many months.")
    private Optional<String> monthly = Optional.empty();

    @Option(names = "--keep-yearly", paramLabel = "N", description = "The newest of each of so many years.")
    private Optional<String> yearly = Optional.empty();

    @Option(
            names = "--keep-within",
            paramLabel = "SPAN",
            description = "All that are this much older than the newest, or less: 30d, 1y6m, 2d12h.")
    private Optional<String> within = Optional.empty();

    @Option(names = "--keep-within-hourly", paramLabel = "SPAN", description = "Of those one for each hour.")
    private Optional<String> withinHourly = Optional.empty();

    @Option(names = "--keep-within-daily", paramLabel = "SPAN", description = "Of those one for each day.")
    private Optional<String> withinDaily = Optional.empty();

    @Option(names = "--keep-within-weekly", paramLabel = "SPAN", description = "Of those one for each week.")
    private Optional<String> withinWeekly = Optional.empty();

    @Option(names = "--keep-within-monthly", paramLabel = "SPAN", description = "Of those one for each month.")
    private Optional<String> withinMonthly = Optional.empty();

    @Option(names = "--keep-within-yearly", paramLabel = "SPAN", description = "Of those one for each year.")
    private Optional<String> withinYearly = Optional.empty();

    @Option(
            names = "--keep-tag",
            paramLabel = "TAG[,TAG]",
            description = "All that have all of these tags; repeatable.")
    private List<String> tags = new ArrayList<>();

    @Option(
            names = "--group-by",
            paramLabel = "KEYS",
            description =
                    "Apply the rules to snapshots alike in these: host, paths, tags, or none. By default host,paths.")
    private String groupBy = "host,paths";

    KeepOptions() {}

    /** The rules; those of a stack if none is given. */
    ForgetPolicy policy() {
        ForgetPolicy policy = ForgetPolicy.NONE;
        for (Map.Entry<Period, Optional<String>> rule : counts().entrySet()) {
            if (rule.getValue().isPresent()) {
                policy = policy.keep(
                        rule.getKey(), count(rule.getKey(), rule.getValue().get()));
            }
        }
        for (Map.Entry<Period, Optional<String>> rule : spans().entrySet()) {
            if (rule.getValue().isPresent()) {
                String option = "--keep-within-" + rule.getKey().word();
                policy = policy.keepWithin(
                        rule.getKey(), span(option, rule.getValue().get()));
            }
        }
        if (within.isPresent()) {
            policy = policy.keepWithin(span("--keep-within", within.get()));
        }
        for (String all : tags) {
            policy = policy.keepTagged(Set.of(all.split(",", -1)));
        }
        return policy.isEmpty() ? ForgetPolicy.standard() : policy;
    }

    private Map<Period, Optional<String>> counts() {
        Map<Period, Optional<String>> counts = new EnumMap<>(Period.class);
        counts.put(Period.LAST, last);
        counts.put(Period.HOURLY, hourly);
        counts.put(Period.DAILY, daily);
        counts.put(Period.WEEKLY, weekly);
        counts.put(Period.MONTHLY, monthly);
        counts.put(Period.YEARLY, yearly);
        return counts;
    }

    private Map<Period, Optional<String>> spans() {
        Map<Period, Optional<String>> spans = new EnumMap<>(Period.class);
        spans.put(Period.HOURLY, withinHourly);
        spans.put(Period.DAILY, withinDaily);
        spans.put(Period.WEEKLY, withinWeekly);
        spans.put(Period.MONTHLY, withinMonthly);
        spans.put(Period.YEARLY, withinYearly);
        return spans;
    }

    private static int count(Period period, String word) {
        if (word.equals("unlimited")) {
            return Retention.ALL;
        }
        if (!word.matches("\\d{1,8}")) {
            throw Failure.usage(
                    "--keep-" + period.word() + " cannot be \"" + word + "\": expected a number or unlimited",
                    "correct it");
        }
        return Integer.parseInt(word);
    }

    private static RetentionSpan span(String option, String word) {
        try {
            return RetentionSpan.parse(word);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(option + " cannot be \"" + word + "\": " + e.getMessage(), "correct it");
        }
    }

    /** Which snapshots the rules look at together. */
    Grouping grouping() {
        Set<Grouping.Key> keys = EnumSet.noneOf(Grouping.Key.class);
        for (String word : groupBy.split(",", -1)) {
            if (Set.of("host", "paths", "tags").contains(word)) {
                keys.add(Grouping.Key.valueOf(word.toUpperCase(Locale.ROOT)));
            } else if (!groupBy.equals("none")) {
                throw Failure.usage(
                        "--group-by cannot be \"" + groupBy + "\": expected host, paths, tags or none", "correct it");
            }
        }
        return new Grouping(keys);
    }
}
