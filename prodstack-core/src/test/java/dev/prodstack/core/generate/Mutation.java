package dev.prodstack.core.generate;

import dev.prodstack.core.value.Data;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Damages valid input: trees where a value is replaced, moved or renamed, and text where characters are. */
public final class Mutation {
    private static final List<String> TOKENS = List.of(
            "!reset ",
            "!override ",
            "!!binary ",
            "!!int ",
            "!!set ",
            "!x ",
            "&a ",
            "*a",
            "*a ",
            "<<: ",
            "<<: *a\n",
            "${",
            "$",
            "}",
            "$${",
            "${A:?",
            "\t",
            "\u0000",
            "\n---\n",
            "\n...\n",
            "|",
            "|2-\n",
            ">",
            "'",
            "\"",
            "{",
            "[",
            "]",
            "{}",
            "[]",
            "? ",
            ": ",
            ":",
            "- ",
            "-",
            "#",
            " #",
            "\uFEFF",
            "%YAML 9.9\n",
            "~",
            "null",
            "99999999999999999999",
            "-1",
            "0x",
            "0o9",
            "1e999999999",
            "1e-999999999",
            ".inf",
            ".nan",
            "2147483648",
            "9223372036854775808",
            "yes",
            ",",
            "/",
            "//",
            "..",
            "=",
            "\\",
            "\r",
            "\r\n",
            "\u0085",
            "\u2028",
            "\uD83D\uDE00",
            "x-",
            "a.b",
            "*",
            "@",
            "%");
    private static final List<String> KEYS = List.of(
            "services",
            "networks",
            "volumes",
            "secrets",
            "configs",
            "include",
            "extends",
            "env_file",
            "label_file",
            "environment",
            "labels",
            "image",
            "build",
            "command",
            "ports",
            "deploy",
            "resources",
            "limits",
            "healthcheck",
            "test",
            "external",
            "name",
            "version",
            "profiles",
            "depends_on",
            "default",
            "file",
            "service",
            "path",
            "type",
            "target",
            "source",
            "ulimits",
            "x-prodstack",
            "x-a",
            "<<",
            "",
            "~",
            "1");

    private final Random random;
    private final Draw draw;

    /** Mutates by a source of randomness. */
    public Mutation(Random random) {
        this.random = random;
        this.draw = new Draw(random);
    }

    /** The tree with one value changed. */
    public Data tree(Data tree) {
        return change(tree, tree, 0);
    }

    private Data change(Data data, Data whole, int depth) {
        boolean inner = depth < 1 || random.nextInt(5) > 0;
        if (inner && data instanceof Data.Fields fields && !fields.fields().isEmpty()) {
            return changed(fields.fields(), whole, depth);
        }
        if (inner && data instanceof Data.Items items && !items.items().isEmpty()) {
            List<Data> changed = new ArrayList<>(items.items());
            int index = random.nextInt(changed.size());
            if (random.nextInt(6) == 0) {
                changed.add(changed.get(index));
            } else {
                changed.set(index, change(changed.get(index), whole, depth + 1));
            }
            return Data.of(changed);
        }
        return replacement(data, whole);
    }

    private Data changed(Map<String, Data> fields, Data whole, int depth) {
        Map<String, Data> changed = new LinkedHashMap<>(fields);
        String key = draw.of(List.copyOf(fields.keySet()));
        Data value = fields.getOrDefault(key, Data.Null.NULL);
        switch (random.nextInt(12)) {
            case 0 -> changed.remove(key);
            case 1 -> {
                changed.remove(key);
                changed.put(draw.of(KEYS), value);
            }
            case 2 -> changed.put(draw.of(KEYS), draw.once(2) ? value : somewhere(whole));
            default -> changed.put(key, change(value, whole, depth + 1));
        }
        return Data.of(changed);
    }

    private Data replacement(Data data, Data whole) {
        return switch (random.nextInt(8)) {
            case 0 -> Data.Null.NULL;
            case 1 -> draw.scalar();
            case 2 -> Data.of(draw.of(TOKENS));
            case 3 -> Data.of(List.of(data));
            case 4 -> Data.of(Map.of(draw.of(KEYS), data));
            case 5 -> somewhere(whole);
            case 6 -> data instanceof Data.Text text ? Data.of(text(text.value())) : draw.number();
            default -> draw.anything(3);
        };
    }

    /** A part of the tree. */
    private Data somewhere(Data data) {
        if (random.nextInt(4) > 0
                && data instanceof Data.Fields fields
                && !fields.fields().isEmpty()) {
            return somewhere(draw.of(List.copyOf(fields.fields().values())));
        }
        if (random.nextInt(4) > 0
                && data instanceof Data.Items items
                && !items.items().isEmpty()) {
            return somewhere(draw.of(items.items()));
        }
        return data;
    }

    /** The text with a few characters or lines changed. */
    public String text(String text) {
        StringBuilder changed = new StringBuilder(text);
        do {
            int at = random.nextInt(changed.length() + 1);
            int end = Math.min(changed.length(), at + 1 + random.nextInt(random.nextInt(10) == 0 ? 200 : 4));
            switch (random.nextInt(7)) {
                case 0 -> changed.delete(at, end);
                case 1 -> changed.insert(at, changed.substring(at, end));
                case 2 -> changed.insert(lineStart(changed, at), " ".repeat(1 + random.nextInt(4)));
                case 3 -> changed.insert(lineStart(changed, at), draw.of(TOKENS));
                case 4 -> changed.replace(at, end, draw.of(TOKENS));
                case 5 -> copyLine(changed, at);
                default -> changed.insert(at, draw.of(TOKENS));
            }
        } while (random.nextInt(3) > 0);
        return changed.toString();
    }

    /** A line is repeated somewhere else. */
    private void copyLine(StringBuilder text, int at) {
        int start = lineStart(text, at);
        int end = text.indexOf("\n", start);
        String line = end < 0 ? "" : text.substring(start, end + 1);
        text.insert(lineStart(text, random.nextInt(text.length() + 1)), line);
    }

    private static int lineStart(StringBuilder text, int at) {
        return at == 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
    }
}
