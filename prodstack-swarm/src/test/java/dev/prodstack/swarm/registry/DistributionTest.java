package dev.prodstack.swarm.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.core.value.ImageReference;
import dev.prodstack.swarm.engine.Deadlines;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineFinder;
import dev.prodstack.swarm.engine.ScriptedEngine;
import dev.prodstack.swarm.problem.EngineException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class DistributionTest {
    private static final Deadlines DEADLINES = new Deadlines(Duration.ofSeconds(20), Duration.ofSeconds(20));
    private static final ImageReference IMAGE = ImageReference.parse("registry.example.com:5000/shop/web:1.4");
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    private static Credentials credentials(String auths) {
        return Credentials.of(
                new EngineFinder(Map.of("DOCKER_AUTH_CONFIG", auths, "DOCKER_CONFIG", "/nonexistent"), Path.of("/")));
    }

    @Test
    void theDigestIsAskedForWithTheLogin() throws Exception {
        String answer = """
                {"Descriptor": {"digest": "%s"},
                 "Platforms": [{"architecture": "amd64", "os": "linux"},
                               {"architecture": "arm", "os": "linux", "variant": "v7"}]}
                """.formatted(DIGEST);
        try (ScriptedEngine engine =
                        ScriptedEngine.onSocket(ScriptedEngine.saying(ScriptedEngine.json("200 OK", answer)));
                EngineClient client = EngineClient.connect(engine.endpoint(), DEADLINES)) {
            Credentials credentials =
                    credentials("{\"auths\": {\"registry.example.com:5000\": {\"auth\": \"bWU6cHc=\"}}}");
            Resolution resolution = new Distribution(client, credentials).resolve(IMAGE);

            assertThat(resolution).isInstanceOfSatisfying(Resolution.Found.class, found -> {
                assertThat(found.pinned()).hasToString(IMAGE + "@" + DIGEST);
                assertThat(found.platforms()).containsExactly("linux/amd64", "linux/arm/v7");
            });
            assertThat(engine.heard()).singleElement().satisfies(request -> {
                assertThat(request.line())
                        .isEqualTo("GET /v1.41/distribution/registry.example.com%3A5000/shop/web%3A1.4/json HTTP/1.1");
                assertThat(request.headers())
                        .containsEntry(
                                "x-registry-auth",
                                new RegistryAuth.Password("registry.example.com:5000", "me", "pw").header());
            });
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 Not Found             | manifest unknown: manifest unknown                                    | Missing",
                "500 Internal Server Error | manifest unknown: manifest unknown                                    | Missing",
                "401 Unauthorized          | errors: denied: requested access to the resource is denied            | Denied",
                "403 Forbidden             | errors: denied: requested access to the resource is denied            | Denied",
                "500 Internal Server Error | Head https://r/v2/shop/web/manifests/1.4: no basic auth credentials   | Denied",
                "500 Internal Server Error | unauthorized: authentication required                                 | Denied",
                "500 Internal Server Error | Get http://r/v2/: dial tcp 10.0.0.5:5000: connect: connection refused | Unreachable",
                "500 Internal Server Error | Get https://r/v2/: http: server gave HTTP response to HTTPS client    | Unreachable",
            })
    void whatEnginesSayOfRegistriesIsToldApart(String status, String said, String kind) throws Exception {
        try (ScriptedEngine engine = ScriptedEngine.onSocket(
                        ScriptedEngine.saying(ScriptedEngine.json(status, "{\"message\": \"" + said + "\"}")));
                EngineClient client = EngineClient.connect(engine.endpoint(), DEADLINES)) {
            Resolution resolution = new Distribution(client, credentials("{}")).resolve(IMAGE);
            assertThat(resolution.getClass().getSimpleName()).isEqualTo(kind);
            assertThat(resolution).isInstanceOfSatisfying(Resolution.Failed.class, failed -> {
                assertThat(failed.reason()).isEqualTo(said);
                assertThat(failed.message()).contains(IMAGE.toString());
                assertThat(failed.fix()).isNotEmpty();
            });
            assertThat(engine.heard())
                    .singleElement()
                    .satisfies(request -> assertThat(request.headers()).doesNotContainKey("x-registry-auth"));
        }
    }

    @Test
    void anEngineThatDoesNotAnswerIsNoAnswerOfTheRegistry() throws Exception {
        try (ScriptedEngine engine = ScriptedEngine.onSocket(ScriptedEngine.saying("HTTP/1.1 200 OK\r\n"));
                EngineClient client = EngineClient.connect(engine.endpoint(), DEADLINES)) {
            Distribution distribution = new Distribution(client, credentials("{}"));
            assertThatThrownBy(() -> distribution.resolve(IMAGE)).isInstanceOf(EngineException.class);
        }
    }
}
