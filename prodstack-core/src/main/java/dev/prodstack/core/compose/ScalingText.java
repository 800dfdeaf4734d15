package dev.prodstack.core.compose;

import dev.prodstack.core.compose.normal.NormalForm;
import dev.prodstack.core.compose.operations.OperationsReader;
import dev.prodstack.core.compose.read.StackReader;
import dev.prodstack.core.print.JsonText;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.stack.Operations;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.value.Data;
import dev.prodstack.core.yaml.Node.MapNode;
import dev.prodstack.core.yaml.Node.ScalarNode;
import dev.prodstack.core.yaml.SourceText;
import dev.prodstack.core.yaml.YamlReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a service of a stack is scaled, as text that a deploy leaves with the service: the stack in its normal form,
 * without all that scaling does not go by. Who scales it needs no file then, and a service that goes back to what it
 * was takes its policy along.
 */
public final class ScalingText {
    private static final List<String> KEPT = List.of("image", "deploy");

    private ScalingText() {}

    /** The text of a service; nothing if it has no policy. */
    public static Optional<String> of(Stack stack, String service) {
        boolean scaled = Optional.ofNullable(stack.services().get(service))
                .flatMap(its -> its.operations().autoscale())
                .isPresent();
        return scaled ? Optional.of(write(stack, service)) : Optional.empty();
    }

    private static String write(Stack stack, String service) {
        Map<String, Data> root = fields(NormalForm.of(stack));
        Map<String, Data> whole = field(field(root, "services"), service);
        Map<String, Data> kept = new LinkedHashMap<>();
        KEPT.forEach(key -> keep(whole, key, kept));
        kept.put(Operations.KEY, autoscale(field(whole, Operations.KEY)));
        Map<String, Data> text = new LinkedHashMap<>();
        text.put("name", Data.of(stack.name()));
        text.put("services", Data.of(Map.of(service, Data.of(kept))));
        if (root.containsKey(Operations.KEY)) {
            text.put(Operations.KEY, autoscale(field(root, Operations.KEY)));
        }
        return JsonText.compact(Data.of(text));
    }

    private static Data autoscale(Map<String, Data> operations) {
        Map<String, Data> kept = new LinkedHashMap<>();
        keep(operations, "autoscale", kept);
        return Data.of(kept);
    }

    private static void keep(Map<String, Data> from, String key, Map<String, Data> to) {
        Data value = from.get(key);
        if (value != null) {
            to.put(key, value);
        }
    }

    private static Map<String, Data> field(Map<String, Data> fields, String key) {
        return fields(Objects.requireNonNull(fields.get(key), key));
    }

    private static Map<String, Data> fields(Data data) {
        return ((Data.Fields) data).fields();
    }

    /**
     * Reads a text.
     *
     * @param name what to call it where it is wrong
     * @return a stack with the one service
     * @throws ComposeException if it is no such text
     */
    public static Stack read(String name, String text) {
        Problems problems = new Problems();
        // In the normal form a dollar sign is written twice.
        SourceText source = new SourceText(name, text.replace("$$", "$"));
        Optional<MapNode> tree = YamlReader.read(source, problems)
                .flatMap(node -> node instanceof MapNode map ? Optional.of(map) : Optional.empty());
        Optional<Stack> stack =
                tree.map(map -> new StackReader(problems, new OperationsReader()).read(stackName(map), map));
        if (stack.isEmpty() || !problems.isEmpty()) {
            throw new ComposeException(problems.toList());
        }
        return stack.get();
    }

    private static String stackName(MapNode map) {
        return map.get("name")
                .map(node -> node instanceof ScalarNode scalar ? scalar.text() : "")
                .orElse("");
    }
}
