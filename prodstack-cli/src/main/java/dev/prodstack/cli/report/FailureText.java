package dev.prodstack.cli.report;

import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.progress.ServiceFailure;
import dev.prodstack.swarm.progress.ServiceFailure.TaskFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Why a service failed, for people and as data. */
final class FailureText {
    private FailureText() {}

    static String of(ServiceFailure failure) {
        StringBuilder text =
                new StringBuilder(failure.service()).append(": FAILED, ").append(failure.message());
        for (TaskFailure task : failure.tasks()) {
            text.append("\n    task ")
                    .append(task.name())
                    .append(task.node().isEmpty() ? "" : " on " + task.node())
                    .append(": ")
                    .append(task.state())
                    .append(task.error().isEmpty() ? "" : ", " + task.error())
                    .append(task.exitCode().map(code -> ", exit code " + code).orElse(""));
        }
        failure.healthOutput()
                .ifPresent(output ->
                        block(text, "its health check says:", output.lines().toList()));
        if (!failure.log().isEmpty()) {
            block(text, "its last log lines:", failure.log());
        }
        return text.toString();
    }

    private static void block(StringBuilder text, String title, List<String> lines) {
        text.append("\n    ").append(title);
        lines.forEach(line -> text.append("\n      | ").append(line));
    }

    static Data data(ServiceFailure failure) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("service", Data.of(failure.service()));
        fields.put("message", Data.of(failure.message()));
        fields.put(
                "tasks", Data.of(failure.tasks().stream().map(FailureText::data).toList()));
        fields.put("log", Data.of(failure.log().stream().map(Data::of).toList()));
        failure.healthOutput().ifPresent(output -> fields.put("health_output", Data.of(output)));
        return Data.of(fields);
    }

    private static Data data(TaskFailure task) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("name", Data.of(task.name()));
        fields.put("node", Data.of(task.node()));
        fields.put("state", Data.of(task.state()));
        fields.put("error", Data.of(task.error()));
        task.exitCode().ifPresent(code -> fields.put("exit_code", Data.of((long) code)));
        return Data.of(fields);
    }
}
