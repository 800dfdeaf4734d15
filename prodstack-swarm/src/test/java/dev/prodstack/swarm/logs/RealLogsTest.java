package dev.prodstack.swarm.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.swarm.Connection;
import dev.prodstack.swarm.LabVariable;
import dev.prodstack.swarm.Swarm;
import dev.prodstack.swarm.engine.Deadlines;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineFinder;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.state.StackStates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On a real engine: long lines, both outputs, a terminal, and what comes while reading. */
@Tag("engine")
@Timeout(180)
class RealLogsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Deadlines DEADLINES = new Deadlines(Duration.ofSeconds(20), Duration.ofSeconds(60));

    /**
     * A line of three pieces. In ASCII, as the json-file driver itself replaces the halves of a character that is cut.
     */
    private static final String SCRIPT = "echo out; echo err >&2; i=0; while [ $i -lt 1000 ]; do"
            + " printf 'forty bytes of a long line, no more here'; i=$((i+1)); done; echo; echo end; exec sleep 600";

    @Test
    void linesComeWholeInBothForms() {
        String host = LabVariable.of("PRODSTACK_TEST_DOCKER_HOST");
        String image = LabVariable.of("PRODSTACK_TEST_IMAGE");
        String stack = "logs" + System.nanoTime();
        try (EngineClient engine = EngineClient.connect(new EngineFinder(Map.of(), Path.of("/")).at(host), DEADLINES);
                Swarm swarm = Swarm.connect(Connection.fromEnvironment().to(host))) {
            String plain = create(engine, stack, "plain", image, PieceSource.Form.FRAMES);
            String terminal = create(engine, stack, "terminal", image, PieceSource.Form.TERMINAL);
            try {
                String line = "forty bytes of a long line, no more here".repeat(1000);
                for (String service : List.of("plain", "terminal")) {
                    assertThat(lines(
                                    swarm,
                                    stack,
                                    LogQuery.EVERYTHING.of(List.of(service)).following(),
                                    4))
                            .extracting(LogLine::task, LogLine::text)
                            .map(Object::toString)
                            .containsExactlyInAnyOrder(
                                    "(\"" + service + ".1\", \"out\")",
                                    "(\"" + service + ".1\", \"err\")",
                                    "(\"" + service + ".1\", \"" + line + "\")",
                                    "(\"" + service + ".1\", \"end\")");
                }
                List<LogLine> all = lines(swarm, stack, LogQuery.EVERYTHING, 9);
                assertThat(all)
                        .hasSize(8)
                        .isSortedAccordingTo((a, b) -> a.time().compareTo(b.time()));
                assertThat(all.stream().filter(its -> its.text().equals("err")).map(LogLine::output))
                        .containsExactlyInAnyOrder(LogLine.Output.STDERR, LogLine.Output.STDOUT);
            } finally {
                engine.send(EngineRequest.delete("services", plain));
                engine.send(EngineRequest.delete("services", terminal));
            }
        }
    }

    private static List<LogLine> lines(Swarm swarm, String stack, LogQuery query, int atMost) {
        try (Stream<LogEvent> events = swarm.logs(stack, query)) {
            return events.map(LogLine.class::cast).limit(atMost).toList();
        }
    }

    private static String create(EngineClient engine, String stack, String name, String image, PieceSource.Form form) {
        ObjectNode service = JSON.createObjectNode().put("Name", stack + "_" + name);
        service.putObject("Labels").put(StackStates.NAMESPACE, stack);
        ObjectNode container = service.putObject("TaskTemplate").putObject("ContainerSpec");
        container.put("Image", image).put("TTY", form == PieceSource.Form.TERMINAL);
        container.putArray("Command").add("sh").add("-c").add(SCRIPT);
        return engine.send(EngineRequest.post("services", "create").sending(service))
                .path("ID")
                .asText();
    }
}
