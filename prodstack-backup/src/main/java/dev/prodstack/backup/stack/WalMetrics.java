package dev.prodstack.backup.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** How it stands with the logs of a stack, as text that Prometheus reads. */
public final class WalMetrics {
    private WalMetrics() {}

    /**
     * The metrics.
     *
     * @param all the logs by service; absent where another one acts
     */
    public static String of(String stack, Optional<Map<String, WalStatus>> all, Instant now) {
        Map<String, WalStatus> logs = all.orElse(Map.of());
        StringBuilder text = new StringBuilder();
        metric(text, "prodstack_wal_leader", "gauge", "Whether this one acts.");
        text.append("prodstack_wal_leader{stack=\"" + stack + "\"} " + (all.isPresent() ? 1 : 0) + "\n");
        each(
                text,
                stack,
                logs,
                "prodstack_wal_age_seconds",
                "gauge",
                "How long ago all that the server had was stored: what would be lost now.",
                status -> Math.max(0, Duration.between(status.current(), now).toMillis()) / 1e3);
        each(
                text,
                stack,
                logs,
                "prodstack_wal_stored_bytes_total",
                "counter",
                "Bytes of log that were stored.",
                status -> (double) status.bytes());
        each(text, stack, logs, "prodstack_wal_gaps_total", "counter", "Times that log was missing.", status ->
                (double) status.gaps());
        each(
                text,
                stack,
                logs,
                "prodstack_wal_troubles_total",
                "counter",
                "Times that the server or the repository could not be reached.",
                status -> (double) status.troubles());
        each(
                text,
                stack,
                logs,
                "prodstack_wal_base_due_seconds",
                "gauge",
                "For how long the log could not be restored for want of a base backup; 0 if it can.",
                status -> status.dueSince()
                        .map(since -> (double)
                                Math.max(1, Duration.between(since, now).toSeconds()))
                        .orElse(0.0));
        each(
                text,
                stack,
                logs,
                "prodstack_wal_bases_total",
                "counter",
                "Base backups that were taken because one was due.",
                status -> (double) status.bases());
        return text.toString();
    }

    private static void metric(StringBuilder text, String name, String type, String help) {
        text.append("# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n");
    }

    private static void each(
            StringBuilder text,
            String stack,
            Map<String, WalStatus> logs,
            String name,
            String type,
            String help,
            Function<WalStatus, Double> value) {
        if (logs.isEmpty()) {
            return;
        }
        metric(text, name, type, help);
        logs.forEach((service, status) -> {
            double its = value.apply(status);
            String number = its == Math.rint(its) ? Long.toString((long) its) : Double.toString(its);
            text.append(name + "{stack=\"" + stack + "\",service=\"" + service + "\"} " + number + "\n");
        });
    }
}
