package dev.prodstack.swarm.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.core.value.Copies;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
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
 * @param headers headers beside those that every request has, such as {@code X-Registry-Auth}; their values are never
 *     part of a message
 * @param body the object to send, if any
 */
public record EngineRequest(
        Method method,
        List<String> path,
        Map<String, String> query,
        Map<String, String> headers,
        Optional<JsonNode> body) {

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
        headers = Copies.of(headers);
        if (path.stream().anyMatch(Set.of("", ".", "..")::contains)) {
            throw new IllegalArgumentException("\"\", \".\" and \"..\" name nothing: " + path);
        }
    }

    /** A request to read. */
    public static EngineRequest get(String... path) {
        return new EngineRequest(Method.GET, List.of(path), Map.of(), Map.of(), Optional.empty());
    }

    /** A request to do something. */
    public static EngineRequest post(String... path) {
        return new EngineRequest(Method.POST, List.of(path), Map.of(), Map.of(), Optional.empty());
    }

    /** A request to remove something. */
    public static EngineRequest delete(String... path) {
        return new EngineRequest(Method.DELETE, List.of(path), Map.of(), Map.of(), Optional.empty());
    }

    /** The same with one more parameter. */
    public EngineRequest with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(query);
        more.put(name, value);
        return new EngineRequest(method, path, more, headers, body);
    }

    /** The same with one more header. */
    public EngineRequest header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new EngineRequest(method, path, query, more, body);
    }

    /** The same with only those objects answered that have a label, {@code name=value} or {@code name} alone. */
    public EngineRequest labelled(String label) {
        return filtered("label", List.of(label));
    }

    /**
     * The same with only those objects answered that pass a filter.
     *
     * @param filter the filter's name, such as {@code service}
     * @param values what it lets pass, any of them (all of them, if the filter is for labels)
     */
    public EngineRequest filtered(String filter, Collection<String> values) {
        return with("filters", Json.text(Map.of(filter, List.copyOf(values))));
    }

    /** The same with an object to send. */
    public EngineRequest sending(JsonNode object) {
        return new EngineRequest(method, path, query, headers, Optional.of(object));
    }

    /** Method and target: what is sent and the headers may be secret. */
    @Override
    public String toString() {
        return method + " " + target();
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
