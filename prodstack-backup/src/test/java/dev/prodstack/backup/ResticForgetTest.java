package dev.prodstack.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.crypto.Scrypt;
import dev.prodstack.backup.forget.ForgetPlan;
import dev.prodstack.backup.forget.ForgetPolicy;
import dev.prodstack.backup.forget.Grouping;
import dev.prodstack.backup.forget.Period;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.Snapshot;
import dev.prodstack.backup.storage.DirectoryStorage;
import dev.prodstack.core.backup.Retention;
import dev.prodstack.core.backup.RetentionSpan;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our decisions beside those of {@code restic forget --dry-run}, on snapshots and policies by seeded chance. */
@Tag("engine")
class ResticForgetTest {
    private static final int SNAPSHOTS = 120;
    private static final int POLICIES = Tier.full() ? 400 : 25;
    private static final OffsetDateTime END = OffsetDateTime.of(2026, 3, 31, 12, 0, 0, 0, ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void decidesAsResticDoes() throws Exception {
        Random chance = new Random(20260331);
        Restic restic = new Restic(folder, "secret");
        // Before 0.16, restic did not keep the oldest when a count was not used up.
        boolean keepsOldest = !restic.version().startsWith("0.14");
        try (Repository repository =
                Repository.init(DirectoryStorage.at(folder), "secret".toCharArray(), new Scrypt(2, 1, 1))) {
            for (int i = 0; i < SNAPSHOTS; i++) {
                repository.save(snapshot(chance, i));
            }
            for (int i = 0; i < POLICIES; i++) {
                Rule rule = new Rule(chance, keepsOldest);
                ForgetPlan plan = Forget.by(rule.policy)
                        .groupedBy(new Grouping(rule.keys))
                        .plan(repository);
                Map<String, List<String>> ours = ours(plan, keepsOldest);
                assertThat(ours).as("%s", rule.arguments).isEqualTo(theirs(restic, rule.arguments));
            }
        }
    }

    private static Map<String, List<String>> ours(ForgetPlan plan, boolean keepsOldest) {
        Map<String, List<String>> kept = new TreeMap<>();
        for (ForgetPlan.GroupPlan group : plan.groups()) {
            for (ForgetPlan.Decision decision : group.decisions()) {
                List<String> reasons = decision.reasons().stream()
                        .filter(reason -> keepsOldest || !reason.startsWith("oldest"))
                        .toList();
                if (!reasons.isEmpty()) {
                    kept.put(decision.snapshot().snapshot().time().toInstant().toString(), reasons);
                }
            }
        }
        return kept;
    }

    private static Map<String, List<String>> theirs(Restic restic, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("forget", "--dry-run", "--json"));
        command.addAll(arguments);
        Map<String, List<String>> kept = new TreeMap<>();
        JsonNode groups = new ObjectMapper().readTree(restic.run(command.toArray(String[]::new)));
        for (JsonNode group : groups) {
            for (JsonNode reason : group.path("reasons")) {
                List<String> matches = new ArrayList<>();
                reason.path("matches").forEach(match -> matches.add(match.asText()));
                OffsetDateTime time = OffsetDateTime.parse(
                        reason.path("snapshot").path("time").asText());
                kept.put(time.toInstant().toString(), matches);
            }
        }
        return kept;
    }

    private static Snapshot snapshot(Random chance, int number) {
        // Dense at the end and sparse before, as after years of use; no two alike.
        double age = Math.pow(chance.nextDouble(), 4) * 3 * 365 * 24 * 3600;
        OffsetDateTime time = END.minusSeconds((long) age)
                .minusNanos(number * 1_000_000L)
                .withOffsetSameInstant(ZoneOffset.ofHours(chance.nextInt(5) - 2));
        List<String> tags = new ArrayList<>();
        for (String tag : List.of("a", "b", "c")) {
            if (chance.nextInt(4) == 0) {
                tags.add(tag);
            }
        }
        return new Snapshot(
                time,
                Optional.empty(),
                ContentId.of(new byte[] {1}),
                chance.nextBoolean() ? List.of("/x") : List.of("/x", "/y"),
                chance.nextInt(3) == 0 ? "other" : "host",
                "root",
                0,
                0,
                List.of(),
                tags,
                Optional.empty(),
                "test",
                Optional.empty());
    }

    /** A policy by chance, for us and as restic's arguments. */
    private static final class Rule {
        private final List<String> arguments = new ArrayList<>();
        private final Set<Grouping.Key> keys = EnumSet.noneOf(Grouping.Key.class);
        private ForgetPolicy policy = ForgetPolicy.NONE.keep(Period.LAST, 1);

        Rule(Random chance, boolean knowsUnlimited) {
            arguments.addAll(List.of("--keep-last", "1"));
            for (Period period : Period.values()) {
                if (period != Period.LAST && chance.nextInt(3) == 0) {
                    boolean all = chance.nextInt(6) == 0 && knowsUnlimited;
                    int count = all ? Retention.ALL : 1 + chance.nextInt(12);
                    policy = policy.keep(period, count);
                    arguments.addAll(List.of("--keep-" + period.word(), all ? "unlimited" : Integer.toString(count)));
                }
                if (period != Period.LAST && chance.nextInt(5) == 0) {
                    RetentionSpan span = span(chance);
                    policy = policy.keepWithin(period, span);
                    arguments.addAll(List.of("--keep-within-" + period.word(), span.toString()));
                }
            }
            if (chance.nextInt(3) == 0) {
                RetentionSpan span = span(chance);
                policy = policy.keepWithin(span);
                arguments.addAll(List.of("--keep-within", span.toString()));
            }
            if (chance.nextInt(3) == 0) {
                policy = policy.keepTagged(Set.of("a", "b"));
                arguments.addAll(List.of("--keep-tag", "a,b"));
            }
            List<String> names = new ArrayList<>();
            for (Grouping.Key key : Grouping.Key.values()) {
                if (chance.nextBoolean()) {
                    keys.add(key);
                    names.add(key.name().toLowerCase(Locale.ROOT));
                }
            }
            arguments.addAll(List.of("--group-by", String.join(",", names)));
        }

        private static RetentionSpan span(Random chance) {
            return switch (chance.nextInt(4)) {
                case 0 -> new RetentionSpan(chance.nextInt(3), 1, 0, 0);
                case 1 -> new RetentionSpan(0, 1 + chance.nextInt(14), 0, chance.nextInt(30));
                case 2 -> new RetentionSpan(0, 0, 1 + chance.nextInt(200), 0);
                default -> new RetentionSpan(0, 0, 0, 1 + chance.nextInt(300));
            };
        }
    }
}
