package dev.prodstack.swarm.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.cluster.ClusterJobs;
import dev.prodstack.core.cluster.JobOrder;
import dev.prodstack.core.cluster.JobResult;
import dev.prodstack.core.cluster.JobResult.Ending;
import dev.prodstack.core.cluster.Uninterruptibly;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.problem.EngineException;
import dev.prodstack.swarm.state.StackStates;
import dev.prodstack.swarm.state.TaskStates;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Jobs on a swarm, through one of its managers. */
public final class SwarmJobs implements ClusterJobs {
    private static final Duration ENDURANCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(400);
    private static final Duration LONG_PAUSE = Duration.ofSeconds(2);
    private static final Duration UNPLACED = Duration.ofSeconds(45);
    private static final Duration LOST = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final int MOST_LOOKS_FOR_LOGS = 20;

    /** Engines before 27 take 500 kB. */
    private static final int MOST_BYTES = 400_000;

    private final EngineClient engine;
    private final Function<String, Optional<String>> registryAuth;

    /**
     * Through an engine that is a manager.
     *
     * @param registryAuth what nodes pull an image with
     */
    public SwarmJobs(EngineClient engine, Function<String, Optional<String>> registryAuth) {
        this.engine = engine.enduring(ENDURANCE).awaiting(ENDURANCE);
        this.registryAuth = registryAuth;
    }

    @Override
    public JobResult run(JobOrder order, Consumer<String> lines) {
        String name = "prodstack-" + order.stack() + "-" + order.purpose() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        // The name of a service is a label of DNS.
        String shortened = name.length() > 63 ? "prodstack-" + name.substring(name.length() - 50) : name;
        Instant until = Instant.now().plus(order.deadline());
        Map<String, String> inputs = new LinkedHashMap<>();
        try {
            createInputs(order, shortened, until, inputs);
            create(order, shortened, until, inputs);
            return follow(order, shortened, lines);
        } finally {
            Uninterruptibly.run(() -> remove(shortened, List.copyOf(inputs.values())));
        }
    }

    private void createInputs(JobOrder order, String name, Instant until, Map<String, String> created) {
        byte[] input = order.input().getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < input.length; from += MOST_BYTES) {
            byte[] piece = Arrays.copyOfRange(input, from, Math.min(input.length, from + MOST_BYTES));
            ObjectNode config = JsonNodeFactory.instance.objectNode();
            String its = name + "-" + from / MOST_BYTES;
            config.put("Name", its);
            JobSpec.labels(config, order, until);
            config.put("Data", Base64.getEncoder().encodeToString(piece));
            created.put(
                    its,
                    engine.send(EngineRequest.post("configs", "create").sending(config))
                            .path("ID")
                            .asText());
        }
    }

    private void create(JobOrder order, String name, Instant until, Map<String, String> inputs) {
        List<JsonNode> secrets = new ArrayList<>();
        if (!order.secrets().isEmpty()) {
            engine.send(EngineRequest.get("secrets")).forEach(secrets::add);
        }
        ObjectNode spec = JobSpec.of(order, name, until, StackStates.services(engine, order.stack()), secrets, inputs);
        EngineRequest request = EngineRequest.post("services", "create").sending(spec);
        engine.send(registryAuth
                .apply(order.image())
                .map(login -> request.header("X-Registry-Auth", login))
                .orElse(request));
    }

    private JobResult follow(JobOrder order, String name, Consumer<String> lines) {
        JobLog log = new JobLog(engine, name);
        Thread reader = new Thread(() -> log.follow(lines), "job-log");
        reader.setDaemon(true);
        reader.start();
        try {
            return end(order, name, log);
        } finally {
            log.close();
        }
    }

    private JobResult end(JobOrder order, String name, JobLog log) {
        long begun = System.nanoTime();
        long lostAt = 0;
        while (true) {
            Optional<JsonNode> task = task(name);
            String state = task.map(its -> its.at("/Status/State").asText()).orElse("new");
            Duration past = Duration.ofNanos(System.nanoTime() - begun);
            if (TaskStates.hasEnded(state)) {
                return ended(task.orElseThrow(), log);
            }
            String error = task.map(its -> its.at("/Status/Err").asText("")).orElse("");
            if (state.equals("pending") && !error.isEmpty() && past.compareTo(UNPLACED) > 0) {
                return failed(Ending.FAILED, "no node takes it: " + error, "", log);
            }
            if (past.compareTo(order.deadline()) > 0) {
                String waited = state.equals("running") ? "it was running" : "it was " + state + " " + error;
                return failed(
                        Ending.TIMED_OUT,
                        "not done within " + order.deadline().toSeconds() + " s: " + waited.strip(),
                        task.map(this::node).orElse(""),
                        log);
            }
            lostAt = task.isPresent() && isDown(task.get()) ? (lostAt == 0 ? System.nanoTime() : lostAt) : 0;
            if (lostAt != 0 && System.nanoTime() - lostAt > LOST.toNanos()) {
                return new JobResult(
                        Ending.FAILED,
                        0,
                        "its node is down; it was " + state,
                        node(task.orElseThrow()),
                        List.of(),
                        List.of());
            }
            // Who waits for hours need not ask twice a second.
            pause(past.compareTo(UNPLACED) < 0 ? PAUSE : LONG_PAUSE);
        }
    }

    private static void pause() {
        pause(PAUSE);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while a job was running, which was ended");
        }
    }

    private Optional<JsonNode> task(String service) {
        return StackStates.tasks(engine, List.of(service)).stream()
                .max(Comparator.comparing(task -> task.path("CreatedAt").asText()));
    }

    private boolean isDown(JsonNode task) {
        String node = task.path("NodeID").asText("");
        return !node.isEmpty()
                && engine.send(EngineRequest.get("nodes", node))
                        .at("/Status/State")
                        .asText()
                        .equals("down");
    }

    private String node(JsonNode task) {
        String id = task.path("NodeID").asText("");
        if (id.isEmpty()) {
            return "";
        }
        return engine.send(EngineRequest.get("nodes", id))
                .at("/Description/Hostname")
                .asText(id);
    }

    private JobResult ended(JsonNode task, JobLog log) {
        int code = task.at("/Status/ContainerStatus/ExitCode").asInt();
        boolean done = task.at("/Status/State").asText().equals("complete");
        boolean ran = !task.at("/Status/ContainerStatus/ContainerID").asText("").isEmpty();
        // The end of a task may be known before the last of its lines is.
        List<String> lines = ran ? output(log, done) : List.of();
        List<String> errors = ran && !done ? errors(log) : List.of();
        String reason = done ? "" : task.at("/Status/Err").asText("it was ended from outside");
        return new JobResult(done ? Ending.DONE : Ending.FAILED, code, reason, node(task), lines, errors);
    }

    private List<String> output(JobLog log, boolean expected) {
        for (int looks = 1; ; looks++) {
            List<String> lines = read(log::output);
            if (!lines.isEmpty() || !expected || looks == MOST_LOOKS_FOR_LOGS) {
                return lines;
            }
            pause();
        }
    }

    private JobResult failed(Ending ending, String reason, String node, JobLog log) {
        return new JobResult(ending, 0, reason, node, read(log::output), errors(log));
    }

    private static List<String> errors(JobLog log) {
        return read(log::errors);
    }

    /** A log that cannot be read does not hide how the job ended. */
    private static List<String> read(Supplier<List<String>> log) {
        try {
            return log.get();
        } catch (EngineException e) {
            return List.of("(its log cannot be read: " + e.reason() + ")");
        }
    }

    private void remove(String service, List<String> configs) {
        stop(service);
        Uninterruptibly.run(() -> {
            delete(EngineRequest.delete("services", service));
            configs.forEach(config -> delete(EngineRequest.delete("configs", config)));
        });
    }

    /** Who is interrupted while it waits has the job removed at once. */
    private void stop(String service) {
        try {
            new JobStop(engine).stop(service);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What cannot be removed now is an orphan, which is found by its labels. */
    private void delete(EngineRequest request) {
        for (int tries = 0; tries < 10; tries++) {
            try {
                engine.send(request);
                return;
            } catch (EngineException e) {
                // A config is in use for a moment after its service is gone.
                if (e.status().orElse(0) == 404 || e.kind() != EngineException.Kind.REFUSED) {
                    return;
                }
                pause();
            }
        }
    }

    @Override
    public List<Node> nodesWith(String stack, String volume) {
        Map<String, JsonNode> nodes = StackStates.nodes(engine);
        return Volumes.nodes(volume, StackStates.services(engine, stack).values(), StackStates.tasks(engine, stack))
                .stream()
                .map(id -> new Node(
                        id,
                        Optional.ofNullable(nodes.get(id))
                                .map(its -> its.at("/Description/Hostname").asText(id))
                                .orElse(id)))
                .sorted(Comparator.comparing(Node::name))
                .toList();
    }

    @Override
    public int removeOrphans(String stack) {
        long now = Instant.now().minus(GRACE).getEpochSecond();
        return remove(stack, labels -> labels.path(JobSpec.UNTIL).asLong(Long.MAX_VALUE) < now);
    }

    @Override
    public int end(String stack, Set<String> purposes) {
        return remove(
                stack, labels -> purposes.contains(labels.path(JobSpec.PURPOSE).asText()));
    }

    private int remove(String stack, Predicate<JsonNode> labels) {
        List<String> services = ids("services", stack, labels);
        services.forEach(this::stop);
        services.forEach(id -> delete(EngineRequest.delete("services", id)));
        ids("configs", stack, labels).forEach(id -> delete(EngineRequest.delete("configs", id)));
        return services.size();
    }

    private List<String> ids(String collection, String stack, Predicate<JsonNode> labels) {
        List<String> ids = new ArrayList<>();
        engine.send(EngineRequest.get(collection).labelled(JobSpec.STACK + "=" + stack))
                .forEach(object -> {
                    if (labels.test(object.at("/Spec/Labels"))) {
                        ids.add(object.path("ID").asText());
                    }
                });
        return ids;
    }
}
