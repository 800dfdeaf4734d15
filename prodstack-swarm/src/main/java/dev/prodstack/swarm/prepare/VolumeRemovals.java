package dev.prodstack.swarm.prepare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.plan.Change.Remove;
import dev.prodstack.swarm.plan.ObjectKind;
import dev.prodstack.swarm.spec.Namespace;
import dev.prodstack.swarm.state.StackStates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The volumes that go because somebody named them. Only those of the engine's own node can be seen and removed. */
final class VolumeRemovals {
    private final EngineClient engine;
    private final String stack;
    private final Set<String> kept;
    private final Namespace namespace;
    private final Remarks remarks;

    private VolumeRemovals(EngineClient engine, String stack, Set<String> kept, Remarks remarks) {
        this.engine = engine;
        this.stack = stack;
        this.kept = kept;
        this.namespace = new Namespace(stack);
        this.remarks = remarks;
    }

    /** Of a stack whose file still has some. */
    static VolumeRemovals beside(Stack stack, EngineClient engine, Remarks remarks) {
        Namespace namespace = new Namespace(stack.name());
        Set<String> inFile = stack.volumes().values().stream()
                .map(volume -> volume.name().orElseGet(() -> namespace.scoped(volume.key())))
                .collect(Collectors.toSet());
        return new VolumeRemovals(engine, stack.name(), inFile, remarks);
    }

    /** Of a stack that goes as a whole. */
    static VolumeRemovals with(String stack, EngineClient engine, Remarks remarks) {
        return new VolumeRemovals(engine, stack, Set.of(), remarks);
    }

    List<Remove> of(List<String> named) {
        if (named.isEmpty()) {
            return List.of();
        }
        Set<String> there = there();
        List<Remove> removals = new ArrayList<>();
        named.stream().distinct().forEach(name -> removal(name, there).ifPresent(removals::add));
        return removals;
    }

    private Set<String> there() {
        Set<String> names = new TreeSet<>();
        for (JsonNode volume : engine.send(EngineRequest.get("volumes").labelled(StackStates.NAMESPACE + "=" + stack))
                .path("Volumes")) {
            names.add(volume.path("Name").asText());
        }
        return names;
    }

    private Optional<Remove> removal(String name, Set<String> there) {
        String full = there.contains(name) ? name : namespace.scoped(name);
        if (kept.contains(full)) {
            remarks.obstacle("volume " + name, "it is still in the file", "take it out of the file, or keep it");
            return Optional.empty();
        }
        if (!there.contains(full)) {
            remarks.obstacle(
                    "volume " + name,
                    "the node of this engine has no such volume of the stack",
                    there.isEmpty() ? "it has none" : "it has " + String.join(", ", there));
            return Optional.empty();
        }
        return Optional.of(
                new Remove(ObjectKind.VOLUME, name, full, full, "with all it holds; other nodes keep theirs"));
    }
}
