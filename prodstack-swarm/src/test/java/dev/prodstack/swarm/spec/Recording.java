package dev.prodstack.swarm.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is created for a case of the corpus. A line has the case, the path and the body; of a case that is refused, the
 * one line says so.
 *
 * @param bodies the bodies by path and name; empty if the case is refused
 */
record Recording(Map<String, JsonNode> bodies) {
    /** What Docker CLI 28 posts; {@code src/test/corpus/regenerate} asks it. */
    static final Path BY_DOCKER = Path.of("src/test/resources/recorded");

    /** What is to be posted where that is not what Docker CLI 28 posts, checked by hand. */
    static final Path BY_HAND = Path.of("src/test/resources/expected");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The recordings in a folder's files, by case. */
    static Map<String, Recording> all(Path folder) {
        Map<String, Recording> all = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                for (String line : Files.readAllLines(file)) {
                    List<String> parts = List.of(line.split(" ", 3));
                    Recording one = all.computeIfAbsent(parts.get(0), name -> new Recording(new TreeMap<>()));
                    if (parts.size() == 3) {
                        one.add(parts.get(1), JSON.readTree(parts.get(2)));
                    }
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(folder.toString(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /** What we post. */
    static Recording of(StackBodies stack) {
        Recording posted = new Recording(new TreeMap<>());
        stack.networks().values().forEach(body -> posted.add("/networks/create", body));
        stack.secrets().values().forEach(body -> posted.add("/secrets/create", body.toBody()));
        stack.configs().values().forEach(body -> posted.add("/configs/create", body.toBody()));
        stack.services().values().forEach(body -> posted.add("/services/create", body));
        return posted;
    }

    private void add(String path, JsonNode body) {
        bodies.put(path + " " + body.path("Name").asText(), body);
    }

    /** These, with others in place of those of the same path and name. */
    Recording with(Recording others) {
        Map<String, JsonNode> both = new TreeMap<>(bodies);
        both.putAll(others.bodies);
        return new Recording(both);
    }
}
