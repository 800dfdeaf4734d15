package dev.prodstack.load.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Objects;

/**
 * What a job is to do.
 *
 * @param check what is measured
 * @param host the name of the service on the stack's networks
 * @param user who logs in; empty where nobody does
 * @param target a URL's scheme, port and path such as {@code https:443/}, a database to connect to first, or a queue;
 *     empty where there is nothing to choose
 * @param connections how many at a time
 * @param length how long to load; whole seconds, above zero
 * @param promise how much is promised, by which the load is sized; above zero
 */
public record LoadWork(
        Check check, String host, String user, String target, int connections, Duration length, double promise) {
    /** The file below {@code /run/secrets} that has the password. */
    public static final String PASSWORD = "password";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Checks the ranges. */
    public LoadWork {
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(target, "target");
        if (host.isEmpty()) {
            throw new IllegalArgumentException("a service has a name");
        }
        if (connections < 1 || length.toSeconds() < 1 || !(promise > 0)) {
            throw new IllegalArgumentException("connections, seconds and a promise are above zero");
        }
    }

    /** As a job gets it. */
    public String json() {
        return JSON.createObjectNode()
                .put("check", check.word())
                .put("host", host)
                .put("user", user)
                .put("target", target)
                .put("connections", connections)
                .put("seconds", length.toSeconds())
                .put("promise", promise)
                .toString();
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static LoadWork of(String json) {
        try {
            JsonNode tree = JSON.readTree(json);
            return new LoadWork(
                    Check.named(tree.path("check").asText())
                            .orElseThrow(() -> new IllegalArgumentException("no such check: " + tree.path("check"))),
                    tree.path("host").asText(),
                    tree.path("user").asText(),
                    tree.path("target").asText(),
                    tree.path("connections").asInt(),
                    Duration.ofSeconds(tree.path("seconds").asLong()),
                    tree.path("promise").asDouble());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("expected a load as JSON: " + e.getOriginalMessage(), e);
        }
    }
}
