package dev.prodstack.swarm.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.swarm.doctor.Finding;
import dev.prodstack.swarm.engine.EngineAddress;
import dev.prodstack.swarm.engine.ScriptedEngine;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpProbeTest {
    private final ScriptedEngine server;

    HttpProbeTest() throws IOException {
        server = ScriptedEngine.onPort((request, in, out) -> {
            String status = request.line().startsWith("GET /bad ") ? "503 Service Unavailable" : "200 OK";
            String host = request.headers().getOrDefault("host", "");
            ScriptedEngine.write(out, ScriptedEngine.http(status, "text/plain", host));
            throw new EOFException("an answer in HTTP/1.0 ends with the connection");
        });
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private int port() {
        return ((EngineAddress.Network) server.address()).port();
    }

    private static HealthQuery query() {
        return new HealthQuery(
                List.of(),
                Map.of("shop.test", "127.0.0.1"),
                new Trust.Platform(),
                Optional.empty(),
                "prometheus",
                Duration.ofSeconds(5));
    }

    @Test
    void connectsElsewhereAndAsksForTheName() throws IOException {
        int port = port();
        HttpProbe probe = new HttpProbe(query());
        HttpProbe.Answer answer = probe.get(URI.create("http://shop.test:" + port + "/x?y=1"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("shop.test:" + port);
        assertThat(probe.get(URI.create("http://shop.test:" + port + "/bad")).status())
                .isEqualTo(503);
        assertThatThrownBy(() -> probe.get(URI.create("https://shop.test:" + port + "/")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void everyTargetCounts() {
        String answer = """
                {"data": {"activeTargets": [
                  {"labels": {"job": "a"}, "health": "up"}, {"labels": {"job": "a"}, "health": "up"},
                  {"labels": {"job": "b"}, "health": "up"},
                  {"labels": {"job": "b"}, "health": "down", "scrapeUrl": "http://b:1/metrics", "lastError": "refused"},
                  {"labels": {"job": "c"}, "health": "unknown", "scrapeUrl": "http://c:1/metrics"}]}}""";
        assertThat(ScrapeTargets.look(answer).stream().map(Finding::message))
                .containsExactly(
                        "a: 2 of 2 up",
                        "b: http://b:1/metrics is down: refused",
                        "c: http://c:1/metrics was not scraped yet");
        assertThat(ScrapeTargets.look("{\"data\": {\"activeTargets\": []}}"))
                .extracting(Finding::verdict)
                .containsExactly(Finding.Verdict.ERROR);
        assertThat(ScrapeTargets.look("<html>")).extracting(Finding::verdict).containsExactly(Finding.Verdict.ERROR);
    }
}
