package dev.prodstack.cli.settings;

import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.problem.Suggestion;
import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.TextFile;
import dev.prodstack.core.yaml.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A YAML file with settings by key; paths in it start from its own directory. */
final class SettingsFile {
    private static final TextFile TEXT = new TextFile("the settings file", 1024 * 1024);

    private final Path file;
    private final Problems problems;
    private final Map<Setting, Effective> values = new EnumMap<>(Setting.class);

    private SettingsFile(Path file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** What a file sets: nothing if it does not exist or cannot be understood, which is a problem. */
    static Map<Setting, Effective> read(Path file, Problems problems) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        SettingsFile reading = new SettingsFile(file, problems);
        TEXT.read(file, Position.of(file.toString()), "", problems)
                .filter(source -> !source.text().isBlank())
                .flatMap(source -> YamlReader.read(source, problems))
                .ifPresent(reading::read);
        return reading.values;
    }

    private void read(Node root) {
        if (root instanceof Node.MapNode map) {
            map.entries().forEach(this::set);
        } else {
            problems.add(
                    root.position(),
                    "",
                    "expected a mapping of settings, found " + root.kind(),
                    "write, for example, \"output: json\"");
        }
    }

    private void set(String key, Node.Entry entry) {
        Optional<Setting> known =
                Stream.of(Setting.values()).filter(s -> s.key().equals(key)).findFirst();
        if (known.isEmpty()) {
            List<String> keys = Stream.of(Setting.values()).map(Setting::key).toList();
            problems.add(
                    entry.keyPosition(),
                    key,
                    "unknown setting; there are " + String.join(", ", keys),
                    Suggestion.forWord(key, keys).orElse(""));
            return;
        }
        Setting setting = known.get();
        Optional<List<String>> read = words(setting, entry.value());
        read.ifPresent(
                words -> values.put(setting, new Effective(words, new Origin.SettingsFile(entry.keyPosition()))));
    }

    private Optional<List<String>> words(Setting setting, Node node) {
        List<Node> items = node instanceof Node.ListNode list && setting.kind().isList() ? list.items() : List.of(node);
        List<String> words = new ArrayList<>();
        for (Node item : items) {
            if (item instanceof Node.ScalarNode scalar && !scalar.isNull()) {
                words.add(word(setting, scalar));
            } else {
                problems.add(
                        item.position(),
                        setting.key(),
                        "expected " + (setting.kind().isList() ? "a string or a list of strings" : "a string")
                                + ", found " + item.kind());
                return Optional.empty();
            }
        }
        return Optional.of(words);
    }

    private String word(Setting setting, Node.ScalarNode scalar) {
        String word = scalar.text();
        if (!setting.choices().isEmpty() && !setting.choices().contains(word)) {
            problems.add(
                    scalar.position(),
                    setting.key(),
                    "expected one of " + String.join(", ", setting.choices()) + "; found \"" + word + "\"");
        }
        return setting.kind().isPath() ? file.resolveSibling(word).toString() : word;
    }
}
