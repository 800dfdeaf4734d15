package dev.prodstack.swarm.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.core.value.ImageReference;
import dev.prodstack.swarm.spec.Suspension;
import dev.prodstack.swarm.status.ServiceStatus.Mode;
import dev.prodstack.swarm.status.ServiceStatus.PublishedPort;
import dev.prodstack.swarm.status.ServiceStatus.Replicas;
import dev.prodstack.swarm.status.ServiceStatus.Update;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Turns what the engine tells into a status. Pure. */
final class Diagnosis {
    private static final Comparator<TaskStatus> BY_SLOT_THEN_TIME = Comparator.comparingInt(Diagnosis::slot)
            .thenComparing(TaskStatus::name)
            .thenComparing(TaskStatus::since, Comparator.reverseOrder());

    private Diagnosis() {}

    static StackStatus of(Facts facts) {
        List<ServiceStatus> services = facts.services().values().stream()
                .map(service -> service(service, facts))
                .toList();
        return new StackStatus(facts.stack(), facts.now(), services, Optional.empty());
    }

    /** The identifiers of the tasks whose containers may know more about what is wrong, the latest first. */
    static List<String> worthALook(Facts facts) {
        return facts.services().values().stream()
                .flatMap(service -> tasks(service, facts).stream())
                .filter(task -> task.failed() || task.waiting() || task.health() == TaskStatus.Health.UNHEALTHY)
                .sorted(Comparator.comparing(TaskStatus::since).reversed())
                .map(TaskStatus::id)
                .toList();
    }

    private static ServiceStatus service(JsonNode service, Facts facts) {
        JsonNode spec = service.path("Spec");
        List<TaskStatus> tasks = tasks(service, facts);
        Mode mode = mode(spec.path("Mode"));
        Replicas replicas = replicas(service, mode);
        Optional<Update> update = update(service.path("UpdateStatus"));
        Optional<Suspension> suspension = Suspension.of(spec);
        Standing standing = suspension.isPresent() ? Standing.SUSPENDED : standing(mode, replicas, update, tasks);
        List<TaskStatus> shown = tasks.stream()
                .filter(task -> task.desired().equals("running")
                        || task.state().equals("running")
                        || (mode.isJob() && task.desired().equals("complete"))
                        || (task.failed() && Troubles.isRecent(task, standing, facts.now())))
                .toList();
        return new ServiceStatus(
                name(service, facts.stack()),
                spec.path("Name").asText(),
                mode,
                replicas,
                image(spec.at("/TaskTemplate/ContainerSpec/Image").asText()),
                ports(service),
                changed(service),
                update,
                standing,
                suspension
                        .map(its -> List.of(Troubles.of(its, name(service, facts.stack()), changed(service))))
                        .orElseGet(() -> Troubles.of(tasks, standing, facts)),
                shown);
    }

    private static List<TaskStatus> tasks(JsonNode service, Facts facts) {
        String name = name(service, facts.stack());
        return facts.tasks().stream()
                .filter(task -> task.path("ServiceID").equals(service.path("ID")))
                .map(task -> Tasks.of(task, name, facts.nodes(), facts.containers()))
                .sorted(BY_SLOT_THEN_TIME)
                .toList();
    }

    private static int slot(TaskStatus task) {
        String last = task.name().substring(task.name().lastIndexOf('.') + 1);
        return last.matches("\\d{1,9}") ? Integer.parseInt(last) : 0;
    }

    private static String name(JsonNode service, String stack) {
        String name = service.at("/Spec/Name").asText();
        return name.startsWith(stack + "_") ? name.substring(stack.length() + 1) : name;
    }

    private static Mode mode(JsonNode mode) {
        if (mode.has("ReplicatedJob")) {
            return Mode.REPLICATED_JOB;
        } else if (mode.has("GlobalJob")) {
            return Mode.GLOBAL_JOB;
        }
        return mode.has("Global") ? Mode.GLOBAL : Mode.REPLICATED;
    }

    private static Replicas replicas(JsonNode service, Mode mode) {
        JsonNode counts = service.path("ServiceStatus");
        int wanted = counts.path("DesiredTasks").asInt();
        int completed = counts.path("CompletedTasks").asInt();
        int running = counts.path("RunningTasks").asInt();
        int toComplete = switch (mode) {
            case REPLICATED_JOB ->
                service.at("/Spec/Mode/ReplicatedJob/TotalCompletions").asInt(1);
            // The engine counts those that have ended well no longer among the desired ones.
            case GLOBAL_JOB -> wanted + completed;
            default -> 0;
        };
        return new Replicas(running, wanted, completed, toComplete);
    }

    private static Standing standing(Mode mode, Replicas replicas, Optional<Update> update, List<TaskStatus> tasks) {
        if (mode.isJob()) {
            if (replicas.completed() >= replicas.toComplete()) {
                return Standing.COMPLETE;
            }
            return tasks.stream().anyMatch(TaskStatus::failed) && replicas.running() == 0
                    ? Standing.SHORT
                    : Standing.WORKING;
        }
        return switch (update.map(Update::state).orElse("")) {
            case "updating" -> Standing.UPDATING;
            case "rollback_started" -> Standing.ROLLING_BACK;
            case "paused", "rollback_paused" -> Standing.PAUSED;
            default -> settled(replicas, tasks);
        };
    }

    private static Standing settled(Replicas replicas, List<TaskStatus> tasks) {
        boolean sick = tasks.stream().anyMatch(task -> task.health() == TaskStatus.Health.UNHEALTHY);
        if (sick || replicas.running() < replicas.wanted()) {
            return Standing.SHORT;
        }
        return replicas.wanted() == 0 ? Standing.STOPPED : Standing.RUNNING;
    }

    private static Optional<ImageReference> image(String text) {
        try {
            return Optional.of(ImageReference.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<PublishedPort> ports(JsonNode service) {
        // What is published through the mesh stands in Endpoint with the port that Swarm chose.
        JsonNode ports = service.at("/Endpoint/Ports");
        List<PublishedPort> published = new ArrayList<>();
        for (JsonNode port : ports.isEmpty() ? service.at("/Spec/EndpointSpec/Ports") : ports) {
            published.add(new PublishedPort(
                    port.path("PublishedPort").asInt(),
                    port.path("TargetPort").asInt(),
                    port.path("Protocol").asText("tcp"),
                    port.path("PublishMode").asText().equals("host")
                            ? PublishedPort.Route.HOST
                            : PublishedPort.Route.INGRESS));
        }
        return published;
    }

    private static Instant changed(JsonNode service) {
        return Times.parse(service.path("UpdatedAt").asText()).orElseGet(() -> Times.of(service.path("CreatedAt")));
    }

    private static Optional<Update> update(JsonNode status) {
        String state = status.path("State").asText("");
        return state.isEmpty()
                ? Optional.empty()
                : Optional.of(new Update(
                        state,
                        status.path("Message").asText(""),
                        Times.of(status.path("StartedAt")),
                        Times.parse(status.path("CompletedAt").asText())));
    }
}
