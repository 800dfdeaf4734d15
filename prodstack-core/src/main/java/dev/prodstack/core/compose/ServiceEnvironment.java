package dev.prodstack.core.compose;

import dev.prodstack.core.compose.interpolate.EnvFile;
import dev.prodstack.core.compose.interpolate.Variables;
import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.Node.Entry;
import dev.prodstack.core.yaml.Node.ListNode;
import dev.prodstack.core.yaml.Node.MapNode;
import dev.prodstack.core.yaml.Node.ScalarNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Gives services what their {@code env_file} and {@code label_file} say, beneath what the Compose file itself says, and
 * gives variables that are named without a value the one of the environment.
 */
final class ServiceEnvironment {
    private static final String ENVIRONMENT = "environment";

    private final Variables variables;
    private final Findings findings;

    ServiceEnvironment(Variables variables, Findings findings) {
        this.variables = variables;
        this.findings = findings;
    }

    /** The service with its files read. */
    MapNode apply(MapNode service, String path) {
        MapNode result = merged(service, "env_file", ENVIRONMENT, path);
        result = merged(result, "label_file", "labels", path);
        Optional<Node> environment = result.get(ENVIRONMENT);
        return environment.isPresent() && environment.get() instanceof MapNode map
                ? result.with(ENVIRONMENT, passedThrough(map))
                : result;
    }

    private MapNode merged(MapNode service, String filesKey, String valuesKey, String path) {
        if (!(service.get(filesKey).orElse(service) instanceof ListNode files)) {
            return service;
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (int i = 0; i < files.items().size(); i++) {
            read(files.items().get(i), path + "." + filesKey + "[" + i + "]", entries);
        }
        Optional<Node> own = service.get(valuesKey);
        if (own.isPresent() && own.get() instanceof MapNode map) {
            entries.putAll(map.entries());
        } else if (own.isPresent() && !(own.get() instanceof ScalarNode scalar && scalar.isNull())) {
            return service;
        }
        return service.with(valuesKey, new MapNode(files.position(), entries));
    }

    private void read(Node item, String path, Map<String, Entry> entries) {
        Optional<ScalarNode> file = item instanceof ScalarNode scalar ? Optional.of(scalar) : scalar(item, "path");
        if (file.isEmpty() || !file.get().isString()) {
            findings.problems().add(item.position(), path, "expected a path, or a mapping with path", "");
            return;
        }
        Path location = Path.of(file.get().text());
        boolean required = !scalar(item, "required")
                .map(ScalarNode::text)
                .filter("false"::equals)
                .isPresent();
        if (!required && !Files.exists(location)) {
            return;
        }
        boolean raw = scalar(item, "format")
                .map(ScalarNode::text)
                .filter("raw"::equals)
                .isPresent();
        checkKeys(item, path);
        EnvFile read = EnvFile.read(
                location,
                raw ? EnvFile.Format.RAW : EnvFile.Format.COMPOSE,
                variables,
                file.get().position(),
                path,
                findings.problems());
        findings.addUnset(read.unset());
        read.values()
                .forEach((name, value) -> entries.put(
                        name,
                        new Entry(
                                file.get().position(),
                                ScalarNode.string(file.get().position(), value))));
    }

    private void checkKeys(Node item, String path) {
        if (item instanceof MapNode map) {
            map.entries().forEach((key, entry) -> {
                if (!key.equals("path") && !key.equals("required") && !key.equals("format")) {
                    findings.problems()
                            .add(
                                    entry.keyPosition(),
                                    path + "." + key,
                                    "unknown key \"" + key + "\"",
                                    "known here: path, required, format");
                }
            });
            scalar(item, "format")
                    .filter(format -> !format.text().equals("raw"))
                    .ifPresent(format -> findings.problems()
                            .add(
                                    format.position(),
                                    path + ".format",
                                    "expected raw, found \"" + format.text() + "\"",
                                    "leave format away for the usual one"));
        }
    }

    private MapNode passedThrough(MapNode environment) {
        return environment.replaceAll((name, value) -> Optional.of(
                value instanceof ScalarNode scalar && scalar.isNull()
                        ? variables
                                .get(name)
                                .<Node>map(given -> ScalarNode.string(value.position(), given))
                                .orElse(value)
                        : value));
    }

    private static Optional<ScalarNode> scalar(Node node, String key) {
        return node instanceof MapNode map
                ? map.get(key).filter(ScalarNode.class::isInstance).map(ScalarNode.class::cast)
                : Optional.empty();
    }
}
