package dev.prodstack.core.compose.canonical;

import dev.prodstack.core.problem.DottedPath;
import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.Node.Entry;
import dev.prodstack.core.yaml.Node.ListNode;
import dev.prodstack.core.yaml.Node.MapNode;
import dev.prodstack.core.yaml.Node.ScalarNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Canonical forms of what stands below a service. */
final class ServiceForms {
    private ServiceForms() {}

    static Rewriter service(BaseDirectory base) {
        Rewriter list = Rewriter.string(Rewriter::listOfOne);
        Rewriter command =
                Rewriter.string(scalar -> Rewriter.strings(scalar.position(), ShellWords.split(Rewriter.text(scalar))));
        Rewriter references = Rewriter.items(ServiceForms::reference);
        Map<String, Rewriter> forms = new HashMap<>();
        forms.put("annotations", KeyValues.ofLabels());
        forms.put("build", build());
        forms.put("command", command);
        forms.put("configs", references);
        forms.put("depends_on", listToMap(item -> plainDependency(item.position())));
        forms.put("deploy", ResourceForms.labelled());
        forms.put("dns", list);
        forms.put("dns_search", list);
        forms.put("entrypoint", command);
        forms.put("env_file", list.then(Rewriter.items((item, path, problems) -> envFile(base, item, path, problems))));
        forms.put("environment", KeyValues.ofVariables());
        forms.put("extends", Rewriter.string(scalar -> Rewriter.map(scalar.position(), Map.of("service", scalar))));
        forms.put("extra_hosts", HostSyntax.rewriter());
        forms.put("healthcheck", Rewriter.fields(Map.of("test", Rewriter.string(ServiceForms::shellTest))));
        forms.put(
                "label_file",
                list.then(Rewriter.items((item, path, problems) ->
                        path(base).rewrite(item, path, problems).stream().toList())));
        forms.put("labels", KeyValues.ofLabels());
        forms.put("models", listToMap(ServiceForms::nothing));
        forms.put("networks", listToMap(ServiceForms::nothing));
        forms.put("ports", Rewriter.items(new PortForms()::rewrite));
        forms.put("secrets", references);
        forms.put("sysctls", KeyValues.ofLabels());
        forms.put("tmpfs", list);
        forms.put("ulimits", Rewriter.values(Rewriter.string(ServiceForms::ulimit)));
        forms.put("volumes", Rewriter.items((item, path, problems) -> MountForms.rewrite(base, item, path, problems)));
        return Rewriter.fields(forms);
    }

    /** A path on this machine, made absolute. */
    static Rewriter path(BaseDirectory base) {
        return Rewriter.string(scalar -> ScalarNode.string(scalar.position(), base.resolve(scalar.text())));
    }

    /** {@code include: [file]} is {@code include: [{path: [file]}]}. */
    static List<Node> include(Node item, DottedPath path, Problems problems) {
        Rewriter list = Rewriter.string(Rewriter::listOfOne);
        Node mapping = item instanceof ScalarNode scalar && !scalar.isNull()
                ? Rewriter.map(scalar.position(), Map.of("path", scalar))
                : item;
        return Rewriter.fields(Map.of("path", list, "env_file", list)).rewrite(mapping, path, problems).stream()
                .toList();
    }

    private static Rewriter build() {
        return Rewriter.string(scalar -> Rewriter.map(scalar.position(), Map.of("context", scalar)))
                .then(Rewriter.fields(Map.of(
                        "args", KeyValues.ofVariables(),
                        "labels", KeyValues.ofLabels(),
                        "additional_contexts", KeyValues.ofLabels(),
                        "extra_hosts", HostSyntax.rewriter(),
                        "secrets", Rewriter.items(ServiceForms::reference),
                        "ulimits", Rewriter.values(Rewriter.string(ServiceForms::ulimit)))));
    }

    private static ScalarNode nothing(Node item) {
        return ScalarNode.plain(item.position(), "");
    }

    private static Node plainDependency(Position position) {
        return Rewriter.map(position, Map.of("condition", ScalarNode.string(position, "service_started")));
    }

    private static Rewriter listToMap(java.util.function.Function<Node, Node> value) {
        return (node, path, problems) -> {
            if (!(node instanceof ListNode list)) {
                return Optional.of(node);
            }
            Map<String, Entry> entries = new LinkedHashMap<>();
            for (int i = 0; i < list.items().size(); i++) {
                Node item = list.items().get(i);
                if (item instanceof ScalarNode scalar && scalar.isString()) {
                    entries.put(scalar.text(), new Entry(item.position(), value.apply(item)));
                } else {
                    problems.add(item.position(), path.item(i).toString(), "expected a name, found " + item.kind());
                }
            }
            return Optional.of(new MapNode(list.position(), entries, list.directive()));
        };
    }

    private static List<Node> reference(Node item, DottedPath path, Problems problems) {
        if (item instanceof ScalarNode scalar && scalar.isString()) {
            return List.of(Rewriter.map(item.position(), Map.of("source", scalar)));
        }
        return List.of(item);
    }

    private static Node shellTest(ScalarNode test) {
        return new ListNode(
                test.position(),
                List.of(
                        ScalarNode.string(test.position(), "CMD-SHELL"),
                        ScalarNode.string(test.position(), test.text())));
    }

    private static Node ulimit(ScalarNode limit) {
        Map<String, Node> both = new LinkedHashMap<>();
        both.put("soft", limit);
        both.put("hard", limit);
        return Rewriter.map(limit.position(), both);
    }

    private static List<Node> envFile(BaseDirectory base, Node item, DottedPath path, Problems problems) {
        Node mapping = item instanceof ScalarNode scalar && !scalar.isNull()
                ? Rewriter.map(scalar.position(), Map.of("path", scalar))
                : item;
        return new ArrayList<>(Rewriter.fields(Map.of("path", path(base))).rewrite(mapping, path, problems).stream()
                .toList());
    }
}
