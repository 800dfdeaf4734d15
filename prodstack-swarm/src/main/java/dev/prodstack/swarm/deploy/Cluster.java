package dev.prodstack.swarm.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.engine.Leaderless;
import dev.prodstack.swarm.engine.Trees;
import dev.prodstack.swarm.plan.Change.UpdateService;
import dev.prodstack.swarm.plan.ObjectKind;
import dev.prodstack.swarm.plan.ReplicaChoice;
import dev.prodstack.swarm.problem.EngineException;
import dev.prodstack.swarm.spec.Canonical;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The changes to single objects, as requests to the engine. */
final class Cluster {
    private static final String MODE = "/Mode/Replicated";
    private static final String REPLICAS = "Replicas";
    private static final int MOST_TRIES = 10;
    private static final String NUDGE_LABEL = "dev.prodstack.nudge";
    private static final int CONFLICT = 409;

    /** A leader is chosen within seconds; a lost majority may be back within minutes. */
    static final Duration ENDURANCE = Duration.ofMinutes(2);

    private final EngineClient engine;
    private final Function<String, Optional<String>> registryAuth;
    private final Runnable guard;

    /** Changes only what the guard lets it. */
    Cluster(EngineClient engine, Function<String, Optional<String>> registryAuth, Runnable guard) {
        this.engine = engine.enduring(ENDURANCE);
        this.registryAuth = registryAuth;
        this.guard = guard;
    }

    /**
     * Makes a change, once. While the swarm has no leader it is tried again; if the first try was carried out after
     * all, the second is refused, and that is fine.
     */
    private JsonNode change(EngineRequest request) {
        long begun = System.nanoTime();
        boolean uncertain = false;
        while (true) {
            try {
                guard.run();
                return engine.send(request);
            } catch (EngineException e) {
                if (uncertain && isDone(request, e)) {
                    return MissingNode.getInstance();
                }
                if (!Leaderless.is(e) || System.nanoTime() - begun > ENDURANCE.toNanos()) {
                    throw e;
                }
                uncertain = true;
                Leaderless.pause();
            }
        }
    }

    private boolean isDone(EngineRequest request, EngineException refusal) {
        if (request.path().contains("create")) {
            return refusal.status().orElse(0) == CONFLICT;
        }
        if (!refusal.reason().contains("update out of sequence")
                || request.body().isEmpty()) {
            return false;
        }
        JsonNode service =
                engine.send(EngineRequest.get("services", request.path().get(1)));
        JsonNode wished = request.query().containsKey("rollback")
                ? service.path("Spec")
                : request.body().get();
        return Canonical.of(service.path("Spec"), Map.of()).equals(Canonical.of(wished, Map.of()));
    }

    void createNetwork(Data body) {
        change(EngineRequest.post("networks", "create").sending(Trees.json(body)));
    }

    void createConfig(Data body) {
        change(EngineRequest.post("configs", "create").sending(Trees.json(body)));
    }

    /** Creates a secret. Its value is in this one request and nowhere else. */
    void createSecret(Data body, byte[] value) {
        ObjectNode object = Trees.object(body);
        object.put("Data", Base64.getEncoder().encodeToString(value));
        change(EngineRequest.post("secrets", "create").sending(object));
    }

    String createService(Data spec) {
        EngineRequest request = EngineRequest.post("services", "create").sending(withIds(Trees.object(spec)));
        return change(authorised(request, spec)).path("ID").asText();
    }

    /** Updates a service. That only an autoscaler moved its replicas since the plan is no reason not to. */
    void update(UpdateService change) {
        try {
            update(change, change.version(), Trees.object(change.spec()));
        } catch (EngineException e) {
            Optional<JsonNode> moved = e.reason().contains("update out of sequence") ? moved(change) : Optional.empty();
            if (moved.isEmpty()) {
                throw e;
            }
            ObjectNode spec = Trees.object(change.spec());
            spec.withObject(MODE).set(REPLICAS, moved.get().at("/Spec" + MODE).path(REPLICAS));
            update(change, moved.get().at("/Version/Index").asLong(), spec);
        }
    }

    private void update(UpdateService change, long version, ObjectNode spec) {
        EngineRequest request = EngineRequest.post("services", change.id(), "update")
                .with("version", Long.toString(version))
                .sending(withIds(spec));
        change(authorised(request, change.spec()));
    }

    /** The service, if it is autoscaled and differs from what the plan began with in its replicas alone. */
    private Optional<JsonNode> moved(UpdateService change) {
        if (!(change.replicas() instanceof ReplicaChoice.Autoscaled)) {
            return Optional.empty();
        }
        JsonNode service = engine.send(EngineRequest.get("services", change.id()));
        ObjectNode now = service.path("Spec").deepCopy();
        ObjectNode before = Trees.object(change.before());
        now.withObject(MODE).remove(REPLICAS);
        before.withObject(MODE).remove(REPLICAS);
        return Trees.data(now).equals(Trees.data(before)) ? Optional.of(service) : Optional.empty();
    }

    /**
     * Takes a service back to a specification it had. If that is the one the engine remembers, by the engine's own
     * rollback, which has a pace of its own in the specification.
     */
    void goBack(String id, Data before) {
        JsonNode service = engine.send(EngineRequest.get("services", id));
        long version = service.path("Version").path("Index").asLong();
        boolean remembered = Trees.data(service.path("PreviousSpec")).equals(before);
        EngineRequest request = EngineRequest.post("services", id, "update").with("version", Long.toString(version));
        change(
                remembered
                        ? request.with("rollback", "previous").sending(service.path("Spec"))
                        : request.sending(Trees.json(before)));
    }

    /**
     * Makes the engine's updater begin anew where it stands: tasks of the present version stay. Only a change of the
     * specification does that, so it changes and changes back.
     */
    void nudge(String id) {
        JsonNode spec = engine.send(EngineRequest.get("services", id)).path("Spec");
        ObjectNode other = spec.deepCopy();
        other.withObject("/Labels").put(NUDGE_LABEL, "");
        set(id, other);
        set(id, spec);
    }

    /** Sets a specification, whatever else the engine notes about the service at the same time. */
    private void set(String id, JsonNode spec) {
        for (int tries = 1; ; tries++) {
            String version = engine.send(EngineRequest.get("services", id))
                    .at("/Version/Index")
                    .asText();
            try {
                change(EngineRequest.post("services", id, "update")
                        .with("version", version)
                        .sending(spec));
                return;
            } catch (EngineException e) {
                if (tries == MOST_TRIES || !e.reason().contains("update out of sequence")) {
                    throw e;
                }
            }
        }
    }

    /** The specification that a service has now. */
    Data specification(String id) {
        return Trees.data(engine.send(EngineRequest.get("services", id)).path("Spec"));
    }

    /** Removes an object; that it is gone already is fine. */
    void remove(ObjectKind kind, String idOrName) {
        if (kind == ObjectKind.VOLUME) {
            endedTasks(idOrName).forEach(container -> delete("containers", container));
        }
        delete(kind + "s", idOrName);
    }

    /** The containers of ended tasks, which swarms keep for a while and which hold a volume that nobody uses. */
    private List<String> endedTasks(String volume) {
        ObjectNode filters = JsonNodeFactory.instance.objectNode();
        filters.putArray("volume").add(volume);
        filters.putArray("label").add("com.docker.swarm.task.id");
        filters.putArray("status").add("exited").add("dead").add("created");
        List<String> ids = new ArrayList<>();
        engine.send(EngineRequest.get("containers", "json").with("all", "true").with("filters", filters.toString()))
                .forEach(container -> ids.add(container.path("Id").asText()));
        return ids;
    }

    private void delete(String collection, String idOrName) {
        try {
            change(EngineRequest.delete(collection, idOrName));
        } catch (EngineException e) {
            if (e.status().orElse(0) != 404) {
                throw e;
            }
        }
    }

    /** Whether the engine still knows a network: for a while after its removal it may, until its own part is gone. */
    boolean hasNetwork(String idOrName) {
        try {
            engine.send(EngineRequest.get("networks", idOrName));
            return true;
        } catch (EngineException e) {
            if (e.status().orElse(0) == 404) {
                return false;
            }
            throw e;
        }
    }

    /** Nodes pull with the credentials that come with the change, and keep them with the service. */
    private EngineRequest authorised(EngineRequest request, Data spec) {
        String image = Trees.json(spec).at("/TaskTemplate/ContainerSpec/Image").asText();
        return registryAuth
                .apply(image)
                .map(credentials -> request.header("X-Registry-Auth", credentials))
                .orElse(request);
    }

    /** Fills in the ids of the secrets and configs that a specification knows by name. */
    private ObjectNode withIds(ObjectNode spec) {
        JsonNode container = spec.path("TaskTemplate").path("ContainerSpec");
        fill(container.path("Secrets"), "Secret", "secrets");
        fill(container.path("Configs"), "Config", "configs");
        return spec;
    }

    private void fill(JsonNode references, String noun, String collection) {
        if (references.isEmpty()) {
            return;
        }
        Map<String, String> ids = ids(collection);
        for (JsonNode reference : references) {
            String name = reference.path(noun + "Name").asText();
            String id = ids.get(name);
            if (id != null && reference instanceof ObjectNode object) {
                object.put(noun + "ID", id);
            }
        }
    }

    private Map<String, String> ids(String collection) {
        Map<String, String> ids = new HashMap<>();
        engine.send(EngineRequest.get(collection))
                .forEach(object -> ids.put(
                        object.path("Spec").path("Name").asText(),
                        object.path("ID").asText()));
        return ids;
    }
}
