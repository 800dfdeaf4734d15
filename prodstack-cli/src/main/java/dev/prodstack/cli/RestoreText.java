package dev.prodstack.cli;

import dev.prodstack.backup.stack.RestorePlan;
import dev.prodstack.backup.stack.RestoreReport;
import dev.prodstack.cli.display.Style;
import dev.prodstack.cli.display.Table;
import dev.prodstack.cli.outcome.Counted;
import dev.prodstack.core.value.Data;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Plans and reports of restores, for people and for programs. */
final class RestoreText {
    private RestoreText() {}

    /** What a plan changes, each in a few words. */
    static List<String> changes(RestorePlan plan) {
        return plan.steps().stream()
                .map(step -> "restore " + step.part().name() + " from "
                        + plan.backup().id())
                .toList();
    }

    static String of(RestorePlan plan, Style style) {
        Table table = new Table("SERVICE", "SOURCE", "SIZE", "WHAT IT REPLACES");
        plan.steps()
                .forEach(step -> table.row(
                        step.part().service(),
                        step.part().source(),
                        Sizes.of(step.part().bytesRead()),
                        step.replaces()));
        String stops = plan.stops().isEmpty()
                ? "No service is stopped."
                : "Stopped meanwhile: " + String.join(", ", new TreeSet<>(plan.stops())) + ".";
        String last = plan.lastTook()
                .map(time -> " Last time it took " + BackupEvents.seconds(time) + ".")
                .orElse("");
        return head(plan) + "\n" + table.print(style) + stops + " " + Sizes.of(plan.bytes()) + " are written." + last
                + "\n";
    }

    private static String head(RestorePlan plan) {
        String into = " of " + plan.backup().stack() + " into " + plan.stack();
        return plan.moment()
                .map(to -> "Databases" + into + " as of " + to.moment()
                        + to.others()
                                .map(id -> "; all else from the backup " + id + " of "
                                        + plan.backup().begun())
                                .orElse(""))
                .orElse("Backup " + plan.backup().id() + into);
    }

    static Data data(RestorePlan plan) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("stack", Data.of(plan.stack()));
        fields.put("backup", Data.of(plan.backup().id()));
        plan.moment().ifPresent(to -> fields.put("moment", Data.of(to.moment().value())));
        fields.put("stops", Data.of(plan.stops().stream().sorted().map(Data::of).toList()));
        fields.put("bytes", Data.of(plan.bytes()));
        fields.put(
                "last_seconds", Data.of(plan.lastTook().map(Duration::toSeconds).orElse(0L)));
        fields.put("obstacles", Data.of(plan.obstacles().stream().map(Data::of).toList()));
        fields.put(
                "parts",
                Data.of(plan.steps().stream()
                        .map(step -> Data.of(Map.of(
                                "service", Data.of(step.part().service()),
                                "source", Data.of(step.part().source()),
                                "bytes", Data.of(step.part().bytesRead()),
                                "replaces", Data.of(step.replaces()))))
                        .toList()));
        return Data.of(fields);
    }

    static String of(RestoreReport report) {
        if (report.ending() != RestoreReport.Ending.DONE) {
            return "";
        }
        String safety =
                report.safety().isEmpty() ? "" : " What was there before is the backup " + report.safety() + ".";
        return "Restored: " + Counted.of(report.parts().size(), "part") + ", all services healthy, in "
                + BackupEvents.seconds(report.took()) + "." + safety + "\n";
    }

    static Data data(RestoreReport report) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("ending", Data.of(report.ending().name().toLowerCase(Locale.ROOT)));
        fields.put("reason", Data.of(report.reason()));
        fields.put("safety_backup", Data.of(report.safety()));
        fields.put("seconds", Data.of(report.took().toSeconds()));
        fields.put(
                "parts",
                Data.of(report.parts().stream()
                        .map(part -> Data.of(Map.of(
                                "name", Data.of(part.name()),
                                "seconds", Data.of(part.took().toSeconds()),
                                "facts", RecordData.words(part.facts()))))
                        .toList()));
        return Data.of(fields);
    }
}
