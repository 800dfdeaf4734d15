package dev.prodstack.core.compose.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.SourceText;
import dev.prodstack.core.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Every key that a Compose file may have stands in a valid file of the corpus. */
final class KeyCoverageTest {

    @Test
    void everyKeyOfTheSpecificationHasACase() throws IOException {
        assertThat(unused("compose-keys.txt", one -> !one.has(CorpusCase.PROBLEMS)))
                .isEmpty();
    }

    @Test
    void everyKeyOfTheCliHasACaseThatIsComparedWithIt() throws IOException {
        assertThat(unused("cli-keys.txt", one -> one.has(CorpusCase.DOCKER_PRINTED)))
                .isEmpty();
    }

    private static Set<String> unused(String list, Predicate<CorpusCase> counts) throws IOException {
        Key root = new Key();
        Set<String> unused = new TreeSet<>(Files.readAllLines(CorpusCase.root().resolve(list)));
        unused.forEach(root::add);
        for (CorpusCase one : CorpusCase.all()) {
            if (counts.test(one)) {
                for (Path file : one.files()) {
                    SourceText text = new SourceText(file.toString(), Files.readString(file));
                    YamlReader.read(text, new Problems()).ifPresent(node -> root.use(node, unused));
                }
            }
        }
        return unused;
    }

    /** A key path and those below it; {@code *} is any key, {@code []} any item. */
    private static final class Key {
        private final Map<String, Key> below = new LinkedHashMap<>();
        private String path = "";

        void add(String keyPath) {
            Key key = this;
            for (String part : keyPath.replace("[]", ".[]").split("\\.", -1)) {
                key = key.below.computeIfAbsent(part, name -> new Key());
            }
            key.path = keyPath;
        }

        void use(Node node, Set<String> unused) {
            unused.remove(path);
            if (node instanceof Node.MapNode map) {
                map.entries().forEach((name, entry) -> {
                    Key key = below.getOrDefault(name, below.get("*"));
                    if (key != null) {
                        key.use(entry.value(), unused);
                    }
                });
            }
            Key items = below.get("[]");
            if (node instanceof Node.ListNode list && items != null) {
                list.items().forEach(item -> items.use(item, unused));
            }
        }
    }
}
