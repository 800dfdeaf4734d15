package dev.prodstack.cli.observe;

import dev.prodstack.core.value.Data;
import dev.prodstack.core.value.ImageReference;
import dev.prodstack.swarm.status.ServiceStatus;
import dev.prodstack.swarm.status.StackStatus;
import dev.prodstack.swarm.status.TaskStatus;
import dev.prodstack.swarm.status.Trouble;
import dev.prodstack.swarm.status.UnderWay;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A status as data. */
public final class StatusData {
    private StatusData() {}

    /** The whole of it. */
    public static Data of(StackStatus status) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("stack", Data.of(status.stack()));
        fields.put("time", Data.of(status.time().toString()));
        fields.put("as_wanted", Data.of(status.asWanted()));
        fields.put("under_way", status.underWay().map(StatusData::underWay).orElse(Data.Null.NULL));
        fields.put(
                "services",
                Data.of(status.services().stream().map(StatusData::of).toList()));
        return Data.of(fields);
    }

    private static Data underWay(UnderWay change) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("state", Data.of(word(change.state())));
        fields.put("command", Data.of(change.command()));
        fields.put("by", Data.of(change.by()));
        fields.put("since", Data.of(change.since().toString()));
        fields.put("release", change.release().map(Data::of).orElse(Data.Null.NULL));
        return Data.of(fields);
    }

    /** One service. */
    public static Data of(ServiceStatus service) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("service", Data.of(service.name()));
        fields.put("full_name", Data.of(service.fullName()));
        fields.put("mode", Data.of(word(service.mode()).replace('_', '-')));
        fields.put("state", Data.of(service.standing().toString()));
        fields.put("as_wanted", Data.of(service.standing().asWanted()));
        fields.put("replicas", replicas(service.replicas()));
        fields.put("image", text(service.image().map(ImageReference::toString)));
        fields.put(
                "ports", Data.of(service.ports().stream().map(StatusData::port).toList()));
        fields.put("changed", Data.of(service.changed().toString()));
        fields.put("update", service.update().map(StatusData::update).orElse(Data.Null.NULL));
        fields.put(
                "troubles",
                Data.of(service.troubles().stream().map(StatusData::trouble).toList()));
        fields.put(
                "tasks", Data.of(service.tasks().stream().map(StatusData::task).toList()));
        return Data.of(fields);
    }

    private static Data replicas(ServiceStatus.Replicas replicas) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("running", Data.of(replicas.running()));
        fields.put("wanted", Data.of(replicas.wanted()));
        fields.put("completed", Data.of(replicas.completed()));
        fields.put("to_complete", Data.of(replicas.toComplete()));
        return Data.of(fields);
    }

    private static Data port(ServiceStatus.PublishedPort port) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("published", Data.of(port.published()));
        fields.put("target", Data.of(port.target()));
        fields.put("protocol", Data.of(port.protocol()));
        fields.put("mode", Data.of(word(port.route())));
        return Data.of(fields);
    }

    private static Data update(ServiceStatus.Update update) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("state", Data.of(update.state()));
        fields.put("message", Data.of(update.message()));
        fields.put("started", Data.of(update.started().toString()));
        fields.put("completed", text(update.completed().map(Object::toString)));
        return Data.of(fields);
    }

    private static Data trouble(Trouble trouble) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("task", Data.of(trouble.task()));
        fields.put("tasks", Data.of(trouble.tasks()));
        fields.put("time", Data.of(trouble.time().toString()));
        fields.put("state", Data.of(trouble.state()));
        fields.put("reason", Data.of(trouble.reason()));
        fields.put("health_output", texts(trouble.healthOutput()));
        return Data.of(fields);
    }

    private static Data task(TaskStatus task) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("task", Data.of(task.name()));
        fields.put("id", Data.of(task.id()));
        fields.put("node", text(task.node()));
        fields.put("state", Data.of(task.state()));
        fields.put("desired", Data.of(task.desired()));
        fields.put("since", Data.of(task.since().toString()));
        fields.put("health", Data.of(word(task.health())));
        fields.put("error", Data.of(task.error()));
        fields.put(
                "exit_code",
                task.exitCode().isPresent() ? Data.of(task.exitCode().getAsInt()) : Data.Null.NULL);
        fields.put("image", Data.of(task.image()));
        fields.put("container", text(task.container()));
        return Data.of(fields);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Data text(Optional<String> text) {
        return text.<Data>map(Data::of).orElse(Data.Null.NULL);
    }

    private static Data texts(List<String> texts) {
        return Data.of(texts.stream().map(Data::of).toList());
    }
}
