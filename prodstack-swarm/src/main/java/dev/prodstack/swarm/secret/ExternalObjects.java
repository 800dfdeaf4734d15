package dev.prodstack.swarm.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.plan.ObjectKind;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The secrets, or the configs, that a stack uses and does not make: they are created once, by a person, and outlive
 * every deploy.
 */
public final class ExternalObjects {
    /** Labels a version of an external secret with the name that Compose files know it by. */
    public static final String VERSION_LABEL = "dev.prodstack.secret";

    private final EngineClient engine;
    private final ObjectKind kind;

    /**
     * Those of a cluster.
     *
     * @param kind secrets or configs
     */
    public ExternalObjects(EngineClient engine, ObjectKind kind) {
        this.engine = engine;
        this.kind = kind;
    }

    /** Those of a stack that the cluster does not have, not even a version of. */
    public List<String> missing(Stack stack) {
        Set<String> there = new HashSet<>();
        engine.send(EngineRequest.get(collection())).forEach(object -> {
            JsonNode spec = object.path("Spec");
            there.add(spec.path("Name").asText());
            there.add(spec.path("Labels").path(VERSION_LABEL).asText());
        });
        List<String> names = kind == ObjectKind.SECRET ? stack.externalSecrets() : stack.externalConfigs();
        return names.stream().filter(name -> !there.contains(name)).toList();
    }

    /** Creates one. The engine refuses a name that is taken, so that nothing is ever overwritten. */
    public void create(String name, byte[] content) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("Name", name);
        body.putObject("Labels");
        body.put("Data", Base64.getEncoder().encodeToString(content));
        engine.send(EngineRequest.post(collection(), "create").sending(body));
    }

    private String collection() {
        return kind + "s";
    }
}
