package dev.prodstack.core.compose;

import dev.prodstack.core.compose.canonical.BaseDirectory;
import dev.prodstack.core.compose.interpolate.Variables;
import dev.prodstack.core.compose.merge.Merge;
import dev.prodstack.core.problem.Problem;
import dev.prodstack.core.problem.Suggestion;
import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.Node.MapNode;
import dev.prodstack.core.yaml.Node.ScalarNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts services over those they extend, in the same file or another, by the chapter "Extends" of the specification. */
final class Extends {
    private static final String EXTENDS = "extends";
    private static final String SERVICES = "services";
    private static final int MAX_DEPTH = 50;

    /** A file that services are looked up in: its tree, and what its relative paths start from. */
    private record Origin(Path file, MapNode tree, Optional<MapNode> earlier) {

        Optional<MapNode> service(String name) {
            return in(tree, name).or(() -> earlier.flatMap(files -> in(files, name)));
        }

        private static Optional<MapNode> in(MapNode files, String name) {
            return services(files)
                    .flatMap(map -> map.get(name))
                    .filter(MapNode.class::isInstance)
                    .map(MapNode.class::cast);
        }
    }

    private final Findings findings;
    private final Variables variables;
    private final BaseDirectory base;
    private final Map<Path, Optional<Origin>> files = new HashMap<>();

    /** The services found on a way that does not end, of which one report is enough. */
    private final Set<String> circular = new HashSet<>();

    Extends(Findings findings, Variables variables, BaseDirectory base) {
        this.findings = findings;
        this.variables = variables;
        this.base = base;
    }

    /** The tree with every {@code extends} carried out. */
    MapNode apply(MapNode tree, Path file, Optional<MapNode> earlier) {
        Optional<MapNode> services = services(tree);
        if (services.isEmpty()) {
            return tree;
        }
        Origin origin = new Origin(ProjectLoader.canonical(file), tree, earlier);
        MapNode result = services.get().replaceAll((name, service) -> {
            if (!(service instanceof MapNode map) || map.get(EXTENDS).isEmpty()) {
                return Optional.of(service);
            }
            MapNode extended = extended(map, name, origin, new LinkedHashSet<>(Set.of(id(origin, name))));
            return Optional.of(extended.with(map.directive()));
        });
        return tree.with(SERVICES, result);
    }

    /** The service with what it extends; as it is, its {@code extends} included, where that leads nowhere. */
    private MapNode extended(MapNode service, String name, Origin origin, Set<String> chain) {
        Optional<Node> reference = service.get(EXTENDS);
        MapNode own = service.without(EXTENDS);
        if (reference.isEmpty() || (reference.get() instanceof ScalarNode scalar && scalar.isNull())) {
            return own;
        }
        Node where = reference.get();
        String path = SERVICES + "." + name + "." + EXTENDS;
        if (!(where instanceof MapNode fields) || text(fields, "service").isEmpty()) {
            report(
                    where,
                    path,
                    "expected a service, or a mapping with service and file",
                    "write extends: {service: NAME}");
            return service;
        }
        fields.entries().forEach((key, entry) -> {
            if (!Set.of("service", "file").contains(key)) {
                report(entry.value(), path + "." + key, "unknown key \"" + key + "\"", "known here: service, file");
            }
        });
        String target = text(fields, "service").orElseThrow();
        Optional<Origin> found = fields.get("file").isEmpty() ? Optional.of(origin) : file(fields, path, origin);
        if (found.isEmpty()) {
            return service;
        }
        Optional<MapNode> parent = found.get().service(target);
        if (parent.isEmpty()) {
            Set<String> names = services(found.get().tree())
                    .map(map -> map.entries().keySet())
                    .orElse(Set.of());
            report(
                    where,
                    path,
                    "there is no service \"" + target + "\" in " + found.get().file(),
                    Suggestion.forWord(target, names).orElse("define it, or name another one"));
            return service;
        }
        if (circular.contains(id(found.get(), target))) {
            return service;
        }
        if (!chain.add(id(found.get(), target)) || chain.size() > MAX_DEPTH) {
            circular.addAll(chain);
            report(
                    where,
                    path,
                    "the service extends itself, by way of " + String.join(", ", chain),
                    "remove one extends");
            return service;
        }
        return Merge.services(Merge.service(extended(parent.get(), target, found.get(), chain)), own);
    }

    private Optional<Origin> file(MapNode fields, String path, Origin origin) {
        Optional<String> name = text(fields, "file");
        Node where = fields.get("file").orElse(fields);
        if (name.isEmpty()) {
            report(where, path + ".file", "expected a path, found " + where.kind(), "");
            return Optional.empty();
        }
        Path parent = origin.file().getParent();
        Path directory = parent == null ? base.directory() : parent;
        Path file;
        try {
            file = Path.of(base.at(directory).resolve(name.get()));
        } catch (IllegalArgumentException e) {
            report(where, path + ".file", e.getMessage() + ", found \"" + name.get() + "\"", "");
            return Optional.empty();
        }
        if (file.equals(origin.file())) {
            return Optional.of(origin);
        }
        Optional<Origin> known = files.get(file);
        if (known == null) {
            Path itsParent = file.getParent();
            BaseDirectory itsBase = base.at(itsParent == null ? directory : itsParent);
            known = Document.read(file, where.position(), path + ".file", findings)
                    .map(document ->
                            new Origin(file, document.resolve(variables, itsBase, findings), Optional.empty()));
            files.put(file, known);
        }
        return known;
    }

    private static Optional<MapNode> services(MapNode tree) {
        return tree.get(SERVICES).filter(MapNode.class::isInstance).map(MapNode.class::cast);
    }

    private static Optional<String> text(MapNode fields, String key) {
        return fields.get(key)
                .filter(ScalarNode.class::isInstance)
                .map(ScalarNode.class::cast)
                .filter(scalar -> scalar.isString() && !scalar.text().isEmpty())
                .map(ScalarNode::text);
    }

    private static String id(Origin origin, String service) {
        return service + " in " + origin.file();
    }

    private void report(Node where, String path, String message, String fix) {
        findings.problems().add(new Problem(where.position(), path, message, fix));
    }
}
