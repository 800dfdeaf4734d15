package dev.prodstack.core.compose;

import dev.prodstack.core.compose.canonical.BaseDirectory;
import dev.prodstack.core.compose.interpolate.Interpolator;
import dev.prodstack.core.compose.interpolate.Variables;
import dev.prodstack.core.compose.operations.OperationsReader;
import dev.prodstack.core.compose.read.StackReader;
import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.Node.MapNode;
import dev.prodstack.core.yaml.Node.ScalarNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The steps from files to a stack: read, resolve, merge, select, add files of variables, type, check. */
final class StackLoader {
    private static final String PROJECT_NAME = "COMPOSE_PROJECT_NAME";
    private static final Position COMMAND = Position.of("<arguments>");

    private final ComposeSource source;
    private final Findings findings = new Findings();
    private final Problems problems = findings.problems();

    StackLoader(ComposeSource source) {
        this.source = source;
    }

    ComposeFile load() {
        List<Document> documents = documents();
        Path directory = source.baseDirectory();
        Variables known =
                Variables.of(source.environment()).beneath(source.envFiles(), directory, COMMAND, "", problems);
        if (documents.size() < source.files().size()) {
            stopIfWrong();
        }
        String name = name(documents, directory, known);
        Variables variables = known.get(PROJECT_NAME).isPresent() ? known : withName(name, directory);
        BaseDirectory base = new BaseDirectory(
                directory, Optional.ofNullable(source.environment().get("HOME")));
        Optional<MapNode> merged = new ProjectLoader(findings).load(documents, base, variables, Set.of());
        findings.addUnset(variables.unset());
        MapNode tree = withFiles(new Profiles(profiles(variables)).select(merged.orElseThrow()), variables);
        OperationsReader operations = new OperationsReader();
        Stack stack = new StackReader(problems, operations).read(name, tree);
        SourceMap positions = SourceMap.of(tree);
        References.check(stack, positions, problems);
        operations.check(stack);
        stopIfWrong();
        return new ComposeFile(stack, positions, findings.warnings().toList());
    }

    private List<Document> documents() {
        List<Document> documents = new ArrayList<>();
        for (Path file : source.files()) {
            Document.read(file, COMMAND, "", findings).ifPresent(documents::add);
        }
        return documents;
    }

    private Variables withName(String name, Path directory) {
        Map<String, String> environment = new HashMap<>(source.environment());
        environment.put(PROJECT_NAME, name);
        return Variables.of(environment).beneath(source.envFiles(), directory, COMMAND, "", problems);
    }

    /** From the caller, the environment, the last file that gives one, or the project's directory, in this order. */
    private String name(List<Document> documents, Path directory, Variables variables) {
        if (source.name().isPresent()) {
            return StackName.checked(source.name().get(), COMMAND, problems);
        }
        Optional<String> fromEnvironment = variables.get(PROJECT_NAME).filter(text -> !text.isEmpty());
        if (fromEnvironment.isPresent()) {
            return StackName.checked(fromEnvironment.get(), Position.of(PROJECT_NAME), problems);
        }
        for (int i = documents.size() - 1; i >= 0; i--) {
            Document document = documents.get(i);
            if (document.root().get("name").orElse(document.root()) instanceof ScalarNode scalar) {
                Node value = Interpolator.interpolate(document.text(), scalar, variables, problems)
                        .tree();
                return StackName.checked(((ScalarNode) value).text(), scalar.position(), problems);
            }
        }
        return StackName.of(directory).orElseGet(() -> {
            problems.add(COMMAND, "name", "the stack has no name", "give one with name: at the top of the file");
            return "";
        });
    }

    private Set<String> profiles(Variables variables) {
        if (!source.profiles().isEmpty()) {
            return source.profiles();
        }
        Set<String> active = new LinkedHashSet<>();
        variables.get("COMPOSE_PROFILES").stream()
                .flatMap(names -> List.of(names.split(",", -1)).stream())
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(active::add);
        return active;
    }

    private MapNode withFiles(MapNode tree, Variables variables) {
        if (tree.get("services").isEmpty() || !(tree.get("services").get() instanceof MapNode services)) {
            return tree;
        }
        ServiceEnvironment environment = new ServiceEnvironment(variables, findings);
        return tree.with(
                "services",
                services.replaceAll((name, service) -> Optional.of(
                        service instanceof MapNode map ? environment.apply(map, "services." + name) : service)));
    }

    private void stopIfWrong() {
        if (!problems.isEmpty()) {
            throw new ComposeException(problems.toList());
        }
    }
}
