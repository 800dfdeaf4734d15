package dev.prodstack.core.compose.read;

import dev.prodstack.core.problem.DottedPath;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.stack.Operations;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.value.Data;
import dev.prodstack.core.yaml.Node.MapNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** Reads a whole merged file. */
public final class StackReader {
    private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9._-]+");

    private static final String SERVICES = "services";

    /** From how many services on it pays to read them on several processors. */
    private static final int MANY = 64;

    private final Problems problems;
    private final OperationsReading operations;

    /** A reader that reports problems to a collection and leaves prodstack's own extension to another one. */
    public StackReader(Problems problems, OperationsReading operations) {
        this.problems = problems;
        this.operations = operations;
    }

    /** The stack of a merged tree, under a name. Worth something only if no problem was reported. */
    public Stack read(String name, MapNode root) {
        Fields fields = new Place(root, DottedPath.ROOT, problems).fields();
        fields.get("version").ifPresent(Place::text);
        fields.get("name");
        fields.get("include");
        ResourceReaders resources = new ResourceReaders();
        Map<String, Service> sound = sound(fields.given(SERVICES));
        Map<String, Service> services = named(fields, SERVICES, (key, place) -> {
            Service service = sound.get(key);
            return service == null ? new ServiceReader(key, place, operations).read() : service;
        });
        if (fields.given(SERVICES).isEmpty()) {
            problems.add(root.position(), "", "the file has no services", "add services: with at least one service");
        }
        Stack stack = new Stack(
                name,
                services,
                named(fields, "networks", resources::network),
                named(fields, "volumes", resources::volume),
                named(fields, "secrets", resources::secret),
                named(fields, "configs", resources::config),
                operations.stack(fields),
                extensions(fields));
        fields.end();
        return stack;
    }

    /**
     * The services, where they are many, that are read without a problem and without an extension. These depend on no
     * other, and are read side by side. What is left is read one by one: where several problems come from one place,
     * the first is the one to report, and extensions name parts that are looked up in the order of the file.
     */
    private Map<String, Service> sound(Optional<Place> services) {
        if (services.isEmpty()
                || !(services.get().node() instanceof MapNode map)
                || map.entries().size() < MANY) {
            return Map.of();
        }
        DottedPath path = services.get().path();
        Map<String, Service> sound = new ConcurrentHashMap<>();
        List.copyOf(map.entries().keySet()).parallelStream().forEach(key -> {
            if (map.get(key).orElseThrow() instanceof MapNode node
                    && node.get(Operations.KEY).isEmpty()) {
                Problems own = new Problems();
                Service service = new ServiceReader(key, new Place(node, path.key(key), own), operations).read();
                if (own.isEmpty()) {
                    sound.put(key, service);
                }
            }
        });
        return sound;
    }

    private static Map<String, Data> extensions(Fields fields) {
        Map<String, Data> extensions = new LinkedHashMap<>();
        fields.get("models")
                .ifPresent(models -> Shapes.MODELS.read(models).ifPresent(data -> extensions.put("models", data)));
        extensions.putAll(fields.extensions());
        return extensions;
    }

    private <T> Map<String, T> named(Fields fields, String section, BiFunction<String, Place, T> reader) {
        Map<String, T> values = new LinkedHashMap<>();
        fields.given(section)
                .ifPresent(place -> place.entries().forEach((key, value) -> {
                    if (key.startsWith(Fields.EXTENSION) && !section.equals(SERVICES)) {
                        return;
                    }
                    if (!KEY.matcher(key).matches()) {
                        place.problemWithKey(
                                key,
                                "expected a name of letters, digits, '.', '_' and '-', found \"" + key + "\"",
                                "rename it");
                    }
                    if (!section.equals(SERVICES)) {
                        operations.resource(value);
                    }
                    values.put(key, reader.apply(key, value));
                }));
        return values;
    }
}
