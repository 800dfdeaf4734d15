package dev.prodstack.swarm.planning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.plan.PlanOptions;
import dev.prodstack.swarm.plan.PlanOptions.ImageResolution;
import dev.prodstack.swarm.plan.PlanOptions.Orphans;
import dev.prodstack.swarm.state.StackState;
import java.util.LinkedHashMap;
import java.util.Map;

/** What it would take from one wish to another, were the first one exactly what is there. */
public final class ReleaseComparison {
    private ReleaseComparison() {}

    /** The plan from the one to the other; for showing, not for applying. */
    public static Plan between(Wishes before, Wishes after) {
        return Planner.plan(after, state(before), new PlanOptions(ImageResolution.NEVER, Orphans.REMOVE));
    }

    private static StackState state(Wishes wishes) {
        Map<String, JsonNode> services = new LinkedHashMap<>();
        wishes.services().forEach(wish -> {
            ObjectNode spec = wish.spec().deepCopy();
            Replicas.remember(spec, wish.autoscaled());
            services.put(wish.name(), object("ID", wish.name(), spec));
        });
        Map<String, JsonNode> networks = new LinkedHashMap<>();
        wishes.networks()
                .values()
                .forEach(body -> networks.put(body.path("Name").asText(), body));
        Map<String, JsonNode> secrets = new LinkedHashMap<>();
        wishes.secrets().forEach(wish -> named(secrets, wish.key(), wish.body()));
        Map<String, JsonNode> configs = new LinkedHashMap<>();
        wishes.configs().forEach(wish -> named(configs, wish.key(), wish.body()));
        return new StackState(wishes.stack(), services, networks, secrets, configs);
    }

    private static void named(Map<String, JsonNode> objects, String key, ObjectNode body) {
        ObjectNode spec = body.deepCopy();
        spec.withObject("/Labels").put(Planner.KEY_LABEL, key);
        objects.put(spec.path("Name").asText(), object("ID", spec.path("Name").asText(), spec));
    }

    private static ObjectNode object(String field, String id, ObjectNode spec) {
        ObjectNode object = JsonNodeFactory.instance.objectNode().put(field, id);
        object.set("Spec", spec);
        return object;
    }
}
