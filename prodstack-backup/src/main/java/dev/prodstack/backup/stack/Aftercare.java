package dev.prodstack.backup.stack;

import dev.prodstack.backup.check.Subset;
import dev.prodstack.backup.work.Work;
import dev.prodstack.core.backup.BackupPlan;
import dev.prodstack.core.backup.BackupPlan.Verification;
import dev.prodstack.core.backup.Retention;
import dev.prodstack.core.backup.RetentionSpan;
import dev.prodstack.core.stack.Stack;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is done after a backup, by jobs. */
final class Aftercare {
    private static final Duration LONG = Duration.ofHours(12);

    private Aftercare() {}

    static Map<String, String> retain(StackWork work, Stack stack, Retention retention) throws IOException {
        Map<String, String> keep = rules(retention);
        List<String> tags = List.copyOf(retention.tags());
        return work.run(
                        StackWork.Place.anywhere("retention", LONG),
                        access -> new Work.Forget(access, stack.name(), keep, tags))
                .result()
                .facts();
    }

    /** Puts whole segments of a log where the other backups are. */
    static Map<String, String> fold(StackWork work, Stack stack, String service, String backup) throws IOException {
        return work.run(
                        StackWork.Place.anywhere("fold", LONG),
                        access -> new Work.FoldWal(access, new Work.Label(stack.name(), service, "postgres", backup)))
                .result()
                .facts();
    }

    static Map<String, String> rules(Retention retention) {
        Map<String, String> keep = new TreeMap<>();
        Map<String, Integer> counts = Map.of(
                "last", retention.last(),
                "hourly", retention.hourly(),
                "daily", retention.daily(),
                "weekly", retention.weekly(),
                "monthly", retention.monthly(),
                "yearly", retention.yearly());
        counts.forEach((rule, count) -> {
            if (count > 0) {
                keep.put(rule, Integer.toString(count));
            }
        });
        retention.within().map(RetentionSpan::toString).ifPresent(span -> keep.put("within", span));
        return keep;
    }

    static Map<String, String> verify(StackWork work, Verification how, List<String> snapshots) throws IOException {
        Subset subset = how instanceof Verification.Rotating rotating
                ? Subset.parse("rotate/" + rotating.parts(), LocalDate.now(ZoneOffset.UTC))
                : Subset.ALL;
        int part = how == Verification.Level.STRUCTURE ? 0 : subset.part();
        return work.run(
                        StackWork.Place.anywhere("verify", LONG),
                        access -> new Work.Verify(access, part, subset.of(), snapshots))
                .result()
                .facts();
    }

    static Map<String, String> copy(StackWork work, Stack stack, BackupPlan.Offsite offsite) throws IOException {
        RepositoryPlace target = RepositoryPlace.of(stack, offsite.repository(), "offsite");
        StackWork.Place place = new StackWork.Place(
                "offsite", "offsite", Optional.empty(), Optional.empty(), target.mounts(), target.secrets(), LONG);
        return work.run(place, access -> new Work.CopyOffsite(access, target.access(), stack.name()))
                .result()
                .facts();
    }
}
