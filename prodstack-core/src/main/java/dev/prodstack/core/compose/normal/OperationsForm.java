package dev.prodstack.core.compose.normal;

import dev.prodstack.core.cron.CronSchedule;
import dev.prodstack.core.rollout.RolloutStrategy.Rolling;
import dev.prodstack.core.scaling.MetricSources;
import dev.prodstack.core.stack.Operations;
import dev.prodstack.core.stack.StackOperations;
import dev.prodstack.core.value.Data;
import dev.prodstack.core.value.GoDuration;
import dev.prodstack.core.value.PasswordSource;
import java.time.Duration;

/** The normal form of prodstack's own extension. Every setting is written out, defaults too. */
public final class OperationsForm {
    private OperationsForm() {}

    /** What {@code x-prodstack} says beside a service; an empty mapping if it says nothing. */
    public static Data of(Operations operations) {
        Section section = new Section();
        operations.autoscale().ifPresent(policy -> section.put("autoscale", ScalingForm.of(policy)));
        operations.backup().ifPresent(policy -> section.put("backup", BackupForm.of(policy)));
        if (operations.rollout() != Rolling.ROLLING) {
            section.put("rollout", RolloutForm.of(operations.rollout()));
        }
        operations.migration().ifPresent(migration -> section.put("migrate", RolloutForm.of(migration)));
        return section.section("lint", new Section().texts("ignore", operations.ignoredLintRules()))
                .toData();
    }

    /** What {@code x-prodstack} says at the top of a file; an empty mapping if it says nothing. */
    public static Data of(StackOperations operations) {
        Section section = new Section();
        if (!operations.metricSources().equals(MetricSources.standard())) {
            section.put("autoscale", ScalingForm.of(operations.metricSources()));
        }
        operations.backup().ifPresent(plan -> section.put("backup", BackupForm.of(plan)));
        return section.section("lint", new Section().texts("ignore", operations.ignoredLintRules()))
                .toData();
    }

    static void put(Section section, Operations operations) {
        if (!operations.equals(Operations.none())) {
            section.put(Operations.KEY, of(operations));
        }
    }

    static void put(Section section, StackOperations operations) {
        if (!operations.equals(StackOperations.none())) {
            section.put(Operations.KEY, of(operations));
        }
    }

    static Data duration(Duration duration) {
        return Data.of(GoDuration.format(duration));
    }

    static Section schedule(CronSchedule schedule) {
        return new Section()
                .put("cron", Data.of(schedule.expression().toString()))
                .put("time_zone", Data.of(schedule.zone().getId()));
    }

    static void password(Section section, String name, PasswordSource source) {
        if (source instanceof PasswordSource.OfSecret secret) {
            section.put(name + "_secret", Data.of(secret.key()));
        } else if (source instanceof PasswordSource.OfFile file) {
            section.put(name + "_file", Data.of(file.path()));
        }
    }
}
