package dev.prodstack.core.yaml;

import dev.prodstack.core.problem.Position;
import dev.prodstack.core.value.Copies;
import dev.prodstack.core.value.Data;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** A YAML value with the position of its first character. */
public sealed interface Node {

    /** Where the value begins. */
    Position position();

    /** How the value behaves when files are merged. */
    Directive directive();

    /** The same value with another merge behaviour. */
    Node with(Directive directive);

    /** The value without its positions, plain scalars resolved. */
    Data toData();

    /** What a noun for this kind of value is in a message. */
    String kind();

    /** The Compose Specification's merge tags. */
    enum Directive {
        /** Merged by the rules of its place. */
        NONE,
        /** {@code !reset}: removes what earlier files say, itself included. */
        RESET,
        /** {@code !override}: replaces what earlier files say. */
        OVERRIDE
    }

    /**
     * A mapping.
     *
     * @param position where it begins
     * @param entries the entries by key, in the order of the file
     * @param directive the merge tag
     */
    record MapNode(Position position, Map<String, Entry> entries, Directive directive) implements Node {
        /** Copies the entries. */
        public MapNode {
            entries = Copies.of(entries);
        }

        /** A mapping without a merge tag. */
        public MapNode(Position position, Map<String, Entry> entries) {
            this(position, entries, Directive.NONE);
        }

        /** The value of a key. */
        public Optional<Node> get(String key) {
            return Optional.ofNullable(entries.get(key)).map(Entry::value);
        }

        /** This mapping with one value put in or replaced; a new key is given the value's position. */
        public MapNode with(String key, Node value) {
            Map<String, Entry> changed = new LinkedHashMap<>(entries);
            Entry old = entries.get(key);
            changed.put(key, new Entry(old == null ? value.position() : old.keyPosition(), value));
            return new MapNode(position, changed, directive);
        }

        /** This mapping with each value replaced by what a function makes of it; a key whose value is gone goes too. */
        public MapNode replaceAll(BiFunction<String, Node, Optional<Node>> function) {
            Map<String, Entry> changed = new LinkedHashMap<>();
            entries.forEach((key, entry) -> function.apply(key, entry.value())
                    .ifPresent(value -> changed.put(key, new Entry(entry.keyPosition(), value))));
            return new MapNode(position, changed, directive);
        }

        /** This mapping without a key. */
        public MapNode without(String key) {
            Map<String, Entry> changed = new LinkedHashMap<>(entries);
            changed.remove(key);
            return new MapNode(position, changed, directive);
        }

        @Override
        public MapNode with(Directive other) {
            return new MapNode(position, entries, other);
        }

        @Override
        public Data toData() {
            Map<String, Data> fields = new LinkedHashMap<>();
            entries.forEach((key, entry) -> fields.put(key, entry.value().toData()));
            return Data.of(fields);
        }

        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /**
     * One entry of a mapping.
     *
     * @param keyPosition where the key begins
     * @param value the value
     */
    record Entry(Position keyPosition, Node value) {}

    /**
     * A list.
     *
     * @param position where it begins
     * @param items the items
     * @param directive the merge tag
     */
    record ListNode(Position position, List<Node> items, Directive directive) implements Node {
        /** Copies the items. */
        public ListNode {
            items = List.copyOf(items);
        }

        /** A list without a merge tag. */
        public ListNode(Position position, List<Node> items) {
            this(position, items, Directive.NONE);
        }

        @Override
        public ListNode with(Directive other) {
            return new ListNode(position, items, other);
        }

        @Override
        public Data toData() {
            return Data.of(items.stream().map(Node::toData).toList());
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * A scalar.
     *
     * @param position where it begins
     * @param text its characters
     * @param style whether it was written plainly
     * @param directive the merge tag
     */
    record ScalarNode(Position position, String text, Style style, Directive directive) implements Node {

        /** A string without a merge tag. */
        public static ScalarNode string(Position position, String text) {
            return new ScalarNode(position, text, Style.STRING, Directive.NONE);
        }

        /** A plain scalar, resolved by its characters, without a merge tag. */
        public static ScalarNode plain(Position position, String text) {
            return new ScalarNode(position, text, Style.PLAIN, Directive.NONE);
        }

        /** Whether it is a plain scalar that means nothing: empty, {@code ~} or {@code null}. */
        public boolean isNull() {
            return toData() == Data.Null.NULL;
        }

        /** Whether it is a string, as opposed to a number, a truth value or null. */
        public boolean isString() {
            return toData() instanceof Data.Text;
        }

        @Override
        public ScalarNode with(Directive other) {
            return new ScalarNode(position, text, style, other);
        }

        @Override
        public Data toData() {
            return style == Style.STRING ? new Data.Text(text) : PlainScalar.resolve(text);
        }

        @Override
        public String kind() {
            Data data = toData();
            if (data instanceof Data.Text) {
                return "a string";
            }
            if (data instanceof Data.Bool) {
                return "a truth value";
            }
            return data instanceof Data.Numeral ? "a number" : "nothing";
        }
    }

    /** Whether a scalar's characters decide its type. */
    enum Style {
        /** Written without quotes: may be a number, a truth value or null. */
        PLAIN,
        /** Quoted, a block, or the result of an interpolation: always a string. */
        STRING
    }
}
