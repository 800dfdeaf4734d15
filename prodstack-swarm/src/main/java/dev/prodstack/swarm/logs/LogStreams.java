package dev.prodstack.swarm.logs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.problem.EngineException;
import dev.prodstack.swarm.state.StackStates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Opens the logs of a stack. */
public final class LogStreams {
    /** How long a service whose logs end by themselves may say nothing; engines wait long for nodes that are gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private LogStreams() {}

    /**
     * Opens the logs of a stack. Closing the stream, also from another thread, ends it.
     *
     * @return lines in the order of their times; troubles as they come
     * @throws EngineException if the engine does not answer or is no manager; later it is a trouble
     */
    @SuppressWarnings("exports") // Who embeds prodstack goes through Swarm.
    public static Stream<LogEvent> open(EngineClient engine, String stack, LogQuery query) {
        return open(engine, stack, query, PATIENCE);
    }

    static Stream<LogEvent> open(EngineClient engine, String stack, LogQuery query, Duration patience) {
        Map<String, JsonNode> services = StackStates.services(engine, stack);
        Map<String, JsonNode> nodes = StackStates.nodes(engine);
        List<JsonNode> tasks = StackStates.tasks(engine, stack);
        TaskNames names = new TaskNames(engine);
        names.learn(tasks, nodes);
        MergedLogs logs = new MergedLogs(query, patience);
        services.forEach((fullName, service) -> {
            String name = fullName.startsWith(stack + "_") ? fullName.substring(stack.length() + 1) : fullName;
            if (query.services().isEmpty() || query.services().contains(name)) {
                unreachable(name, service, tasks, nodes, names).forEach(logs::tell);
                logs.read(engine, new ServiceReader.Service(name, fullName, form(service)), names);
            }
        });
        return StreamSupport.stream(logs, false).onClose(logs::close);
    }

    private static PieceSource.Form form(JsonNode service) {
        return service.at("/Spec/TaskTemplate/ContainerSpec/TTY").asBoolean(false)
                ? PieceSource.Form.TERMINAL
                : PieceSource.Form.FRAMES;
    }

    /** What engines do not say, or only after a while. */
    private static List<LogTrouble> unreachable(
            String name, JsonNode service, List<JsonNode> tasks, Map<String, JsonNode> nodes, TaskNames names) {
        List<LogTrouble> troubles = new ArrayList<>();
        if (service.at("/Spec/TaskTemplate/LogDriver/Name").asText("").equals("none")) {
            troubles.add(new LogTrouble(name, "its log driver \"none\" keeps nothing"));
        }
        for (JsonNode task : tasks) {
            String nodeId = task.path("NodeID").asText();
            JsonNode node = nodes.get(nodeId);
            String state = node == null ? "" : node.at("/Status/State").asText("");
            if (task.path("ServiceID").equals(service.path("ID"))
                    && task.at("/Status/State").asText().equals("running")
                    && !state.isEmpty()
                    && !state.equals("ready")) {
                String fullName = service.at("/Spec/Name").asText();
                troubles.add(new LogTrouble(
                        names.task(name, fullName, task.path("ID").asText()),
                        "its node " + names.node(nodeId) + " is " + state));
            }
        }
        return troubles;
    }
}
