package dev.prodstack.swarm.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.node.NodeOutcome.Ending;
import dev.prodstack.swarm.node.NodePlan.Affected;
import dev.prodstack.swarm.node.NodePlan.Availability;
import dev.prodstack.swarm.plan.Obstacle;
import dev.prodstack.swarm.problem.EngineException;
import dev.prodstack.swarm.state.StackStates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/** The nodes of a swarm, reached through one of its managers. */
public final class Nodes {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final String NOWHERE = "no suitable node";

    private final EngineClient engine;

    /** Those of a cluster. */
    @SuppressWarnings("exports") // Who embeds prodstack goes through Swarm.
    public Nodes(EngineClient engine) {
        this.engine = engine;
    }

    /**
     * The host names of all nodes.
     *
     * @throws EngineException if the engine does not answer or is no manager
     */
    public List<String> names() {
        return StackStates.nodes(engine).values().stream().map(Nodes::hostname).toList();
    }

    /**
     * The host name of the manager that leads; nothing while there is none.
     *
     * @throws EngineException if the engine does not answer or is no manager
     */
    public Optional<String> leader() {
        return StackStates.nodes(engine).values().stream()
                .filter(node -> node.at("/ManagerStatus/Leader").asBoolean())
                .map(Nodes::hostname)
                .findFirst();
    }

    /**
     * What a change of a node's availability would do.
     *
     * @param name a node's host name or id
     * @return the plan; nothing if there is no such node
     * @throws EngineException if the engine does not answer or is no manager
     */
    public Optional<NodePlan> plan(String name, Availability to) {
        return find(name).map(node -> plan(node, to));
    }

    private Optional<JsonNode> find(String name) {
        return StackStates.nodes(engine).values().stream()
                .filter(node -> hostname(node).equals(name) || id(node).equals(name))
                .findFirst();
    }

    private NodePlan plan(JsonNode node, Availability to) {
        List<Affected> affected = affected(id(node));
        List<Obstacle> warnings = new ArrayList<>();
        if (to == Availability.DRAIN) {
            affected.stream()
                    .filter(service -> service.elsewhere() == 0)
                    .forEach(service -> warnings.add(new Obstacle(
                            "service " + service.service(),
                            "all of its tasks run there: it does not serve until they run elsewhere",
                            "to keep it serving, scale it so that tasks run elsewhere too")));
        }
        return new NodePlan(hostname(node), id(node), availability(node), to, affected, warnings);
    }

    private List<Affected> affected(String node) {
        Map<String, long[]> counts = new LinkedHashMap<>();
        for (JsonNode task : runningTasks()) {
            long[] count = counts.computeIfAbsent(task.path("ServiceID").asText(), its -> new long[2]);
            count[task.path("NodeID").asText().equals(node) ? 0 : 1]++;
        }
        List<Affected> affected = new ArrayList<>();
        for (JsonNode service : engine.send(EngineRequest.get("services"))) {
            long[] count = counts.getOrDefault(service.path("ID").asText(), new long[2]);
            if (count[0] > 0) {
                JsonNode spec = service.path("Spec");
                affected.add(new Affected(
                        spec.path("Name").asText(),
                        spec.path("Labels").path(StackStates.NAMESPACE).asText(),
                        count[0],
                        count[1]));
            }
        }
        return affected;
    }

    private List<JsonNode> runningTasks() {
        List<JsonNode> running = new ArrayList<>();
        engine.send(EngineRequest.get("tasks")).forEach(task -> {
            if (task.path("Status").path("State").asText().equals("running")) {
                running.add(task);
            }
        });
        return running;
    }

    /**
     * Gives a node its availability, and waits: after a drain until no task runs there and those services that had
     * tasks there have as many as wanted elsewhere.
     *
     * @param listener is told what is waited for, whenever that changes
     * @throws EngineException if the engine does not answer or refuses
     * @throws CancellationException if this thread is interrupted; what was begun goes on
     */
    public NodeOutcome apply(NodePlan plan, Duration deadline, Consumer<String> listener) {
        long begun = System.nanoTime();
        set(plan);
        String last = "";
        while (true) {
            Waiting waiting = look(plan);
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            if (waiting.message().isEmpty()) {
                return new NodeOutcome(Ending.DONE, "", took);
            }
            if (waiting.inVain()) {
                return new NodeOutcome(Ending.NOWHERE_TO_GO, waiting.message(), took);
            }
            if (took.compareTo(deadline) >= 0) {
                return new NodeOutcome(Ending.TIMED_OUT, waiting.message(), took);
            }
            if (!waiting.message().equals(last)) {
                last = waiting.message();
                listener.accept(last);
            }
            pause();
        }
    }

    private void set(NodePlan plan) {
        JsonNode node = engine.send(EngineRequest.get("nodes", plan.id()));
        ObjectNode spec = node.path("Spec").deepCopy();
        spec.put("Availability", plan.to().toString());
        engine.send(EngineRequest.post("nodes", plan.id(), "update")
                .with("version", node.at("/Version/Index").asText())
                .sending(spec));
    }

    private record Waiting(String message, boolean inVain) {}

    private Waiting look(NodePlan plan) {
        if (plan.to() == Availability.ACTIVE) {
            String state = engine.send(EngineRequest.get("nodes", plan.id()))
                    .at("/Status/State")
                    .asText();
            return new Waiting(state.equals("ready") ? "" : plan.node() + " is " + state, false);
        }
        List<String> missing = new ArrayList<>();
        Set<String> services = new HashSet<>();
        for (JsonNode service : engine.send(EngineRequest.get("services").with("status", "true"))) {
            services.add(service.path("ID").asText());
            String name = service.at("/Spec/Name").asText();
            JsonNode status = service.path("ServiceStatus");
            boolean had = plan.affected().stream().anyMatch(its -> its.service().equals(name));
            if (had
                    && status.path("RunningTasks").asLong()
                            < status.path("DesiredTasks").asLong()) {
                missing.add(name);
            }
        }
        // Swarm lets the task of a job run on whose service was removed, also on a drained node.
        long here = runningTasks().stream()
                .filter(task -> task.path("NodeID").asText().equals(plan.id()))
                .filter(task -> services.contains(task.path("ServiceID").asText()))
                .count();
        Optional<String> stuck = missing.isEmpty() ? Optional.empty() : nowhere(missing);
        String words = (here == 0 ? "" : here + " still on " + plan.node() + (missing.isEmpty() ? "" : "; "))
                + (missing.isEmpty() ? "" : "not all running elsewhere yet: " + String.join(", ", missing));
        return new Waiting(stuck.orElse(words), stuck.isPresent() && here == 0);
    }

    private Optional<String> nowhere(List<String> services) {
        for (JsonNode task : StackStates.tasks(engine, services)) {
            String error = task.path("Status").path("Err").asText();
            if (task.path("Status").path("State").asText().equals("pending") && error.startsWith(NOWHERE)) {
                String service = engine.send(EngineRequest.get(
                                "services", task.path("ServiceID").asText()))
                        .at("/Spec/Name")
                        .asText();
                return Optional.of(service + " has nowhere to go: " + error);
            }
        }
        return Optional.empty();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("interrupted");
            cancelled.initCause(e);
            throw cancelled;
        }
    }

    private static String hostname(JsonNode node) {
        return node.at("/Description/Hostname").asText();
    }

    private static String id(JsonNode node) {
        return node.path("ID").asText();
    }

    private static String availability(JsonNode node) {
        return node.at("/Spec/Availability").asText();
    }
}
