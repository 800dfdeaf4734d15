package dev.prodstack.swarm.prepare;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.stack.Payload;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.Trees;
import dev.prodstack.swarm.plan.Change.CreateSecret;
import dev.prodstack.swarm.plan.Obstacle;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.planning.Adjustments;
import dev.prodstack.swarm.secret.ExternalObjects;
import dev.prodstack.swarm.state.StackStates;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the plan that gives external secrets new values: new versions of them, and services led to these. */
public final class Rotation {
    private Rotation() {}

    /**
     * Makes the plan.
     *
     * @param files the files with the new values, by the names that Compose files know the secrets by
     * @throws dev.prodstack.swarm.problem.EngineException if the engine does not answer or is no manager
     */
    public static Plan plan(EngineClient engine, String stack, Map<String, String> files) {
        ClusterObjects secrets = ClusterObjects.read(engine, "secrets");
        SecureRandom random = new SecureRandom();
        List<CreateSecret> created = new ArrayList<>();
        Map<String, String> successors = new HashMap<>();
        List<Obstacle> obstacles = new ArrayList<>();
        files.forEach((name, file) -> {
            Optional<String> now = secrets.external(name);
            if (now.isEmpty()) {
                obstacles.add(new Obstacle(
                        "secret " + name, "there is no such external secret", "prodstack init-secrets creates it"));
                return;
            }
            String next = ObjectName.ofChance(name, random);
            ObjectNode body = JsonNodeFactory.instance.objectNode().put("Name", next);
            body.putObject("Labels").put(ExternalObjects.VERSION_LABEL, name);
            created.add(new CreateSecret(name, next, now, Trees.data(body), new Payload.FromFile(file)));
            secrets.versions(name).forEach(version -> successors.put(version, next));
        });
        return Adjustments.rotation(StackStates.read(engine, stack), created, successors, obstacles);
    }
}
