package dev.prodstack.swarm.secret;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.stack.Payload;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.plan.ObjectKind;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

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

    /** The names in the cluster of those that a stack uses, in the order of the file. */
    public List<String> of(Stack stack) {
        Stream<String> names = kind == ObjectKind.SECRET
                ? stack.secrets().values().stream()
                        .filter(secret -> secret.source() instanceof Payload.External)
                        .map(secret -> secret.name().orElse(secret.key()))
                : stack.configs().values().stream()
                        .filter(config -> config.source() instanceof Payload.External)
                        .map(config -> config.name().orElse(config.key()));
        return names.distinct().toList();
    }

    /** Those of a stack that the cluster does not have. */
    public List<String> missing(Stack stack) {
        Set<String> there = new HashSet<>();
        engine.send(EngineRequest.get(collection()))
                .forEach(object -> there.add(object.path("Spec").path("Name").asText()));
        return of(stack).stream().filter(name -> !there.contains(name)).toList();
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
