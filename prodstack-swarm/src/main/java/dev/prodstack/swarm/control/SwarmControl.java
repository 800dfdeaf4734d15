package dev.prodstack.swarm.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.cluster.StackControl;
import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.engine.LogFrame;
import dev.prodstack.swarm.engine.LogFrames;
import dev.prodstack.swarm.engine.Trees;
import dev.prodstack.swarm.problem.EngineException;
import dev.prodstack.swarm.state.StackState;
import dev.prodstack.swarm.state.StackStates;
import dev.prodstack.swarm.state.TaskStates;
import dev.prodstack.swarm.status.ServiceStatus;
import dev.prodstack.swarm.status.StackStatuses;
import java.time.Duration;
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
import java.util.stream.Collectors;

/** The services of a swarm, through one of its managers. */
public final class SwarmControl implements StackControl {
    /** Labels a stopped service with the number of replicas that it had. */
    static final String STOPPED = "dev.prodstack.stopped.replicas";

    /** Labels it with the ids of the nodes that its tasks were on: swarms forget tasks of services without any. */
    public static final String STOPPED_ON = "dev.prodstack.stopped.nodes";

    private static final Duration ENDURANCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(400);
    private static final int MOST_TRIES = 10;
    private static final String MODE = "/Mode/Replicated";

    private final EngineClient engine;

    /** Through an engine that is a manager. */
    public SwarmControl(EngineClient engine) {
        this.engine = engine.enduring(ENDURANCE);
    }

    @Override
    public Set<String> stop(String stack, Set<String> services, Duration deadline) {
        Set<String> stopped = new TreeSet<>();
        for (String service : services) {
            JsonNode there = service(stack, service);
            if (there.at("/Spec" + MODE).isObject()) {
                String nodes = nodes(stack, service);
                change(there.path("ID").asText(), spec -> {
                    ObjectNode labels = spec.withObject("/Labels");
                    if (!labels.has(STOPPED)) {
                        labels.put(STOPPED, spec.at(MODE).path("Replicas").asText("1"));
                        labels.put(STOPPED_ON, nodes);
                    }
                    spec.withObject(MODE).put("Replicas", 0);
                });
                stopped.add(service);
            }
        }
        await(deadline, "the tasks of " + String.join(", ", stopped) + " to end", () -> living(stack, stopped));
        return stopped;
    }

    private String nodes(String stack, String service) {
        return StackStates.tasks(engine, List.of(stack + "_" + service)).stream()
                .filter(task -> task.at("/Status/State").asText().equals("running"))
                .map(task -> task.path("NodeID").asText())
                .distinct()
                .sorted()
                .collect(Collectors.joining(","));
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
            if (there.at("/Spec/Labels").has(STOPPED)) {
                change(there.path("ID").asText(), spec -> {
                    ObjectNode labels = spec.withObject("/Labels");
                    int replicas = labels.path(STOPPED).asInt(1);
                    labels.remove(STOPPED);
                    labels.remove(STOPPED_ON);
                    spec.withObject(MODE).put("Replicas", replicas);
                });
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
            if (service.at("/Spec/Labels").has(STOPPED)) {
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
    public void runInside(String stack, String service, String node, List<String> command, Duration deadline) {
        String here = engine.send(EngineRequest.get("info")).at("/Swarm/NodeID").asText();
        JsonNode task = StackStates.tasks(engine, List.of(stack + "_" + service)).stream()
                .filter(its -> its.path("NodeID").asText().equals(node))
                .filter(its -> its.at("/Status/State").asText().equals("running"))
                .findFirst()
                .orElseThrow(() -> new ClusterException("no task of " + service + " runs on the node " + node, null));
        if (!here.equals(node)) {
            throw new ClusterException(
                    "the task of " + service + " is on another node, whose containers this engine cannot enter:"
                            + " place the service on the node of the backup service, or use service: stopped",
                    null);
        }
        String container = task.at("/Status/ContainerStatus/ContainerID").asText();
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("AttachStdout", true).put("AttachStderr", true);
        command.forEach(request.putArray("Cmd")::add);
        String id = engine.send(
                        EngineRequest.post("containers", container, "exec").sending(request))
                .path("Id")
                .asText();
        String output = output(id, deadline);
        JsonNode end = engine.send(EngineRequest.get("exec", id, "json"));
        if (end.path("Running").asBoolean()) {
            throw new ClusterException(
                    String.join(" ", command) + " in " + service + " is not done within " + deadline.toSeconds() + " s",
                    null);
        }
        if (end.path("ExitCode").asInt(1) != 0) {
            throw new ClusterException(
                    String.join(" ", command) + " in " + service + " ended with "
                            + end.path("ExitCode").asInt(1) + ": " + output.strip(),
                    null);
        }
    }

    /** What it prints; reading ends at the deadline, whatever the program does. */
    private String output(String exec, Duration deadline) {
        ObjectNode attached =
                JsonNodeFactory.instance.objectNode().put("Detach", false).put("Tty", false);
        StringBuilder text = new StringBuilder();
        try (LogFrames frames =
                engine.frames(EngineRequest.post("exec", exec, "start").sending(attached))) {
            Thread guard = new Thread(() -> closeAfter(frames, deadline), "exec-deadline");
            guard.setDaemon(true);
            guard.start();
            for (Optional<LogFrame> frame = frames.next(); frame.isPresent(); frame = frames.next()) {
                text.append(frame.get().text());
            }
            guard.interrupt();
        } catch (EngineException e) {
            text.append(e.reason());
        }
        return text.toString();
    }

    private static void closeAfter(LogFrames frames, Duration deadline) {
        try {
            Thread.sleep(deadline.toMillis());
            frames.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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

    /** Changes a specification, whatever else is noted about the service at the same time. */
    private void change(String id, Consumer<ObjectNode> change) {
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
                if (tries == MOST_TRIES || !e.reason().contains("update out of sequence")) {
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
