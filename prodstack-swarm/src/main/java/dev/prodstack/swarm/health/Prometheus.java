package dev.prodstack.swarm.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.swarm.doctor.Finding;
import dev.prodstack.swarm.doctor.Finding.Verdict;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.engine.LogFrame;
import dev.prodstack.swarm.engine.LogFrames;
import dev.prodstack.swarm.problem.EngineException;
import dev.prodstack.swarm.status.ServiceStatus;
import dev.prodstack.swarm.status.StackStatus;
import dev.prodstack.swarm.status.TaskStatus;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Asks Prometheus for its targets: at an address, or from inside its own container, as it is best not published. The
 * engine can only enter containers of its own node.
 */
final class Prometheus {
    private static final String TARGETS = "/api/v1/targets?state=active";

    private final EngineClient engine;
    private final HealthQuery query;
    private final HttpProbe probe;

    Prometheus(EngineClient engine, HealthQuery query, HttpProbe probe) {
        this.engine = engine;
        this.query = query;
        this.probe = probe;
    }

    List<Finding> look(StackStatus status) {
        if (query.prometheus().isPresent()) {
            return over(query.prometheus().get());
        }
        Optional<ServiceStatus> service = status.services().stream()
                .filter(its -> its.name().equals(query.prometheusService()))
                .findFirst();
        if (service.isEmpty()) {
            return List.of(finding(
                    Verdict.UNKNOWN,
                    "the stack has no service " + query.prometheusService(),
                    "name it with --prometheus-service, or give an address with --prometheus"));
        }
        List<TaskStatus> running = service.get().tasks().stream()
                .filter(task ->
                        task.state().equals("running") && task.container().isPresent())
                .toList();
        for (TaskStatus task : running) {
            Optional<String> answer = inside(task.container().orElseThrow());
            if (answer.isPresent()) {
                return ScrapeTargets.look(answer.get());
            }
        }
        return List.of(
                running.isEmpty()
                        ? finding(Verdict.ERROR, "no task of it runs", "see prodstack status")
                        : finding(
                                Verdict.UNKNOWN,
                                "it runs on "
                                        + running.get(0).node().orElse("another node")
                                        + ", whose containers this engine cannot enter, or has no wget",
                                "use -H with that node's engine, or give an address with --prometheus"));
    }

    private List<Finding> over(URI address) {
        URI targets = URI.create(address.toString().replaceFirst("/+$", "") + TARGETS);
        try {
            HttpProbe.Answer answer = probe.get(targets);
            return answer.status() == 200
                    ? ScrapeTargets.look(answer.body())
                    : List.of(finding(
                            Verdict.ERROR,
                            targets + " answers " + answer.status(),
                            "see whether the address is that of Prometheus"));
        } catch (IOException e) {
            return List.of(Probes.unanswered(ScrapeTargets.CHECK, targets, e));
        }
    }

    /** What Prometheus tells itself; nothing if its container is on another node or has no wget. */
    private Optional<String> inside(String container) {
        ObjectNode command = new ObjectMapper().createObjectNode();
        command.put("AttachStdout", true).put("AttachStderr", false);
        command.putArray("Cmd").add("wget").add("-q").add("-O").add("-").add("http://127.0.0.1:9090" + TARGETS);
        try {
            JsonNode exec = engine.send(
                    EngineRequest.post("containers", container, "exec").sending(command));
            String id = exec.path("Id").asText();
            String output = output(id);
            boolean done = engine.send(EngineRequest.get("exec", id, "json"))
                            .path("ExitCode")
                            .asInt(1)
                    == 0;
            return done ? Optional.of(output) : Optional.empty();
        } catch (EngineException e) {
            if (e.kind() == EngineException.Kind.REFUSED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private String output(String exec) {
        ObjectNode attached =
                new ObjectMapper().createObjectNode().put("Detach", false).put("Tty", false);
        StringBuilder text = new StringBuilder();
        try (LogFrames frames =
                engine.frames(EngineRequest.post("exec", exec, "start").sending(attached))) {
            for (Optional<LogFrame> frame = frames.next(); frame.isPresent(); frame = frames.next()) {
                text.append(frame.get().text());
            }
        }
        return text.toString();
    }

    private static Finding finding(Verdict verdict, String message, String fix) {
        return new Finding(ScrapeTargets.CHECK, verdict, message, fix);
    }
}
