package dev.prodstack.core.compose;

import dev.prodstack.core.compose.canonical.BaseDirectory;
import dev.prodstack.core.compose.interpolate.Variables;
import dev.prodstack.core.compose.merge.Merge;
import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.Node.Entry;
import dev.prodstack.core.yaml.Node.ListNode;
import dev.prodstack.core.yaml.Node.MapNode;
import dev.prodstack.core.yaml.Node.ScalarNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Loads the files of one project, merged: those given and, by the chapter "Include" of the Compose Specification, the
 * projects that they include.
 */
final class ProjectLoader {
    private static final int MAX_INCLUDES = 200;
    private static final List<String> SECTIONS = List.of("services", "networks", "volumes", "secrets", "configs");

    private final Findings findings;
    private int includes;

    ProjectLoader(Findings findings) {
        this.findings = findings;
    }

    /**
     * Loads and merges documents.
     *
     * @param documents the files, later ones over earlier ones
     * @param base what relative paths start from
     * @param variables the values for interpolation
     * @param chain the files that led here by including one another
     */
    Optional<MapNode> load(List<Document> documents, BaseDirectory base, Variables variables, Set<Path> chain) {
        MapNode merged = null;
        for (Document document : documents) {
            MapNode tree = document.resolve(variables, base, findings);
            Set<Path> longer = new LinkedHashSet<>(chain);
            longer.add(canonical(document.file()));
            MapNode extended =
                    new Extends(findings, variables, base).apply(tree, document.file(), Optional.ofNullable(merged));
            MapNode included = include(extended, base, variables, longer);
            merged = merged == null ? Merge.resolved(included) : Merge.files(merged, included);
        }
        return Optional.ofNullable(merged);
    }

    static Path canonical(Path file) {
        return file.toAbsolutePath().normalize();
    }

    private MapNode include(MapNode tree, BaseDirectory base, Variables variables, Set<Path> chain) {
        Optional<Node> list = tree.get("include");
        if (list.isEmpty()) {
            return tree;
        }
        MapNode result = tree.without("include");
        if (!(list.get() instanceof ListNode items)) {
            findings.problems()
                    .add(
                            list.get().position(),
                            "include",
                            "expected a list, found " + list.get().kind());
            return result;
        }
        for (int i = 0; i < items.items().size(); i++) {
            String path = "include[" + i + "]";
            if (items.items().get(i) instanceof MapNode item) {
                Optional<MapNode> project = included(item, path, base, variables, chain);
                result = project.isPresent() ? join(result, project.get(), path) : result;
            } else {
                Node item = items.items().get(i);
                findings.problems().add(item.position(), path, "expected a path or a mapping, found " + item.kind());
            }
        }
        return result;
    }

    private Optional<MapNode> included(
            MapNode item, String path, BaseDirectory base, Variables variables, Set<Path> chain) {
        if (++includes > MAX_INCLUDES) {
            findings.problems().add(item.position(), path, "more than " + MAX_INCLUDES + " includes");
            return Optional.empty();
        }
        checkKeys(item, path);
        List<Path> files = paths(item, "path", path, base);
        if (files.isEmpty()) {
            findings.problems().add(item.position(), path, "\"path\" is missing", "name the Compose file to include");
            return Optional.empty();
        }
        List<Document> documents = new ArrayList<>();
        for (Path file : files) {
            if (chain.contains(canonical(file))) {
                findings.problems()
                        .add(
                                item.position(),
                                path,
                                "the file " + file + " includes itself, by way of " + via(chain),
                                "remove one include");
                return Optional.empty();
            }
            Document.read(file, item.position(), path, findings).ifPresent(documents::add);
        }
        Path parent = files.get(0).toAbsolutePath().getParent();
        List<Path> directories = paths(item, "project_directory", path, base);
        Path directory = !directories.isEmpty() ? directories.get(0) : parent == null ? base.directory() : parent;
        Variables known = variables.beneath(
                paths(item, "env_file", path, base), directory, item.position(), path, findings.problems());
        return load(documents, base.at(directory), known, chain);
    }

    private static String via(Set<Path> chain) {
        return String.join(" and ", chain.stream().map(Path::toString).toList());
    }

    private void checkKeys(MapNode item, String path) {
        item.entries().forEach((key, entry) -> {
            if (!Set.of("path", "env_file", "project_directory").contains(key)) {
                findings.problems()
                        .add(
                                entry.keyPosition(),
                                path + "." + key,
                                "unknown key \"" + key + "\"",
                                "known here: path, env_file, project_directory");
            }
        });
    }

    private List<Path> paths(MapNode item, String key, String path, BaseDirectory base) {
        Optional<Node> value = item.get(key);
        if (value.isEmpty()) {
            return List.of();
        }
        List<Node> nodes = value.get() instanceof ListNode list ? list.items() : List.of(value.get());
        List<Path> paths = new ArrayList<>();
        for (Node node : nodes) {
            if (node instanceof ScalarNode scalar
                    && scalar.isString()
                    && !scalar.text().isEmpty()) {
                try {
                    paths.add(Path.of(base.resolve(scalar.text())));
                } catch (InvalidPathException e) {
                    findings.problems()
                            .add(node.position(), path + "." + key, "expected a path, found \"" + scalar.text() + "\"");
                } catch (IllegalArgumentException e) {
                    findings.problems()
                            .add(
                                    node.position(),
                                    path + "." + key,
                                    e.getMessage() + ", found \"" + scalar.text() + "\"");
                }
            } else {
                findings.problems().add(node.position(), path + "." + key, "expected a path, found " + node.kind());
            }
        }
        return paths;
    }

    /** Adds what an included project has; the same name for something else is a conflict. */
    private MapNode join(MapNode tree, MapNode project, String path) {
        MapNode result = tree;
        for (String section : SECTIONS) {
            if (!(project.get(section).orElse(project) instanceof MapNode theirs)
                    || project.get(section).isEmpty()) {
                continue;
            }
            Map<String, Entry> entries = new LinkedHashMap<>();
            Optional<Node> ours = tree.get(section);
            if (ours.isPresent() && ours.get() instanceof MapNode map) {
                entries.putAll(map.entries());
            }
            theirs.entries().forEach((key, entry) -> {
                Entry own = entries.putIfAbsent(key, entry);
                if (own != null && !own.value().toData().equals(entry.value().toData())) {
                    findings.problems()
                            .add(
                                    own.keyPosition(),
                                    section + "." + key,
                                    "\"" + key + "\" is also defined by what " + path + " includes, at "
                                            + entry.keyPosition(),
                                    "rename one of the two, or override it in a further file given with -f");
                }
            });
            result = result.with(section, new MapNode(theirs.position(), entries));
        }
        return result;
    }
}
