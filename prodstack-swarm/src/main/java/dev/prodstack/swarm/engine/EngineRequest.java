package dev.prodstack.swarm.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.core.value.Copies;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is asked of an engine.
 *
 * @param method the HTTP method
 * @param path the segments of the path, without the API version and not yet encoded, so that a name with a slash in it
 *     stays one segment
 * @param query the query's parameters, not yet encoded
 * @param body the object to send, if any
 */
public record EngineRequest(Method method, List<String> path, Map<String, String> query, Optional<JsonNode> body) {

    /** The HTTP methods of the API. */
    public enum Method {
        /** Reads. */
        GET,
        /** Creates, changes, starts and stops. */
        POST,
        /** Removes. */
        DELETE
    }

    /** Copies the collections and checks that no segment leads to another path. */
    public EngineRequest {
        path = List.copyOf(path);
        query = Copies.of(query);
        if (path.stream().anyMatch(Set.of("", ".", "..")::contains)) {
            throw new IllegalArgumentException("\"\", \".\" and \"..\" name nothing: " + path);
        }
    }

    /** A request to read. */
    public static EngineRequest get(String... path) {
        return new EngineRequest(Method.GET, List.of(path), Map.of(), Optional.empty());
    }

    /** A request to do something. */
    public static EngineRequest post(String... path) {
        return new EngineRequest(Method.POST, List.of(path), Map.of(), Optional.empty());
    }

    /** A request to remove something. */
    public static EngineRequest delete(String... path) {
        return new EngineRequest(Method.DELETE, List.of(path), Map.of(), Optional.empty());
    }

    /** The same with one more parameter. */
    public EngineRequest with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(query);
        more.put(name, value);
        return new EngineRequest(method, path, more, body);
    }

    /** The same with an object to send. */
    public EngineRequest sending(JsonNode object) {
        return new EngineRequest(method, path, query, Optional.of(object));
    }

    /** Path and query, encoded. */
    String target() {
        String parameters = query.entrySet().stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return path.stream().map(segment -> "/" + encoded(segment)).collect(Collectors.joining())
                + (parameters.isEmpty() ? "" : "?" + parameters);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
