package dev.prodstack.core.stack;

import dev.prodstack.core.backup.BackupPolicy;
import dev.prodstack.core.rollout.Migration;
import dev.prodstack.core.rollout.RolloutStrategy;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.value.Copies;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How prodstack operates a service: what {@code x-prodstack} says beside it.
 *
 * @param autoscale how its replica count follows its load
 * @param backup what is backed up of it
 * @param rollout how a new version takes over
 * @param migration the jobs that prepare and clean up its data around a new version
 * @param ignoredLintRules the lint rules that do not apply to it
 */
public record Operations(
        Optional<ScalingPolicy> autoscale,
        Optional<BackupPolicy> backup,
        RolloutStrategy rollout,
        Optional<Migration> migration,
        Set<String> ignoredLintRules) {
    /** The extension's key, beside a service as at the top of a file. */
    public static final String KEY = "x-prodstack";

    private static final Operations NONE = new Operations(
            Optional.empty(), Optional.empty(), RolloutStrategy.Rolling.ROLLING, Optional.empty(), Set.of());

    /** Copies the set. */
    public Operations {
        Objects.requireNonNull(autoscale, "autoscale");
        Objects.requireNonNull(backup, "backup");
        Objects.requireNonNull(rollout, "rollout");
        Objects.requireNonNull(migration, "migration");
        ignoredLintRules = Copies.of(ignoredLintRules);
    }

    /** Nothing but a rolling update. */
    public static Operations none() {
        return NONE;
    }
}
