package dev.prodstack.swarm.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.cluster.ClusterJobs;
import dev.prodstack.core.cluster.JobMount;
import dev.prodstack.core.cluster.JobOrder;
import dev.prodstack.core.cluster.JobResult;
import dev.prodstack.core.cluster.StackControl;
import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.engine.Leaderless;
import dev.prodstack.swarm.engine.Trees;
import dev.prodstack.swarm.problem.EngineException;
import dev.prodstack.swarm.spec.Suspension;
import dev.prodstack.swarm.state.StackState;
import dev.prodstack.swarm.state.StackStates;
import dev.prodstack.swarm.state.TaskStates;
import dev.prodstack.swarm.status.ServiceStatus;
import dev.prodstack.swarm.status.StackStatuses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The services of a swarm, through one of its managers. */
public final class SwarmControl implements StackControl {
    private static final Duration ENDURANCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(400);
    private static final int MOST_TRIES = 10;

    /** Where engines listen on their own nodes. */
    private static final String SOCKET = "/var/run/docker.sock";

    /** What a job takes to be there. */
    private static final Duration STARTING = Duration.ofMinutes(3);

    private final EngineClient engine;
    private final ClusterJobs jobs;

    /**
     * Through an engine that is a manager.
     *
     * @param jobs what runs on other nodes
     */
    public SwarmControl(EngineClient engine, ClusterJobs jobs) {
        this.engine = engine.enduring(ENDURANCE).awaiting(ENDURANCE);
        this.jobs = jobs;
    }

    @Override
    public Set<String> stop(String stack, Set<String> services, Occasion occasion, Duration deadline) {
        Set<String> stopped = new TreeSet<>();
        for (String service : services) {
            JsonNode there = service(stack, service);
            if (there.at("/Spec/Mode/Replicated").isObject()) {
                List<String> nodes = nodes(stack, service);
                change(there.path("ID").asText(), spec -> Suspension.begin(spec, nodes, occasion));
                stopped.add(service);
            }
        }
        await(deadline, "the tasks of " + String.join(", ", stopped) + " to end", () -> living(stack, stopped));
        return stopped;
    }

    private List<String> nodes(String stack, String service) {
        return StackStates.tasks(engine, List.of(stack + "_" + service)).stream()
                .filter(task -> task.at("/Status/State").asText().equals("running"))
                .map(task -> task.path("NodeID").asText())
                .distinct()
                .sorted()
                .toList();
    }

    private Optional<String> living(String stack, Set<String> services) {
        long living = StackStates.tasks(
                        engine,
                        services.stream().map(name -> stack + "_" + name).toList())
                .stream()
                .filter(task -> !TaskStates.hasEnded(task.at("/Status/State").asText()))
                .count();
        return living == 0 ? Optional.empty() : Optional.of(living + " are left");
    }

    @Override
    public void start(String stack, Set<String> services, Duration deadline) {
        for (String service : services) {
            JsonNode there = service(stack, service);
            if (Suspension.of(there.path("Spec")).isPresent()) {
                change(there.path("ID").asText(), Suspension::end);
            }
        }
        await(deadline, String.join(", ", services) + " to be healthy", () -> unwell(stack, services));
    }

    private Optional<String> unwell(String stack, Set<String> services) {
        Map<String, String> troubles = troubles(stack, services);
        return troubles.isEmpty()
                ? Optional.empty()
                : Optional.of(troubles.entrySet().iterator().next().toString().replaceFirst("=", ": "));
    }

    @Override
    public Set<String> stopped(String stack) {
        Set<String> stopped = new TreeSet<>();
        StackStates.services(engine, stack).forEach((name, service) -> {
            if (Suspension.of(service.path("Spec")).isPresent()) {
                stopped.add(name.substring(stack.length() + 1));
            }
        });
        return stopped;
    }

    @Override
    public Map<String, String> troubles(String stack, Set<String> services) {
        Map<String, String> troubles = new TreeMap<>();
        for (ServiceStatus status : StackStatuses.read(engine, stack).services()) {
            if (services.contains(status.name())
                    && !status.mode().isJob()
                    && status.replicas().running() < status.replicas().wanted()) {
                String why = status.troubles().isEmpty()
                        ? ""
                        : ": " + status.troubles().get(0).reason();
                troubles.put(
                        status.name(),
                        status.replicas().running() + " of " + status.replicas().wanted() + " tasks run" + why);
            }
        }
        return troubles;
    }

    @Override
    public void runInside(
            String stack, String service, String node, List<String> command, String image, Duration deadline) {
        String here = engine.send(EngineRequest.get("info")).at("/Swarm/NodeID").asText();
        String container = StackStates.tasks(engine, List.of(stack + "_" + service)).stream()
                .filter(its -> its.path("NodeID").asText().equals(node))
                .filter(its -> its.at("/Status/State").asText().equals("running"))
                .map(task -> task.at("/Status/ContainerStatus/ContainerID").asText())
                .findFirst()
                .orElseThrow(() -> new ClusterException("no task of " + service + " runs on the node " + node, null));
        if (here.equals(node)) {
            new ContainerExec(engine).run(container, command, deadline);
        } else {
            runInsideThere(stack, node, container, command, image, deadline);
        }
    }

    /** Engines enter only their own containers. */
    private void runInsideThere(
            String stack, String node, String container, List<String> command, String image, Duration deadline) {
        List<String> arguments =
                new ArrayList<>(List.of("backup", "inside", "--timeout", deadline.toSeconds() + "s", container, "--"));
        arguments.addAll(command);
        JobResult result = jobs.run(
                new JobOrder(
                        stack,
                        "inside",
                        image,
                        arguments,
                        Optional.of(node),
                        Optional.empty(),
                        Map.of(),
                        "",
                        List.of(new JobMount.OfHost(SOCKET, SOCKET, JobMount.Access.WRITE)),
                        deadline.plus(STARTING)),
                line -> {});
        if (!result.done()) {
            String said = String.join(" ", result.errors()).strip();
            throw new ClusterException(
                    (said.isEmpty() ? result.reason() : said.replaceFirst("^error: ", ""))
                            + (result.node().isEmpty() ? "" : " on " + result.node()),
                    null);
        }
    }

    @Override
    public Data describe(String stack) {
        Map<String, Data> all = new LinkedHashMap<>();
        all.put("stack", Data.of(stack));
        all.put("services", specs(StackStates.services(engine, stack)));
        StackState state = StackStates.read(engine, stack);
        all.put("networks", objects(state.networks()));
        all.put("configs", specs(state.configs()));
        all.put("secrets", specs(state.secrets()));
        ObjectNode nodes = JsonNodeFactory.instance.objectNode();
        StackStates.nodes(engine)
                .values()
                .forEach(node -> nodes.set(node.at("/Description/Hostname").asText(), node.path("Spec")));
        all.put("nodes", Trees.data(nodes));
        return Data.of(all);
    }

    private static Data specs(Map<String, JsonNode> objects) {
        Map<String, Data> specs = new TreeMap<>();
        objects.forEach((name, object) -> specs.put(name, Trees.data(object.path("Spec"))));
        return Data.of(specs);
    }

    private static Data objects(Map<String, JsonNode> objects) {
        Map<String, Data> all = new TreeMap<>();
        objects.forEach((name, object) -> {
            ObjectNode lasting = JsonNodeFactory.instance.objectNode();
            for (String field :
                    List.of("Name", "Driver", "IPAM", "Internal", "Attachable", "EnableIPv6", "Options", "Labels")) {
                lasting.set(field, object.path(field));
            }
            all.put(name, Trees.data(lasting));
        });
        return Data.of(all);
    }

    private JsonNode service(String stack, String name) {
        try {
            return engine.send(EngineRequest.get("services", stack + "_" + name));
        } catch (EngineException e) {
            if (e.status().orElse(0) == 404) {
                throw new ClusterException("stack " + stack + " has no service " + name + ": deploy it first", e);
            }
            throw e;
        }
    }

    /**
     * Changes a specification, whatever else is noted about the service at the same time, and also if managers choose a
     * leader meanwhile: where the change was carried out although nobody said so, there is none to make any more.
     */
    private void change(String id, Consumer<ObjectNode> change) {
        long begun = System.nanoTime();
        for (int tries = 1; ; tries++) {
            JsonNode service = engine.send(EngineRequest.get("services", id));
            ObjectNode spec = service.path("Spec").deepCopy();
            change.accept(spec);
            if (spec.equals(service.path("Spec"))) {
                return;
            }
            try {
                engine.send(EngineRequest.post("services", id, "update")
                        .with("version", service.at("/Version/Index").asText())
                        .sending(spec));
                return;
            } catch (EngineException e) {
                boolean passes = Leaderless.is(e) || e.kind() == EngineException.Kind.UNANSWERED;
                if (passes && System.nanoTime() - begun < ENDURANCE.toNanos()) {
                    Leaderless.pause();
                } else if (tries >= MOST_TRIES || !e.reason().contains("update out of sequence")) {
                    throw e;
                }
            }
        }
    }

    private static void await(Duration deadline, String what, Supplier<Optional<String>> missing) {
        long begun = System.nanoTime();
        for (Optional<String> left = missing.get(); left.isPresent(); left = missing.get()) {
            if (System.nanoTime() - begun > deadline.toNanos()) {
                throw new ClusterException(
                        "waited " + deadline.toSeconds() + " s for " + what + ": " + left.get(), null);
            }
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while waiting for " + what);
            }
        }
    }
}
