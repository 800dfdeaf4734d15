package dev.prodstack.swarm.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.swarm.engine.Deadlines;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.ScriptedEngine;
import dev.prodstack.swarm.engine.ScriptedEngine.Heard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogStreamsTest {
    private static final Map<String, String> CLUSTER = Map.of(
            "services", """
                    [{"ID": "s1", "Spec": {"Name": "shop_web"}},
                     {"ID": "s2", "Spec": {"Name": "shop_db",
                      "TaskTemplate": {"ContainerSpec": {"TTY": true}}}}]""",
            "nodes", """
                    [{"ID": "node1id", "Description": {"Hostname": "n1"}, "Status": {"State": "ready"}},
                     {"ID": "node2id", "Description": {"Hostname": "n2"}, "Status": {"State": "down"}}]""",
            "tasks", """
                    [{"ID": "t1", "ServiceID": "s1", "Slot": 1, "NodeID": "node1id", "Status": {"State": "running"}},
                     {"ID": "t2", "ServiceID": "s1", "Slot": 2, "NodeID": "node2id", "Status": {"State": "running"}},
                     {"ID": "t3", "ServiceID": "s2", "NodeID": "node1id", "Status": {"State": "running"}}]""");
    private static final String DOWN = "! web.2: its node n2 is down";

    private final Map<String, Answer> logs = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();

    private interface Answer {
        byte[] to(String query) throws IOException;
    }

    /** Ends the connection after what is sent. */
    private static byte[] broken(byte[] answer) {
        ByteArrayOutputStream more = new ByteArrayOutputStream();
        more.writeBytes(answer);
        more.writeBytes(new byte[] {1, 0, 0, 0, 0, 0});
        return more.toByteArray();
    }

    private void answer(Heard request, OutputStream out) throws IOException {
        String path = request.line().split(" ", -1)[1].replaceFirst("^/v[0-9.]+/", "");
        String name = path.replaceFirst("[?].*", "");
        if (ScriptedEngine.isPing(request)) {
            ScriptedEngine.write(out, ScriptedEngine.pong("1.41"));
        } else if (CLUSTER.containsKey(name)) {
            ScriptedEngine.write(out, ScriptedEngine.json("200 OK", CLUSTER.getOrDefault(name, "")));
        } else if (logs.containsKey(name)) {
            byte[] body = logs.getOrDefault(name, query -> new byte[0]).to(path);
            String head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n";
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.flush();
        } else {
            ScriptedEngine.write(out, ScriptedEngine.json("404 Not Found", "{\"message\": \"no such service\"}"));
        }
    }

    private List<String> read(LogQuery query) throws IOException {
        try (ScriptedEngine engine = ScriptedEngine.onSocket((request, in, out) -> answer(request, out));
                EngineClient client = EngineClient.connect(
                        engine.endpoint(), new Deadlines(Duration.ofSeconds(20), Duration.ofSeconds(20)));
                Stream<LogEvent> events = LogStreams.open(client, "shop", query)) {
            return events.map(LogStreamsTest::told).toList();
        }
    }

    private static String told(LogEvent event) {
        return event instanceof LogLine line
                ? line.time().getEpochSecond() + " " + line.task() + "@" + line.node() + " " + line.output() + " "
                        + line.text()
                : event instanceof LogTrouble trouble ? "! " + trouble.subject() + ": " + trouble.reason() : "";
    }

    private static String piece(String task, long time, String content) {
        String fraction = Instant.ofEpochSecond(time).toString().replace("Z", ".000000000Z");
        return fraction + " com.docker.swarm.node.id=node1id,com.docker.swarm.task.id=" + task + " " + content;
    }

    private static byte[] frames(Object... typesAndTexts) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int i = 0; i < typesAndTexts.length; i += 2) {
            byte[] content = typesAndTexts[i + 1].toString().getBytes(StandardCharsets.UTF_8);
            frames.writeBytes(ByteBuffer.allocate(8)
                    .put(((Integer) typesAndTexts[i]).byteValue())
                    .putInt(4, content.length)
                    .array());
            frames.writeBytes(content);
        }
        return frames.toByteArray();
    }

    @Test
    void servicesWithAndWithoutTerminalAreMergedByTime() throws IOException {
        logs.put(
                "services/shop_web/logs",
                query -> frames(
                        1,
                        piece("t2", 30, "c\n"),
                        1,
                        piece("t1", 10, "a"),
                        2,
                        piece("t1", 40, "d\n"),
                        1,
                        piece("t1", 10, "a\n")));
        logs.put(
                "services/shop_db/logs",
                query -> (piece("t3", 20, "b") + piece("t3", 20, "b\r\n") + piece("t3", 50, "e"))
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(read(LogQuery.EVERYTHING))
                .containsExactly(
                        DOWN,
                        "10 web.1@n1 STDOUT aa",
                        "20 db.n1@n1 STDOUT bb",
                        "30 web.2@n1 STDOUT c",
                        "40 web.1@n1 STDERR d",
                        "50 db.n1@n1 STDOUT e");
        assertThat(read(LogQuery.EVERYTHING.of(List.of("db")).matching(Pattern.compile("b+"))))
                .containsExactly("20 db.n1@n1 STDOUT bb");
    }

    @Test
    void whatCannotBeReadIsToldAndTheRestGoesOn() throws IOException {
        logs.put(
                "services/shop_web/logs",
                query -> broken(frames(
                        1, piece("t1", 10, "a\n"),
                        3,
                                "Error grabbing logs: rpc error: code = Unknown desc = warning: node node2id is not available",
                        1, piece("t1", 20, "b\n"))));
        List<String> told = read(LogQuery.EVERYTHING);
        assertThat(told)
                .containsExactlyInAnyOrder(
                        DOWN,
                        "! db: 404 no such service",
                        "! web: node n2 is not available",
                        "! web: ended inside a frame's header, after 6 of 8 bytes",
                        "10 web.1@n1 STDOUT a",
                        "20 web.1@n1 STDOUT b");
        assertThat(told).endsWith("10 web.1@n1 STDOUT a", "20 web.1@n1 STDOUT b");
    }

    @Test
    void afterABreakFollowingGoesOnFromThereAndRepeatsNothing() throws IOException {
        ConcurrentHashMap<Integer, String> queries = new ConcurrentHashMap<>();
        logs.put("services/shop_web/logs", query -> {
            int time = asked.getAndIncrement();
            queries.put(time, query.replaceFirst(".*details=1", ""));
            byte[] first =
                    frames(1, piece("t1", 1000, "a\n"), 1, piece("t1", 1003, "b\n"), 1, piece("t1", 1003, "b\n"));
            byte[] second = frames(
                    1,
                    piece("t1", 999, "before the tail\n"),
                    1,
                    piece("t1", 1000, "a\n"),
                    1,
                    piece("t1", 1003, "b\n"),
                    1,
                    piece("t1", 1003, "b\n"),
                    1,
                    piece("t1", 1003, "b\n"),
                    1,
                    piece("t1", 1004, "c\n"));
            if (time == 2) {
                logs.remove("services/shop_web/logs");
            }
            return time == 0 ? broken(first) : time == 1 ? second : frames();
        });
        assertThat(read(LogQuery.EVERYTHING.of(List.of("web")).following().last(3)).stream()
                        .filter(event -> !event.startsWith("!")))
                .containsExactly(
                        "1000 web.1@n1 STDOUT a",
                        "1003 web.1@n1 STDOUT b",
                        "1003 web.1@n1 STDOUT b",
                        "1003 web.1@n1 STDOUT b",
                        "1004 web.1@n1 STDOUT c");
        assertThat(queries)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        0, "&follow=1&tail=3",
                        1, "&follow=1&since=993.000000000",
                        2, "&follow=1&since=994.000000000"));
    }
}
