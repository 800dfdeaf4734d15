package dev.prodstack.backup.forget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.snapshot.Snapshot;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.core.backup.Retention;
import dev.prodstack.core.backup.RetentionSpan;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ForgetPlanTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private static final List<String> TIMES = List.of(
            "2026-05-31T23:30:00Z",
            "2026-05-31T23:10:00Z",
            "2026-05-31T08:00:00Z",
            "2026-05-30T08:00:00Z",
            "2026-05-24T08:00:00Z",
            "2026-04-30T23:45:00Z",
            "2025-12-31T08:00:00Z",
            "2025-12-29T08:00:00Z",
            "2024-01-01T00:00:00Z");

    static Stream<Arguments> rules() {
        ForgetPolicy none = ForgetPolicy.NONE;
        return Stream.of(
                Arguments.of("last", none.keep(Period.LAST, 3), List.of(0, 1, 2)),
                Arguments.of("hours", none.keep(Period.HOURLY, 2), List.of(0, 2)),
                Arguments.of("days", none.keep(Period.DAILY, 3), List.of(0, 3, 4)),
                Arguments.of("weeks", none.keep(Period.WEEKLY, 3), List.of(0, 4, 5)),
                Arguments.of("the week at a year's end is one", none.keep(Period.WEEKLY, 5), List.of(0, 4, 5, 6, 8)),
                Arguments.of("months", none.keep(Period.MONTHLY, 3), List.of(0, 5, 6)),
                Arguments.of("years", none.keep(Period.YEARLY, 2), List.of(0, 6)),
                Arguments.of("the oldest, if years are too few", none.keep(Period.YEARLY, 9), List.of(0, 6, 8)),
                Arguments.of("all days", none.keep(Period.DAILY, Retention.ALL), List.of(0, 3, 4, 5, 6, 7, 8)),
                Arguments.of("a day", none.keepWithin(RetentionSpan.parse("1d")), List.of(0, 1, 2)),
                Arguments.of(
                        "a month before 31 May is 1 May",
                        none.keepWithin(RetentionSpan.parse("1m")),
                        List.of(0, 1, 2, 3, 4)),
                Arguments.of(
                        "31 days before 31 May is 30 April",
                        none.keepWithin(RetentionSpan.parse("31d")),
                        List.of(0, 1, 2, 3, 4, 5)),
                Arguments.of(
                        "days within a week", none.keepWithin(Period.DAILY, RetentionSpan.parse("7d")), List.of(0, 3)),
                Arguments.of("tags", none.keepTagged(Set.of("odd")), List.of(1, 3, 5, 7)),
                Arguments.of("several tags", none.keepTagged(Set.of("odd", "third")), List.of(3)),
                Arguments.of("the stack's own", ForgetPolicy.standard(), List.of(0, 1, 2, 3, 4)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void keeps(String name, ForgetPolicy policy, List<Integer> kept) {
        List<StoredSnapshot> snapshots = snapshots(TIMES);
        ForgetPlan plan = ForgetPlan.of(snapshots, policy, Grouping.STANDARD, NOW);
        assertThat(plan.kept())
                .containsExactlyElementsOf(kept.stream().map(snapshots::get).toList());
        assertThat(plan.forgotten()).hasSize(snapshots.size() - kept.size());
    }

    @Test
    void eachDecisionHasItsReasons() {
        ForgetPolicy policy = ForgetPolicy.NONE
                .keep(Period.LAST, 1)
                .keep(Period.YEARLY, 5)
                .keepWithin(RetentionSpan.parse("20h"))
                .keepTagged(Set.of("odd"));
        ForgetPlan plan = ForgetPlan.of(snapshots(TIMES), policy, Grouping.STANDARD, NOW);
        assertThat(plan.groups().get(0).decisions())
                .extracting(ForgetPlan.Decision::reason)
                .containsExactly(
                        "within 20h, last snapshot, yearly snapshot",
                        "has tags [odd], within 20h",
                        "within 20h",
                        "has tags [odd]",
                        "no rule keeps it",
                        "has tags [odd]",
                        "yearly snapshot",
                        "has tags [odd]",
                        "yearly snapshot");
    }

    @Test
    void spansAreMeasuredFromTheNewestThatIsNotInTheFuture() {
        List<StoredSnapshot> snapshots = snapshots(List.of(
                "2027-01-01T00:00:00Z", "2026-05-30T00:00:00Z", "2026-05-29T12:00:00Z", "2026-05-28T00:00:00Z"));
        ForgetPolicy day = ForgetPolicy.NONE.keepWithin(RetentionSpan.parse("1d"));
        assertThat(ForgetPlan.of(snapshots, day, Grouping.STANDARD, NOW).kept()).hasSize(3);
        assertThat(ForgetPlan.of(snapshots, day, Grouping.STANDARD, Instant.parse("2028-01-01T00:00:00Z"))
                        .kept())
                .hasSize(1);
    }

    @Test
    void groupsAreByHostAndPathsUnlessAskedOtherwise() {
        List<StoredSnapshot> snapshots = List.of(
                snapshot("2026-05-01T00:00:00Z", "a", List.of("/x", "/y"), List.of("t", "u")),
                snapshot("2026-05-02T00:00:00Z", "a", List.of("/y", "/x"), List.of("u", "t")),
                snapshot("2026-05-03T00:00:00Z", "b", List.of("/x"), List.of()));
        ForgetPolicy last = ForgetPolicy.NONE.keep(Period.LAST, 1);
        assertThat(groups(snapshots, last, Grouping.STANDARD))
                .containsExactly("host b, paths /x", "host a, paths /x /y");
        assertThat(groups(snapshots, last, Grouping.NONE)).containsExactly("all");
        assertThat(groups(snapshots, last, new Grouping(Set.of(Grouping.Key.TAGS))))
                .containsExactly("tags none", "tags t u");
    }

    private static List<String> groups(List<StoredSnapshot> snapshots, ForgetPolicy policy, Grouping grouping) {
        return ForgetPlan.of(snapshots, policy, grouping, NOW).groups().stream()
                .map(plan -> plan.group().toString())
                .toList();
    }

    @Test
    void aPolicyWithoutARuleIsAMistake() {
        assertThatThrownBy(() -> ForgetPlan.of(List.of(), ForgetPolicy.NONE, Grouping.NONE, NOW))
                .hasMessageContaining("forget everything");
        assertThatThrownBy(() -> ForgetPolicy.NONE.keep(Period.DAILY, -1)).hasMessageContaining("daily must be");
        ForgetPlan plan = ForgetPlan.of(
                snapshots(TIMES), ForgetPolicy.NONE.keepTagged(Set.of("none has it")), Grouping.STANDARD, NOW);
        assertThat(plan.emptied()).hasSize(1);
    }

    private static List<StoredSnapshot> snapshots(List<String> times) {
        return Stream.iterate(0, i -> i < times.size(), i -> i + 1)
                .map(i -> snapshot(
                        times.get(i),
                        "host",
                        List.of("/data"),
                        i % 2 == 0 ? List.of() : i % 3 == 0 ? List.of("odd", "third") : List.of("odd")))
                .toList();
    }

    static StoredSnapshot snapshot(String time, String host, List<String> paths, List<String> tags) {
        ContentId id = ContentId.of((time + host).getBytes(StandardCharsets.UTF_8));
        Snapshot snapshot = new Snapshot(
                OffsetDateTime.parse(time),
                Optional.empty(),
                id,
                paths,
                host,
                "root",
                0,
                0,
                List.of(),
                tags,
                Optional.empty(),
                "test",
                Optional.empty());
        return new StoredSnapshot(id, snapshot);
    }
}
