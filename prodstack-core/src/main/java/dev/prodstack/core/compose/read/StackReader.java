package dev.prodstack.core.compose.read;

import dev.prodstack.core.problem.DottedPath;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.value.Data;
import dev.prodstack.core.yaml.Node.MapNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** Reads a whole merged file. */
public final class StackReader {
    private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9._-]+");

    private static final String SERVICES = "services";

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
        Map<String, Service> services =
                named(fields, SERVICES, (key, place) -> new ServiceReader(key, place, operations).read());
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
