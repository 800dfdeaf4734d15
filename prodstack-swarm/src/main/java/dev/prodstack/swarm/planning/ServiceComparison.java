package dev.prodstack.swarm.planning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.swarm.engine.Trees;
import dev.prodstack.swarm.plan.Change.UpdateService;
import dev.prodstack.swarm.plan.Difference;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.plan.ReplicaChoice;
import dev.prodstack.swarm.plan.TaskEffect;
import dev.prodstack.swarm.planning.Wishes.ServiceWish;
import dev.prodstack.swarm.spec.Canonical;
import dev.prodstack.swarm.spec.Overlay;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A service as it is wished for beside the service as it is. */
final class ServiceComparison {
    private final ServiceWish wish;
    private final JsonNode service;
    private final ObjectNode before;
    private final ObjectNode after;
    private final ReplicaChoice replicas;
    private final List<Difference> differences;

    ServiceComparison(ServiceWish wish, JsonNode service, Map<String, String> networkNames) {
        this.wish = wish;
        this.service = service;
        this.before = service.path("Spec").deepCopy();
        ObjectNode wished = wish.spec().deepCopy();
        this.replicas = Replicas.choose(wished, before, wish.autoscaled());
        this.after = Overlay.of(before, wished, networkNames);
        this.differences = Differences.between(Canonical.of(before, networkNames), Canonical.of(after, networkNames));
    }

    Plan.Unchanged unchanged() {
        return new Plan.Unchanged(wish.key(), wish.name(), service.path("ID").asText(), replicas);
    }

    Optional<UpdateService> change() {
        if (differences.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new UpdateService(
                wish.key(),
                wish.name(),
                service.path("ID").asText(),
                service.path("Version").path("Index").asLong(),
                Trees.data(before),
                Trees.data(after),
                differences,
                effect(),
                replicas,
                wish.after()));
    }

    /**
     * What the orchestrator will do: tasks are replaced if their template or the endpoint differs. Constraints alone
     * move only tasks whose node no longer fits.
     */
    private TaskEffect effect() {
        List<String> because = differences.stream()
                .filter(difference -> difference.field().startsWith("TaskTemplate.")
                        || difference.field().startsWith("EndpointSpec."))
                .filter(difference -> !difference.field().startsWith("TaskTemplate.Placement."))
                .map(Difference::label)
                .toList();
        Optional<Long> to = Replicas.count(after);
        if (!because.isEmpty()) {
            return replacement(after, because);
        }
        Optional<Long> from = Replicas.count(before);
        return from.isPresent() && to.isPresent() && !from.equals(to)
                ? new TaskEffect.Scale(from.get(), to.get())
                : TaskEffect.None.NONE;
    }

    /** All tasks are replaced, at the pace that a specification gives. */
    static TaskEffect replacement(JsonNode spec, List<String> because) {
        JsonNode pace = spec.path("UpdateConfig");
        return new TaskEffect.Replace(
                Replicas.count(spec),
                pace.path("Parallelism").asLong(1),
                pace.path("Order").asText("stop-first"),
                because);
    }
}
