package dev.prodstack.swarm.engine;

import static dev.prodstack.swarm.engine.ScriptedEngine.chunk;
import static dev.prodstack.swarm.engine.ScriptedEngine.chunkedHead;
import static dev.prodstack.swarm.engine.ScriptedEngine.isPing;
import static dev.prodstack.swarm.engine.ScriptedEngine.pong;
import static dev.prodstack.swarm.engine.ScriptedEngine.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.swarm.engine.ScriptedEngine.Script;
import dev.prodstack.swarm.problem.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class JsonStreamTest {
    private static final Deadlines PATIENT = new Deadlines(Duration.ofSeconds(20), Duration.ofSeconds(20));
    private static final EngineRequest EVENTS = EngineRequest.get("events");

    @Test
    void objectsAreHandedOutAsSoonAsTheyAreThere() throws Exception {
        CountDownLatch firstSeen = new CountDownLatch(1);
        Script script = events((in, out) -> {
            write(out, chunk("{\"n\":1}\n{\"n\""));
            write(out, chunk(":2}"));
            if (firstSeen.await(20, TimeUnit.SECONDS)) {
                write(out, chunk("\n{\"n\":3}") + "0\r\n\r\n");
            }
        });
        try (ScriptedEngine engine = ScriptedEngine.onSocket(script);
                EngineClient client = EngineClient.connect(engine.endpoint(), PATIENT);
                JsonStream events = client.objects(EVENTS)) {
            assertThat(events.next()).map(JsonStreamTest::number).hasValue(1);
            assertThat(events.next()).map(JsonStreamTest::number).hasValue(2);
            firstSeen.countDown();
            assertThat(events.next()).map(JsonStreamTest::number).hasValue(3);
            assertThat(events.next()).isEmpty();
        }
    }

    /** The deadline is for the answer to begin; afterwards a stream may be silent for as long as nothing happens. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void silenceIsNoFailure(boolean overSocket) throws Exception {
        Script script = events((in, out) -> {
            Thread.sleep(3000);
            write(out, chunk("{\"n\":1}"));
        });
        Deadlines hasty = new Deadlines(Duration.ofSeconds(2), Duration.ofSeconds(2));
        try (ScriptedEngine engine = overSocket ? ScriptedEngine.onSocket(script) : ScriptedEngine.onPort(script);
                EngineClient client = EngineClient.connect(engine.endpoint(), hasty);
                JsonStream events = client.objects(EVENTS)) {
            assertThat(events.next()).map(JsonStreamTest::number).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closingEndsAWaitElsewhere(boolean overSocket) throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        Script script = events((in, out) -> {
            write(out, chunk("{\"n\":1}\n"));
            try {
                in.read();
            } finally {
                hungUp.countDown();
            }
        });
        try (ScriptedEngine engine = overSocket ? ScriptedEngine.onSocket(script) : ScriptedEngine.onPort(script);
                EngineClient client = EngineClient.connect(engine.endpoint(), PATIENT)) {
            JsonStream events = client.objects(EVENTS);
            assertThat(events.next()).isPresent();
            CompletableFuture<Boolean> more =
                    CompletableFuture.supplyAsync(() -> events.next().isPresent());
            events.close();
            assertThat(more.get(30, TimeUnit.SECONDS)).isFalse();
            assertThat(hungUp.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void closingInTheMiddleOfAnObjectIsAnEndToo() throws Exception {
        Script script = events((in, out) -> {
            write(out, chunk("{\"n\":1}\n{\"n\":\"half a te"));
            in.read();
        });
        try (ScriptedEngine engine = ScriptedEngine.onSocket(script);
                EngineClient client = EngineClient.connect(engine.endpoint(), PATIENT)) {
            JsonStream events = client.objects(EVENTS);
            assertThat(events.next()).isPresent();
            CompletableFuture<Boolean> more =
                    CompletableFuture.supplyAsync(() -> events.next().isPresent());
            events.close();
            assertThat(more.get(30, TimeUnit.SECONDS)).isFalse();
        }
    }

    @Test
    void aBrokenConnectionIsNoEnd() throws IOException {
        Script script = events((in, out) -> {
            write(out, chunk("{\"n\":1}\n"));
            throw new IOException("hang up");
        });
        try (ScriptedEngine engine = ScriptedEngine.onSocket(script);
                EngineClient client = EngineClient.connect(engine.endpoint(), PATIENT);
                JsonStream events = client.objects(EVENTS)) {
            assertThat(events.next()).isPresent();
            assertThatThrownBy(events::next)
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.UNANSWERED))
                    .hasMessageStartingWith("GET /v1.41/events: the connection broke: ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"n\":1,}", "<html>", "{\"n\":1"})
    void whatIsNoJsonIsSaid(String text) throws IOException {
        Script script = events((in, out) -> write(out, chunk(text) + "0\r\n\r\n"));
        try (ScriptedEngine engine = ScriptedEngine.onSocket(script);
                EngineClient client = EngineClient.connect(engine.endpoint(), PATIENT);
                JsonStream events = client.objects(EVENTS)) {
            assertThatThrownBy(events::next).hasMessageStartingWith("GET /v1.41/events: expected JSON: ");
        }
    }

    private static int number(JsonNode object) {
        return object.path("n").asInt();
    }

    private interface Body {
        void write(InputStream in, OutputStream out) throws Exception;
    }

    private static Script events(Body body) {
        return (request, in, out) -> {
            if (isPing(request)) {
                write(out, pong("1.41"));
            } else {
                write(out, chunkedHead());
                body.write(in, out);
            }
        };
    }
}
