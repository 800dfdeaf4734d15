package dev.prodstack.swarm.planning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.rollout.Migration;
import dev.prodstack.swarm.engine.Trees;
import dev.prodstack.swarm.plan.Change;
import dev.prodstack.swarm.plan.Change.CreateSecret;
import dev.prodstack.swarm.plan.Change.Remove;
import dev.prodstack.swarm.plan.Change.UpdateService;
import dev.prodstack.swarm.plan.Difference;
import dev.prodstack.swarm.plan.ObjectKind;
import dev.prodstack.swarm.plan.Obstacle;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.plan.ReplicaChoice;
import dev.prodstack.swarm.plan.TaskEffect;
import dev.prodstack.swarm.spec.MigrationJobs;
import dev.prodstack.swarm.spec.Suspension;
import dev.prodstack.swarm.state.StackState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans that need no Compose file: they change or remove what is there. */
public final class Adjustments {
    private final StackState state;
    private final List<Change> changes = new ArrayList<>();
    private final List<Plan.Unchanged> unchanged = new ArrayList<>();
    private final List<Obstacle> obstacles = new ArrayList<>();

    private Adjustments(StackState state) {
        this.state = state;
    }

    /**
     * Gives services other numbers of replicas.
     *
     * @param replicas the numbers by the services' names in the file
     */
    public static Plan scale(StackState state, Map<String, Long> replicas) {
        Adjustments plan = new Adjustments(state);
        replicas.forEach((key, wanted) -> plan.service(key).ifPresent(service -> plan.scale(key, service, wanted)));
        return plan.plan();
    }

    /** Replaces all tasks of services by fresh ones, at the pace of their updates. */
    public static Plan restart(StackState state, List<String> services) {
        Adjustments plan = new Adjustments(state);
        services.forEach(key -> plan.service(key).ifPresent(service -> plan.restart(key, service)));
        return plan.plan();
    }

    /** Removes all of a stack but its volumes. */
    public static Plan removal(StackState state) {
        Adjustments plan = new Adjustments(state);
        plan.removeAll(ObjectKind.SERVICE, state.services(), "ID");
        plan.removeAll(ObjectKind.CONFIG, state.configs(), "ID");
        plan.removeAll(ObjectKind.SECRET, state.secrets(), "ID");
        plan.removeAll(ObjectKind.NETWORK, state.networks(), "Id");
        return plan.plan();
    }

    /**
     * Leads services to successors of the secrets that they use.
     *
     * @param created the successors, which are created before
     * @param successors the names of successors by those of the secrets before them
     * @param obstacles what is in the way already
     */
    public static Plan rotation(
            StackState state, List<CreateSecret> created, Map<String, String> successors, List<Obstacle> obstacles) {
        Adjustments plan = new Adjustments(state);
        plan.obstacles.addAll(obstacles);
        plan.changes.addAll(created);
        state.services().forEach((name, service) -> plan.lead(name, service, successors));
        if (plan.obstacles.isEmpty() && plan.changes.size() == created.size()) {
            plan.obstacles.add(new Obstacle(
                    "stack " + state.stack(),
                    "none of its services uses "
                            + String.join(
                                    ", ",
                                    created.stream().map(CreateSecret::key).toList()),
                    "name the secrets as the Compose file does"));
        }
        return plan.plan();
    }

    private void lead(String name, JsonNode service, Map<String, String> successors) {
        ObjectNode after = service.path("Spec").deepCopy();
        List<Difference> differences = new ArrayList<>();
        for (JsonNode reference : after.at("/TaskTemplate/ContainerSpec/Secrets")) {
            String now = reference.path("SecretName").asText();
            String next = successors.get(now);
            if (next != null && reference instanceof ObjectNode object) {
                object.put("SecretName", next);
                differences.add(new Difference(
                        "TaskTemplate.ContainerSpec.Secrets", "secret", Optional.of(now), Optional.of(next)));
            }
        }
        if (!differences.isEmpty()) {
            String key = name.substring(Math.min(name.length(), state.stack().length() + 1));
            List<String> because = List.of("secret");
            changes.add(update(key, service, after, differences, ServiceComparison.replacement(after, because)));
        }
    }

    /** Runs a job in the image that a service has now. */
    public static Plan job(StackState state, String key, Migration.Job job) {
        Adjustments plan = new Adjustments(state);
        plan.service(key)
                .map(service -> service.path("Spec"))
                .ifPresent(spec -> plan.changes.add(new Change.RunJob(
                        key + "-migrate",
                        MigrationJobs.name(spec),
                        Trees.data(MigrationJobs.of(spec, key, job)),
                        job.timeout(),
                        List.of())));
        return plan.plan();
    }

    private Plan plan() {
        return new Plan(state.stack(), changes, unchanged, obstacles, List.of());
    }

    private Optional<JsonNode> service(String key) {
        JsonNode service = state.services().get(state.stack() + "_" + key);
        if (service == null) {
            List<String> known = state.services().keySet().stream()
                    .map(name ->
                            name.substring(Math.min(name.length(), state.stack().length() + 1)))
                    .toList();
            obstacles.add(new Obstacle(
                    "service " + key,
                    "stack " + state.stack() + " has no such service",
                    known.isEmpty() ? "deploy it first" : "it has " + String.join(", ", known)));
        }
        return Optional.ofNullable(service);
    }

    private void scale(String key, JsonNode service, long wanted) {
        ObjectNode after = service.path("Spec").deepCopy();
        Optional<Long> live = Replicas.count(after);
        if (live.isEmpty()) {
            obstacles.add(new Obstacle(
                    "service " + key, "its mode has no number of replicas", "only replicated services can be scaled"));
            return;
        }
        Suspension.of(after).flatMap(its -> Suspended.obstacle(key, its)).ifPresent(obstacles::add);
        Suspension.forget(after);
        Replicas.bounds(after)
                .filter(bounds -> !bounds.contains(Math.toIntExact(wanted)))
                .ifPresent(bounds -> obstacles.add(new Obstacle(
                        "service " + key,
                        wanted + " replicas are outside the bounds of its autoscaling, " + bounds,
                        "choose a number within them, or change the policy and deploy")));
        if (live.get() == wanted) {
            unchanged.add(new Plan.Unchanged(key, name(service), id(service), ReplicaChoice.AsWritten.AS_WRITTEN));
            return;
        }
        Replicas.set(after, wanted);
        Difference difference = new Difference(
                "Mode.Replicated.Replicas",
                "replicas",
                Optional.of(Long.toString(live.get())),
                Optional.of(Long.toString(wanted)));
        changes.add(update(key, service, after, List.of(difference), new TaskEffect.Scale(live.get(), wanted)));
    }

    private void restart(String key, JsonNode service) {
        ObjectNode after = service.path("Spec").deepCopy();
        long count = after.path("TaskTemplate").path("ForceUpdate").asLong();
        after.withObject("/TaskTemplate").put("ForceUpdate", count + 1);
        Difference difference = new Difference(
                "TaskTemplate.ForceUpdate",
                "restart",
                Optional.of(Long.toString(count)),
                Optional.of(Long.toString(count + 1)));
        changes.add(update(
                key, service, after, List.of(difference), ServiceComparison.replacement(after, List.of("restart"))));
    }

    private static UpdateService update(
            String key, JsonNode service, ObjectNode after, List<Difference> differences, TaskEffect effect) {
        return new UpdateService(
                key,
                name(service),
                id(service),
                service.path("Version").path("Index").asLong(),
                Trees.data(service.path("Spec")),
                Trees.data(after),
                differences,
                effect,
                ReplicaChoice.AsWritten.AS_WRITTEN,
                List.of());
    }

    private static String name(JsonNode service) {
        return service.path("Spec").path("Name").asText();
    }

    private static String id(JsonNode service) {
        return service.path("ID").asText();
    }

    private void removeAll(ObjectKind kind, Map<String, JsonNode> objects, String idField) {
        objects.forEach((name, object) ->
                changes.add(new Remove(kind, name, name, object.path(idField).asText(), "the stack is removed")));
    }
}
