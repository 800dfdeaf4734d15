package dev.prodstack.cli;

import dev.prodstack.backup.stack.DrillPlan;
import dev.prodstack.backup.stack.DrillReport;
import dev.prodstack.cli.display.Style;
import dev.prodstack.cli.display.Table;
import dev.prodstack.cli.observe.Age;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.value.Data;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Plans and reports of drills, for people and for programs. */
final class DrillText {
    private DrillText() {}

    static String of(DrillPlan plan, Style style) {
        Stack trial = plan.trial();
        Table table = new Table("SERVICE", "RESTORED");
        for (Service service : trial.services().values()) {
            String parts = plan.backup().parts().stream()
                    .filter(part -> part.service().equals(service.name()))
                    .map(part -> part.source())
                    .distinct()
                    .collect(Collectors.joining(", "));
            table.row(service.name(), parts.isEmpty() ? "nothing; others need it" : parts);
        }
        StringBuilder text = new StringBuilder("Backup " + plan.backup().id() + " of " + plan.stack() + ", "
                + Age.between(plan.backup().begun(), Instant.now()) + " old, "
                + Sizes.of(plan.backup().bytesRead()) + ", into the throw-away stack " + trial.name() + " on "
                + plan.node().name() + "\n");
        text.append(table.print(style));
        text.append("Networks of its own: ").append(networks(trial));
        text.append(". None of ").append(plan.stack()).append("'s is attached, nothing is published.\n");
        plan.notes().forEach(note -> text.append(note).append('\n'));
        plan.requests()
                .forEach(request -> text.append("asks http://")
                        .append(request.service())
                        .append(':')
                        .append(request.port())
                        .append(request.path())
                        .append(" for ")
                        .append(request.status())
                        .append('\n'));
        return text.toString();
    }

    private static String networks(Stack trial) {
        return trial.networks().values().stream()
                .map(network -> network.name().orElse(network.key()) + (network.internal() ? " (no way out)" : ""))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    static Data data(DrillPlan plan) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("stack", Data.of(plan.stack()));
        fields.put("trial", Data.of(plan.trial().name()));
        fields.put("backup", Data.of(plan.backup().id()));
        fields.put("node", Data.of(plan.node().name()));
        fields.put("services", words(List.copyOf(plan.trial().services().keySet())));
        fields.put(
                "networks",
                Data.of(plan.trial().networks().values().stream()
                        .map(network -> Data.of(Map.of(
                                "name",
                                Data.of(network.name().orElse(network.key())),
                                "internal",
                                Data.of(network.internal()))))
                        .toList()));
        fields.put("notes", words(plan.notes()));
        fields.put("obstacles", words(plan.obstacles()));
        fields.put("timeout_seconds", Data.of(plan.timeout().toSeconds()));
        return Data.of(fields);
    }

    private static Data words(List<String> words) {
        return Data.of(words.stream().map(Data::of).toList());
    }

    static String of(DrillReport report, Style style) {
        Table table = new Table("CHECK", "RESULT", "TOOK", "FOUND");
        report.checks()
                .forEach(check -> table.row(
                        check.name(),
                        check.problem().isEmpty() ? "good" : "NOT GOOD",
                        BackupEvents.seconds(check.took()),
                        check.problem().isEmpty() ? check.text() : check.problem()));
        String recovery = report.restore().isZero()
                ? "It never was restored and healthy."
                : "Recovery time " + BackupEvents.seconds(report.recoveryTime()) + " (services "
                        + BackupEvents.seconds(report.deploy()) + ", data and health "
                        + BackupEvents.seconds(report.restore()) + ").";
        return table.print(style) + recovery + " Recovery point "
                + BackupEvents.seconds(report.recoveryPoint())
                + ": the age of what was restored. All of the drill took "
                + BackupEvents.seconds(report.took()) + ".\n";
    }

    static Data data(DrillReport report) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("stack", Data.of(report.stack()));
        fields.put("backup", Data.of(report.backup()));
        fields.put("backup_begun", Data.of(report.of().toString()));
        fields.put("begun", Data.of(report.begun().toString()));
        fields.put("good", Data.of(report.good()));
        fields.put("problem", Data.of(report.problem()));
        fields.put("rto_seconds", Data.of(report.recoveryTime().toMillis() / 1000));
        fields.put("rpo_seconds", Data.of(report.recoveryPoint().toMillis() / 1000));
        fields.put("seconds", Data.of(report.took().toSeconds()));
        fields.put("deploy_seconds", Data.of(report.deploy().toSeconds()));
        fields.put("restore_seconds", Data.of(report.restore().toSeconds()));
        fields.put("bytes", Data.of(report.bytes()));
        fields.put(
                "checks",
                Data.of(report.checks().stream()
                        .map(check -> Data.of(Map.of(
                                "name", Data.of(check.name()),
                                "good", Data.of(check.problem().isEmpty()),
                                "problem", Data.of(check.problem()),
                                "found", Data.of(check.text()),
                                "seconds", Data.of(check.took().toSeconds()))))
                        .toList()));
        return Data.of(fields);
    }

    /** What was not good, in one sentence. */
    static String problems(DrillReport report) {
        List<String> problems = new ArrayList<>();
        if (!report.problem().isEmpty()) {
            problems.add(report.problem());
        }
        report.checks().stream()
                .filter(check -> !check.problem().isEmpty())
                .forEach(check -> problems.add(check.name() + ": " + check.problem()));
        return String.join("; ", problems);
    }
}
