package dev.prodstack.core.yaml;

import dev.prodstack.core.problem.Position;
import dev.prodstack.core.value.Data;
import dev.prodstack.core.value.OrderedMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

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

    /** How many values it is, those below it included; what aliases share counts each time. */
    long size();

    /** Whether it or anything below it has a merge tag. */
    boolean isTagged();

    /** Whether a scalar of it has a dollar sign, and so may refer to variables. */
    boolean isTemplate();

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

    /** A mapping. What is asked of the whole tree is added up when it is made, which spares walking over it. */
    final class MapNode implements Node {
        private final Position position;
        private final OrderedMap<String, Entry> entries;
        private final Directive directive;
        private final long size;
        private final boolean tagged;
        private final boolean template;

        /**
         * Copies the entries.
         *
         * @param position where it begins
         * @param entries the entries by key, in the order of the file
         * @param directive the merge tag
         */
        public MapNode(Position position, Map<String, Entry> entries, Directive directive) {
            this.position = position;
            this.entries = OrderedMap.of(entries);
            this.directive = directive;
            long values = 1;
            boolean tags = directive != Directive.NONE;
            boolean dollars = false;
            for (Entry entry : this.entries.values()) {
                values += entry.value().size();
                tags |= entry.value().isTagged();
                dollars |= entry.value().isTemplate();
            }
            this.size = values;
            this.tagged = tags;
            this.template = dollars;
        }

        /** A mapping without a merge tag. */
        public MapNode(Position position, Map<String, Entry> entries) {
            this(position, entries, Directive.NONE);
        }

        @Override
        public Position position() {
            return position;
        }

        /** The entries by key, in the order of the file. */
        public Map<String, Entry> entries() {
            return entries;
        }

        @Override
        public Directive directive() {
            return directive;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public boolean isTagged() {
            return tagged;
        }

        @Override
        public boolean isTemplate() {
            return template;
        }

        /** The value of a key. */
        public Optional<Node> get(String key) {
            return Optional.ofNullable(entries.get(key)).map(Entry::value);
        }

        /** Where a key stands among the entries, counted from 0; -1 if it is not there. */
        public int indexOf(String key) {
            return entries.indexOf(key);
        }

        /** The value of the key that stands at an index. */
        public Node valueAt(int index) {
            return entries.valueAt(index).value();
        }

        /** This mapping with one value put in or replaced; a new key is given the value's position. */
        public MapNode with(String key, Node value) {
            if (entries.indexOf(key) >= 0) {
                return replaceAll((name, old) -> Optional.of(name.equals(key) ? value : old));
            }
            Map<String, Entry> longer = new LinkedHashMap<>(entries);
            longer.put(key, new Entry(value.position(), value));
            return new MapNode(position, longer, directive);
        }

        /**
         * This mapping with each value replaced by what a function makes of it; a key whose value is gone goes too.
         * Where every value stays, it is this very mapping.
         */
        @SuppressWarnings("ReferenceEquality") // Whether anything changed is what is asked; equality would look at all.
        public MapNode replaceAll(BiFunction<String, Node, Optional<Node>> function) {
            OrderedMap<String, Entry> changed = entries.derive(
                    (key, entry) -> function.apply(key, entry.value()).map(entry::with));
            return changed == entries ? this : new MapNode(position, changed, directive);
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

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof MapNode map
                    && position.equals(map.position)
                    && entries.equals(map.entries)
                    && directive == map.directive;
        }

        @Override
        public int hashCode() {
            return Objects.hash(position, entries, directive);
        }

        @Override
        public String toString() {
            return "MapNode[" + position + ", " + entries + ", " + directive + "]";
        }
    }

    /**
     * One entry of a mapping.
     *
     * @param keyPosition where the key begins
     * @param value the value
     */
    record Entry(Position keyPosition, Node value) {

        /** The entry with another value; this very one with its own. */
        public Entry with(Node other) {
            return other == value ? this : new Entry(keyPosition, other);
        }
    }

    /** A list. */
    final class ListNode implements Node {
        private final Position position;
        private final List<Node> items;
        private final Directive directive;
        private final long size;
        private final boolean tagged;
        private final boolean template;

        /**
         * Copies the items.
         *
         * @param position where it begins
         * @param items the items
         * @param directive the merge tag
         */
        public ListNode(Position position, List<Node> items, Directive directive) {
            this.position = position;
            this.items = List.copyOf(items);
            this.directive = directive;
            long values = 1;
            boolean tags = directive != Directive.NONE;
            boolean dollars = false;
            for (Node item : this.items) {
                values += item.size();
                tags |= item.isTagged();
                dollars |= item.isTemplate();
            }
            this.size = values;
            this.tagged = tags;
            this.template = dollars;
        }

        /** A list without a merge tag. */
        public ListNode(Position position, List<Node> items) {
            this(position, items, Directive.NONE);
        }

        @Override
        public Position position() {
            return position;
        }

        /** The items. */
        public List<Node> items() {
            return items;
        }

        @Override
        public Directive directive() {
            return directive;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public boolean isTagged() {
            return tagged;
        }

        @Override
        public boolean isTemplate() {
            return template;
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

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ListNode list
                    && position.equals(list.position)
                    && items.equals(list.items)
                    && directive == list.directive;
        }

        @Override
        public int hashCode() {
            return Objects.hash(position, items, directive);
        }

        @Override
        public String toString() {
            return "ListNode[" + position + ", " + items + ", " + directive + "]";
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
            return style == Style.PLAIN && PlainScalar.isNull(text);
        }

        /** Whether it is a string, as opposed to a number, a truth value or null. */
        public boolean isString() {
            return style == Style.STRING || toData() instanceof Data.Text;
        }

        @Override
        public long size() {
            return 1;
        }

        @Override
        public boolean isTagged() {
            return directive != Directive.NONE;
        }

        @Override
        public boolean isTemplate() {
            return text.indexOf('$') >= 0;
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
