package dev.prodstack.backup.stack;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What there is to know about a stack's drills, as text that Prometheus reads; nothing before the first one. */
public final class DrillMetrics {
    private DrillMetrics() {}

    /**
     * The metrics.
     *
     * @param drills the reports, oldest first
     */
    public static String of(String stack, List<DrillReport> drills) {
        MetricText text = new MetricText(stack);
        last(drills).ifPresent(drill -> {
            text.gauge(
                    "prodstack_drill_last_timestamp_seconds",
                    "When the last drill began.",
                    "",
                    drill.begun().getEpochSecond());
            text.gauge(
                    "prodstack_drill_last_success",
                    "Whether the last drill came to its end and all of its checks were good.",
                    "",
                    drill.good() ? 1 : 0);
            text.gauge(
                    "prodstack_drill_last_failed_checks",
                    "Checks of the last drill that were not good.",
                    "",
                    drill.checks().stream()
                            .filter(check -> !check.problem().isEmpty())
                            .count());
            text.gauge(
                    "prodstack_drill_duration_seconds",
                    "How long all of the last drill took.",
                    "",
                    seconds(drill.took()));
        });
        last(drills.stream().filter(DrillReport::good).toList()).ifPresent(drill -> {
            text.gauge(
                    "prodstack_drill_last_success_timestamp_seconds",
                    "When the last drill began that was good.",
                    "",
                    drill.begun().getEpochSecond());
            text.gauge(
                    "prodstack_drill_rto_seconds",
                    "How long it took in that drill from nothing to a stack that was restored and healthy.",
                    "",
                    seconds(drill.recoveryTime()));
            text.gauge(
                    "prodstack_drill_rpo_seconds",
                    "How old what was restored was when that drill began.",
                    "",
                    seconds(drill.recoveryPoint()));
        });
        return text.toString();
    }

    private static Optional<DrillReport> last(List<DrillReport> drills) {
        return drills.stream().reduce((earlier, later) -> later);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1e3);
    }
}
