package dev.prodstack.swarm.planning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.cluster.StackControl.Occasion;
import dev.prodstack.swarm.engine.Trees;
import dev.prodstack.swarm.plan.Change;
import dev.prodstack.swarm.plan.Change.CreateConfig;
import dev.prodstack.swarm.plan.Change.CreateNetwork;
import dev.prodstack.swarm.plan.Change.CreateSecret;
import dev.prodstack.swarm.plan.Obstacle;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.plan.PlanOptions;
import dev.prodstack.swarm.planning.Wishes.ConfigWish;
import dev.prodstack.swarm.planning.Wishes.SecretWish;
import dev.prodstack.swarm.planning.Wishes.ServiceWish;
import dev.prodstack.swarm.spec.Suspension;
import dev.prodstack.swarm.state.StackState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares what is wished for with what is there. */
public final class Planner {
    /** Labels the key that an object has in the Compose file, whatever version of it the object is. */
    public static final String KEY_LABEL = "dev.prodstack.key";

    private final Wishes wishes;
    private final StackState state;
    private final List<Change> changes = new ArrayList<>();
    private final List<Plan.Unchanged> unchanged = new ArrayList<>();
    private final List<Obstacle> obstacles = new ArrayList<>();
    private final List<Obstacle> warnings = new ArrayList<>();

    private Planner(Wishes wishes, StackState state) {
        this.wishes = wishes;
        this.state = state;
    }

    /** The plan that leads from what is there to what is wished for. */
    public static Plan plan(Wishes wishes, StackState state, PlanOptions options) {
        Planner planner = new Planner(wishes, state);
        planner.networks();
        planner.secrets();
        planner.configs();
        planner.services();
        Removals removals = new Removals(wishes, state, options);
        planner.changes.addAll(removals.orphans());
        // Superseded versions do no harm: their removal alone is no reason to deploy.
        if (!planner.changes.isEmpty()) {
            planner.changes.addAll(removals.superseded());
        }
        planner.warnings.addAll(removals.warnings());
        return new Plan(wishes.stack(), planner.changes, planner.unchanged, planner.obstacles, planner.warnings);
    }

    private void networks() {
        wishes.networks().forEach((key, body) -> {
            String name = body.path("Name").asText();
            JsonNode there = state.networks().get(name);
            if (there == null) {
                changes.add(new CreateNetwork(key, name, Trees.data(body)));
            } else {
                NetworkComparison.obstacle(name, body, there).ifPresent(obstacles::add);
            }
        });
    }

    private void secrets() {
        for (SecretWish wish : wishes.secrets()) {
            String name = wish.body().path("Name").asText();
            if (!state.secrets().containsKey(name)) {
                changes.add(new CreateSecret(
                        wish.key(), name, newest(state.secrets(), wish.key()), Trees.data(wish.body()), wish.source()));
            }
        }
    }

    private void configs() {
        for (ConfigWish wish : wishes.configs()) {
            String name = wish.body().path("Name").asText();
            if (!state.configs().containsKey(name)) {
                changes.add(new CreateConfig(
                        wish.key(), name, newest(state.configs(), wish.key()), Trees.data(wish.body()), wish.size()));
            }
        }
    }

    /** The version that came about last. */
    private Optional<String> newest(Map<String, JsonNode> objects, String key) {
        return objects.entrySet().stream()
                .filter(object -> isVersionOf(object.getValue(), object.getKey(), key))
                .max((a, b) -> createdAt(a.getValue()).compareTo(createdAt(b.getValue())))
                .map(Map.Entry::getKey);
    }

    private boolean isVersionOf(JsonNode object, String name, String key) {
        String label = object.path("Spec").path("Labels").path(KEY_LABEL).asText();
        return label.isEmpty() ? name.equals(wishes.stack() + "_" + key) : label.equals(key);
    }

    private static String createdAt(JsonNode object) {
        return object.path("CreatedAt").asText();
    }

    private void services() {
        Migrations migrations = new Migrations(wishes, state);
        changes.addAll(migrations.jobs());
        for (ServiceWish wish : migrations.services()) {
            JsonNode there = state.services().get(wish.name());
            if (there == null) {
                changes.add(created(wish));
            } else {
                otherMode(wish, there).ifPresent(obstacles::add);
                suspended(wish, there);
                ServiceComparison comparison = new ServiceComparison(wish, there, wishes.networkNames());
                comparison.change().ifPresentOrElse(changes::add, () -> unchanged.add(comparison.unchanged()));
            }
        }
    }

    private void suspended(ServiceWish wish, JsonNode there) {
        Optional<Suspension> suspension = Suspension.of(there.path("Spec"));
        suspension.flatMap(its -> Suspended.obstacle(wish.key(), its)).ifPresent(obstacles::add);
        suspension
                .filter(its -> its.occasion() == Occasion.BACKUP)
                .ifPresent(its -> warnings.add(new Obstacle(
                        "service " + wish.key(), "a backup that never ended has stopped it; it is started again", "")));
    }

    /** The engine refuses it, in the middle of a deploy and in words that help nobody. */
    private static Optional<Obstacle> otherMode(ServiceWish wish, JsonNode there) {
        String is = mode(there.path("Spec"));
        String wished = mode(wish.spec());
        if (is.equals(wished)) {
            return Optional.empty();
        }
        return Optional.of(new Obstacle(
                "service " + wish.key(),
                "it is " + is + " and is to be " + wished + ", but Swarm changes no service's mode",
                "remove it with docker service rm " + wish.name()
                        + " and deploy again, or give it another name in the file"));
    }

    private static String mode(JsonNode spec) {
        JsonNode mode = spec.path("Mode");
        return mode.has("Global")
                ? "global"
                : mode.has("ReplicatedJob")
                        ? "a replicated job"
                        : mode.has("GlobalJob") ? "a global job" : "replicated";
    }

    private static Change.CreateService created(ServiceWish wish) {
        ObjectNode spec = wish.spec().deepCopy();
        Replicas.remember(spec, wish.autoscaled());
        wish.autoscaled()
                .ifPresent(bounds -> Replicas.count(spec)
                        .ifPresent(replicas -> Replicas.set(spec, bounds.clamp(replicas.intValue()))));
        return new Change.CreateService(wish.key(), wish.name(), Trees.data(spec), Replicas.count(spec), wish.after());
    }
}
