package dev.prodstack.core.stack;

import dev.prodstack.core.backup.BackupPlan;
import dev.prodstack.core.scaling.MetricSources;
import dev.prodstack.core.value.Copies;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How prodstack operates a stack as a whole: what {@code x-prodstack} says at the top of the file.
 *
 * @param metricSources where the autoscaler measures
 * @param backup where the stack is backed up to, when, and for how long
 * @param ignoredLintRules the lint rules that do not apply to any of its parts
 */
public record StackOperations(MetricSources metricSources, Optional<BackupPlan> backup, Set<String> ignoredLintRules) {
    private static final StackOperations NONE =
            new StackOperations(MetricSources.standard(), Optional.empty(), Set.of());

    /** Copies the set. */
    public StackOperations {
        Objects.requireNonNull(metricSources, "metricSources");
        Objects.requireNonNull(backup, "backup");
        ignoredLintRules = Copies.of(ignoredLintRules);
    }

    /** Nothing. */
    public static StackOperations none() {
        return NONE;
    }
}
