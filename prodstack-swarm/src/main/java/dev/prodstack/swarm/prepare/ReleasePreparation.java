package dev.prodstack.swarm.prepare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.history.Blueprint;
import dev.prodstack.swarm.history.ReleaseHistory;
import dev.prodstack.swarm.plan.Obstacle;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.plan.PlanOptions;
import dev.prodstack.swarm.plan.PlanOptions.ImageResolution;
import dev.prodstack.swarm.plan.PlanOptions.Orphans;
import dev.prodstack.swarm.planning.Planner;
import dev.prodstack.swarm.planning.Wishes;
import dev.prodstack.swarm.release.Release;
import dev.prodstack.swarm.state.StackState;
import dev.prodstack.swarm.state.StackStates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the plan that leads back to a release. It needs no files: what the release used is in the cluster. */
public final class ReleasePreparation {
    private final EngineClient engine;
    private final Release release;
    private final StackState state;
    private final Set<Obstacle> obstacles = new LinkedHashSet<>();

    private ReleasePreparation(EngineClient engine, Release release) {
        this.engine = engine;
        this.release = release;
        this.state = StackStates.read(engine, release.stack());
    }

    /**
     * Makes the plan. What is of the stack and was not of the release is removed. External secrets and configs are not
     * the stack's, and do not go back: their newest versions are used.
     *
     * @throws dev.prodstack.swarm.problem.EngineException if the engine does not answer or is no manager
     * @throws IllegalArgumentException if a newer prodstack wrote the release in another form
     */
    public static Plan plan(EngineClient engine, Release release) {
        return new ReleasePreparation(engine, release).plan();
    }

    /** The names of the secrets and configs that a stack's releases need. */
    static Set<String> needed(EngineClient engine, String stack) {
        Set<String> names = new LinkedHashSet<>();
        for (Release release : new ReleaseHistory(engine, stack).list()) {
            try {
                Blueprint blueprint = Blueprint.of(release);
                names.addAll(blueprint.secrets());
                names.addAll(blueprint.configs());
            } catch (IllegalArgumentException e) {
                // What a release of another form needs, only the prodstack that wrote it can tell.
            }
        }
        return names;
    }

    private Plan plan() {
        Blueprint blueprint = Blueprint.of(release);
        Wishes wishes = blueprint.wishes(release.stack(), networkNames()).keeping(needed(engine, release.stack()));
        find(wishes, "secrets", "Secrets", "Secret");
        find(wishes, "configs", "Configs", "Config");
        Plan plan = Planner.plan(present(wishes), state, new PlanOptions(ImageResolution.NEVER, Orphans.REMOVE));
        List<Obstacle> all = new ArrayList<>(obstacles);
        all.addAll(plan.obstacles());
        return new Plan(
                plan.stack(),
                plan.changes(),
                plan.unchanged(),
                all,
                plan.warnings(),
                Optional.of(Blueprint.content(wishes, blueprint.compose())));
    }

    private Map<String, String> networkNames() {
        Map<String, String> names = new HashMap<>();
        engine.send(EngineRequest.get("networks"))
                .forEach(network -> names.put(
                        network.path("Id").asText(), network.path("Name").asText()));
        return names;
    }

    /** Leads references to external objects to the newest version; one to what is gone is an obstacle. */
    private void find(Wishes wishes, String collection, String list, String noun) {
        ClusterObjects objects = ClusterObjects.read(engine, collection);
        wishes.services().forEach(service -> {
            for (JsonNode reference : service.spec().at("/TaskTemplate/ContainerSpec/" + list)) {
                String name = reference.path(noun + "Name").asText();
                Optional<JsonNode> there = objects.named(name);
                String base = there.map(object -> ClusterObjects.label(object, ClusterObjects.EXTERNAL_LABEL))
                        .filter(label -> !label.isEmpty())
                        .orElse(name);
                if (isOwn(collection, name)) {
                    continue;
                }
                objects.external(base)
                        .ifPresentOrElse(
                                newest -> ((ObjectNode) reference).put(noun + "Name", newest),
                                () -> obstacles.add(gone(noun, name)));
            }
        });
    }

    private boolean isOwn(String collection, String name) {
        return (collection.equals("secrets") ? state.secrets() : state.configs()).containsKey(name);
    }

    private Obstacle gone(String noun, String name) {
        return new Obstacle(
                noun.toLowerCase(java.util.Locale.ROOT) + " " + name,
                "release " + release.number() + " used it, and it is no longer in the cluster",
                "deploy from the Compose file of that time instead");
    }

    /** Without the secrets and configs that are gone: only the files could bring them back. */
    private Wishes present(Wishes wishes) {
        return new Wishes(
                wishes.stack(),
                wishes.networks(),
                wishes.configs().stream()
                        .filter(config -> state.configs()
                                .containsKey(config.body().path("Name").asText()))
                        .toList(),
                wishes.secrets().stream()
                        .filter(secret -> state.secrets()
                                .containsKey(secret.body().path("Name").asText()))
                        .toList(),
                wishes.services(),
                wishes.networkNames(),
                wishes.kept());
    }
}
