package dev.prodstack.swarm.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.cluster.ClusterJobs.Node;
import dev.prodstack.core.cluster.TrialStacks;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.planning.Planner;
import dev.prodstack.swarm.problem.EngineException;
import dev.prodstack.swarm.progress.DeployEvent;
import dev.prodstack.swarm.progress.DeployOptions;
import dev.prodstack.swarm.progress.DeployOutcome;
import dev.prodstack.swarm.state.StackState;
import dev.prodstack.swarm.state.StackStates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Trials on a swarm, through one of its managers. */
public final class SwarmTrials implements TrialStacks {
    private static final Duration REMOVAL = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int MOST_TRIES = 120;
    private static final String SERVICE = "com.docker.swarm.service.name";

    private final EngineClient engine;
    private final Deploys deploys;

    /** How stacks are deployed and removed. */
    public interface Deploys {
        /** What a deploy would do, without asking registries. */
        Plan plan(Stack stack);

        /** What a removal would do. */
        Plan planRemoval(String stack);

        /** Applies a plan. */
        DeployOutcome apply(Plan plan, DeployOptions options, Consumer<DeployEvent> events);

        /** Forgets what the cluster remembers of deploys. */
        void forget(String stack);
    }

    /** Through an engine that is a manager. */
    public SwarmTrials(EngineClient engine, Deploys deploys) {
        this.engine = engine;
        this.deploys = deploys;
    }

    @Override
    public Node here() {
        JsonNode info = engine.send(EngineRequest.get("info"));
        return new Node(info.at("/Swarm/NodeID").asText(), info.path("Name").asText());
    }

    @Override
    public Running running(String stack) {
        StackState state = StackStates.read(engine, stack);
        Map<String, String> images = new TreeMap<>();
        state.services()
                .forEach((name, service) -> images.put(
                        name.substring(stack.length() + 1),
                        service.at("/Spec/TaskTemplate/ContainerSpec/Image").asText()));
        return new Running(images, newest(stack, state.secrets()), newest(stack, state.configs()));
    }

    private static Map<String, String> newest(String stack, Map<String, JsonNode> objects) {
        Map<String, JsonNode> newest = new HashMap<>();
        objects.forEach((name, object) -> {
            String label = object.at("/Spec/Labels").path(Planner.KEY_LABEL).asText();
            String key = label.isEmpty() ? name.replaceFirst("^\\Q" + stack + "\\E_", "") : label;
            newest.merge(key, object, (one, other) -> created(one).compareTo(created(other)) < 0 ? other : one);
        });
        return newest.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().at("/Spec/Name").asText()));
    }

    private static String created(JsonNode object) {
        return object.path("CreatedAt").asText();
    }

    @Override
    public void create(Stack trial, Duration deadline, Consumer<String> events) {
        Plan plan = deploys.plan(trial);
        if (!plan.obstacles().isEmpty()) {
            throw new ClusterException(
                    plan.obstacles().stream()
                            .map(obstacle -> obstacle.subject() + ": " + obstacle.message())
                            .collect(Collectors.joining("; ")),
                    null);
        }
        DeployOptions options = DeployOptions.standard().within(deadline).onFailure(DeployOptions.OnFailure.LEAVE);
        DeployOutcome outcome = deploys.apply(plan, options, event -> tell(event, events));
        if (outcome.ending() != DeployOutcome.Ending.DONE) {
            throw new ClusterException(
                    outcome.failures().isEmpty()
                            ? outcome.message()
                            : outcome.failures().stream()
                                    .map(failure -> failure.service() + ": " + failure.message())
                                    .collect(Collectors.joining("; ")),
                    null);
        }
    }

    private static void tell(DeployEvent event, Consumer<String> events) {
        if (event instanceof DeployEvent.Settled settled) {
            events.accept(settled.service() + " runs, after " + settled.took().toSeconds() + " s");
        }
    }

    @Override
    public void remove(String trial) {
        StackState state = StackStates.read(engine, trial);
        List<String> others = state.services().entrySet().stream()
                .filter(service -> !service.getValue()
                        .at("/Spec/Labels")
                        .path(LABEL)
                        .asText()
                        .equals(trial))
                .map(Map.Entry::getKey)
                .toList();
        if (!others.isEmpty()) {
            throw new ClusterException(
                    "the stack " + trial + " is no trial (" + String.join(", ", others)
                            + "), so nothing of it is removed: rename it, as drills use that name",
                    null);
        }
        removeObjects(trial);
        for (String volume : volumes(LABEL + "=" + trial).keySet()) {
            removeVolume(volume);
        }
        deploys.forget(trial);
    }

    private void removeObjects(String trial) {
        Plan plan = deploys.planRemoval(trial);
        if (plan.isEmpty()) {
            return;
        }
        awaitJobs(trial);
        DeployOutcome outcome = deploys.apply(plan, DeployOptions.standard().within(REMOVAL), event -> {});
        if (outcome.ending() != DeployOutcome.Ending.DONE) {
            throw new ClusterException(
                    "the stack " + trial + " could not be removed: " + outcome.message()
                            + ". Remove it with prodstack rm --stack " + trial + " --confirm " + trial,
                    null);
        }
    }

    /**
     * Jobs that were ended a moment ago are attached to the networks still. A network that is removed under a container
     * leaves a part behind on the node, which nobody can remove.
     */
    private void awaitJobs(String trial) {
        for (int tries = 1; tries < MOST_TRIES && jobsRun(trial); tries++) {
            pause();
        }
    }

    private boolean jobsRun(String trial) {
        for (JsonNode container : engine.send(EngineRequest.get("containers", "json"))) {
            if (container.path("Labels").path(SERVICE).asText().startsWith("prodstack-" + trial + "-")) {
                return true;
            }
        }
        return false;
    }

    private void removeVolume(String volume) {
        for (int tries = 1; ; tries++) {
            try {
                removeEndedTasks(volume);
                engine.send(EngineRequest.delete("volumes", volume));
                return;
            } catch (EngineException e) {
                if (e.status().orElse(0) == 404) {
                    return;
                }
                if (tries == MOST_TRIES) {
                    throw new ClusterException(
                            "the volume " + volume + " could not be removed: " + e.reason()
                                    + ". Remove it with docker volume rm " + volume,
                            e);
                }
            }
            pause();
        }
    }

    /** Swarms keep containers of ended tasks for a while, which hold volumes. */
    private void removeEndedTasks(String volume) {
        ObjectNode filters = JsonNodeFactory.instance.objectNode();
        filters.putArray("volume").add(volume);
        filters.putArray("status").add("exited").add("dead").add("created");
        for (JsonNode container : engine.send(
                EngineRequest.get("containers", "json").with("all", "true").with("filters", filters.toString()))) {
            engine.send(EngineRequest.delete("containers", container.path("Id").asText()));
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while a stack was removed");
        }
    }

    private Map<String, JsonNode> volumes(String label) {
        Map<String, JsonNode> found = new TreeMap<>();
        engine.send(EngineRequest.get("volumes").labelled(label))
                .path("Volumes")
                .forEach(volume -> found.put(volume.path("Name").asText(), volume));
        return found;
    }

    @Override
    public Reach reach(String stack) {
        Map<String, String> names = new HashMap<>();
        engine.send(EngineRequest.get("networks"))
                .forEach(network -> names.put(
                        network.path("Id").asText(), network.path("Name").asText()));
        Set<String> networks = new TreeSet<>();
        Set<String> volumes = new TreeSet<>();
        Set<String> directories = new TreeSet<>();
        List<String> ports = new ArrayList<>();
        StackStates.services(engine, stack).forEach((name, service) -> {
            service.at("/Spec/TaskTemplate/Networks")
                    .forEach(network -> networks.add(names.getOrDefault(
                            network.path("Target").asText(),
                            network.path("Target").asText())));
            service.at("/Spec/TaskTemplate/ContainerSpec/Mounts").forEach(mount -> {
                String source = mount.path("Source").asText("");
                switch (mount.path("Type").asText()) {
                    case "volume", "cluster" -> volumes.add(source);
                    case "bind", "npipe" -> directories.add(source);
                    default -> {}
                }
            });
            service.at("/Spec/EndpointSpec/Ports")
                    .forEach(port ->
                            ports.add(name + ":" + port.path("PublishedPort").asText()));
        });
        volumes.remove("");
        return new Reach(networks, volumes, directories, ports);
    }

    @Override
    public Map<String, String> state(String stack) {
        Map<String, String> state = new TreeMap<>();
        StackState there = StackStates.read(engine, stack);
        there.services()
                .forEach((name, service) -> state.put(
                        "service " + name,
                        Fingerprint.of(
                                service.path("ID"),
                                service.at("/Spec/TaskTemplate"),
                                service.at("/Spec/EndpointSpec"))));
        there.networks()
                .forEach((name, network) ->
                        state.put("network " + name, Fingerprint.of(network.path("Id"), network.path("Options"))));
        // When a volume was made cannot be told: engines take the time of its directory for that.
        volumes(StackStates.NAMESPACE + "=" + stack)
                .forEach((name, volume) -> state.put(
                        "volume " + name,
                        Fingerprint.of(volume.path("Mountpoint"), volume.path("Options"), volume.path("Labels"))));
        return state;
    }
}
