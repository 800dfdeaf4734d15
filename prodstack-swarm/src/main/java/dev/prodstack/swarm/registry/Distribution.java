package dev.prodstack.swarm.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.core.value.ImageReference;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.problem.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks registries about images, through an engine. */
public final class Distribution {
    private final EngineClient engine;
    private final Credentials credentials;

    /** Asks through an engine, with these logins. */
    public Distribution(EngineClient engine, Credentials credentials) {
        this.engine = engine;
        this.credentials = credentials;
    }

    /**
     * Asks which digest a name stands for; without tag and digest it is {@code latest}.
     *
     * @throws EngineException if the engine itself cannot be asked, or a credential helper fails
     */
    public Resolution resolve(ImageReference image) {
        Optional<RegistryAuth> login = credentials.forImage(image);
        EngineRequest request = new EngineRequest(
                EngineRequest.Method.GET,
                Stream.of(List.of("distribution"), List.of(image.toString().split("/", -1)), List.of("json"))
                        .flatMap(List::stream)
                        .toList(),
                Map.of(),
                login.map(its -> Map.of(RegistryAuth.HEADER, its.header())).orElse(Map.of()),
                Optional.empty());
        try {
            JsonNode answer = engine.send(request);
            return new Resolution.Found(
                    image, answer.at("/Descriptor/digest").asText(), platforms(answer.path("Platforms")));
        } catch (EngineException e) {
            if (e.kind() != EngineException.Kind.REFUSED) {
                throw e;
            }
            return failed(image, e, login);
        }
    }

    private static List<String> platforms(JsonNode platforms) {
        List<String> names = new ArrayList<>();
        for (JsonNode platform : platforms) {
            String variant = platform.path("variant").asText("");
            names.add(platform.path("os").asText() + "/"
                    + platform.path("architecture").asText() + (variant.isEmpty() ? "" : "/" + variant));
        }
        return names;
    }

    /** Engines pass most of what registries say on as 500, so that the words have to tell. */
    private static Resolution failed(ImageReference image, EngineException e, Optional<RegistryAuth> login) {
        int status = e.status().orElse(0);
        String reason = e.reason().replaceFirst("^\\d{3} ", "");
        String words = reason.toLowerCase(Locale.ROOT);
        if (status == 401
                || status == 403
                || Stream.of("unauthorized", "denied", "no basic auth", "authentication required", "forbidden")
                        .anyMatch(words::contains)) {
            return new Resolution.Denied(image, reason, login);
        }
        boolean missing = status == 404 || words.contains("manifest unknown") || words.contains("name unknown");
        return missing ? new Resolution.Missing(image, reason) : new Resolution.Unreachable(image, reason);
    }
}
