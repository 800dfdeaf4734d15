package dev.prodstack.swarm.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.prodstack.core.value.ImageReference;
import dev.prodstack.swarm.engine.EngineFinder;
import dev.prodstack.swarm.problem.EngineException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The logins that {@code docker login} has stored: in a credential helper ({@code credHelpers} for one registry,
 * {@code credsStore} for all), or in {@code auths} of {@code config.json} itself. {@code DOCKER_AUTH_CONFIG}, which has
 * {@code auths} too, comes before all of them, as in the Docker command line.
 */
public final class Credentials {
    /** What Docker Hub is called among the logins. */
    private static final String HUB = "https://index.docker.io/v1/";

    private final JsonNode settings;
    private final JsonNode fromEnvironment;
    private final Map<String, String> environment;

    private Credentials(JsonNode settings, JsonNode fromEnvironment, Map<String, String> environment) {
        this.settings = settings;
        this.fromEnvironment = fromEnvironment;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Those that the Docker command line would use.
     *
     * @throws EngineException if Docker's settings cannot be read
     */
    public static Credentials of(EngineFinder finder) {
        return new Credentials(finder.settings(), environmentLogins(finder.environment()), finder.environment());
    }

    private static JsonNode environmentLogins(Map<String, String> environment) {
        String text = environment.getOrDefault("DOCKER_AUTH_CONFIG", "");
        if (text.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            // Its message would quote what is secret.
            throw EngineException.address("DOCKER_AUTH_CONFIG is no JSON", "correct or unset it");
        }
    }

    /**
     * The login at the registry of an image.
     *
     * @return the login; nothing if there is none, as for images that everybody may read
     * @throws EngineException if a credential helper is missing or fails
     */
    public Optional<RegistryAuth> forImage(ImageReference image) {
        String server = image.registry()
                .filter(host -> !host.equals("docker.io") && !host.equals("index.docker.io"))
                .orElse(HUB);
        return stored(fromEnvironment, server)
                .or(() -> helper(server)
                        .flatMap(name ->
                                CredentialProgram.named(name, environment).get(server)))
                .or(() -> stored(settings, server));
    }

    private Optional<String> helper(String server) {
        String own = settings.path("credHelpers").path(server).asText("");
        String chosen = own.isEmpty() ? settings.path("credsStore").asText("") : own;
        return Optional.of(chosen).filter(name -> !name.isEmpty());
    }

    private static Optional<RegistryAuth> stored(JsonNode settings, String server) {
        JsonNode logins = settings.path("auths");
        if (logins.has(server)) {
            return login(server, logins.path(server));
        }
        for (Map.Entry<String, JsonNode> entry : logins.properties()) {
            if (host(entry.getKey()).equals(host(server))) {
                return login(server, entry.getValue());
            }
        }
        return Optional.empty();
    }

    /** Old versions of Docker wrote addresses with scheme and path. */
    private static String host(String server) {
        String bare = server.replaceFirst("^https?://", "");
        int slash = bare.indexOf('/');
        return slash < 0 ? bare : bare.substring(0, slash);
    }

    private static Optional<RegistryAuth> login(String server, JsonNode login) {
        String token = login.path("identitytoken").asText("");
        if (!token.isEmpty()) {
            return Optional.of(new RegistryAuth.IdentityToken(server, token));
        }
        String user = login.path("username").asText("");
        if (!user.isEmpty()) {
            return Optional.of(new RegistryAuth.Password(
                    server, user, login.path("password").asText("")));
        }
        String both = decoded(server, login.path("auth").asText(""));
        int colon = both.indexOf(':');
        return colon < 1
                ? Optional.empty()
                : Optional.of(new RegistryAuth.Password(
                        server,
                        both.substring(0, colon),
                        both.substring(colon + 1).replace("\0", "")));
    }

    private static String decoded(String server, String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw EngineException.address(
                    "the login at " + server + " in Docker's config.json is no base64", "docker login " + server);
        }
    }
}
