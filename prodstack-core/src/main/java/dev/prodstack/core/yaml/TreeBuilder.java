package dev.prodstack.core.yaml;

import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.yaml.Node.Directive;
import dev.prodstack.core.yaml.Node.Entry;
import dev.prodstack.core.yaml.Node.ListNode;
import dev.prodstack.core.yaml.Node.MapNode;
import dev.prodstack.core.yaml.Node.ScalarNode;
import dev.prodstack.core.yaml.Node.Style;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;

/** Builds the tree from parse events, without recursion; an alias shares the node of its anchor. */
final class TreeBuilder {
    static final int MAX_DEPTH = 100;
    static final int MAX_NODES = 500_000;
    /** As long as YAML (7.4.2) lets keys be that are not marked as such; every path repeats them. */
    static final int MAX_KEY = 1024;

    private static final String MERGE_KEY = "<<";

    /** An anchor's node and how many nodes it is when aliases and merge keys are followed. */
    private record Sized(Node node, long size) {}

    private final String file;
    private final Problems problems;
    private final Map<String, Sized> anchors = new HashMap<>();
    /** The keys so far: the same few words stand in each service, and are kept once. */
    private final Map<String, String> words = new HashMap<>();

    private final Deque<Frame> open = new ArrayDeque<>();
    private int documents;
    private boolean failed;
    private @Nullable Node root;

    TreeBuilder(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** Takes the next event; false if there is no point in going on. */
    boolean accept(Event event) {
        if (event instanceof DocumentStartEvent && ++documents > 1) {
            return stop(
                    event,
                    "a second YAML document begins here; a Compose file is one",
                    "split it into two files and give both with -f");
        }
        if (event instanceof AliasEvent alias) {
            return alias(alias);
        }
        if (event instanceof ScalarEvent scalar) {
            return add(scalar(scalar), 1, scalar);
        }
        if (event instanceof CollectionStartEvent start) {
            if (open.size() >= MAX_DEPTH) {
                return stop(event, "nested more than " + MAX_DEPTH + " levels deep", "is this a Compose file?");
            }
            open.push(start instanceof MappingStartEvent ? new MapFrame(start) : new ListFrame(start));
            return true;
        }
        if (event instanceof MappingEndEvent || event instanceof SequenceEndEvent) {
            Frame frame = open.pop();
            return add(frame.finish(), frame.size, frame.start);
        }
        return true;
    }

    /** The tree, unless a problem made it worthless. */
    Optional<Node> result() {
        if (root == null && !failed) {
            problems.add(Position.of(file), "", "the file is empty", "a Compose file has at least services:");
        }
        return failed ? Optional.empty() : Optional.ofNullable(root);
    }

    private boolean alias(AliasEvent event) {
        String name = event.getAlias().toString();
        Sized target = anchors.get(name);
        if (target == null) {
            return stop(
                    event,
                    "the alias *" + name + " has no anchor &" + name + " before it",
                    "define the anchor above this line");
        }
        return put(target.node(), target.size(), event);
    }

    private boolean add(Node node, long size, NodeEvent event) {
        event.getAnchor().ifPresent(anchor -> anchors.put(anchor.toString(), new Sized(node, size)));
        return put(node, size, event);
    }

    private boolean put(Node node, long size, Event event) {
        if (size > MAX_NODES) {
            return stop(
                    event, "more than " + MAX_NODES + " values once aliases are followed", "is this a Compose file?");
        }
        Frame frame = open.peek();
        if (frame == null) {
            root = node;
            return true;
        }
        frame.size += size;
        return frame.add(node, event);
    }

    private boolean stop(Event event, String message, String fix) {
        problems.add(position(event), "", message, fix);
        failed = true;
        return false;
    }

    private Position position(Event event) {
        return event.getStartMark()
                .map(mark -> YamlReader.positionOf(file, mark))
                .orElseGet(() -> Position.of(file));
    }

    private ScalarNode scalar(ScalarEvent event) {
        String tag = event.getTag().orElse("");
        boolean string = (!event.isPlain() && tag.isEmpty()) || tag.equals("tag:yaml.org,2002:str") || tag.equals("!");
        Directive directive = directive(event.getTag(), event);
        return new ScalarNode(position(event), event.getValue(), string ? Style.STRING : Style.PLAIN, directive);
    }

    private Directive directive(Optional<String> tag, Event event) {
        String name = tag.orElse("");
        if (name.equals("!reset")) {
            return Directive.RESET;
        }
        if (name.equals("!override")) {
            return Directive.OVERRIDE;
        }
        if (!name.isEmpty() && !name.equals("!") && !name.startsWith("tag:yaml.org,2002:")) {
            problems.add(position(event), "", "unknown tag " + name, "a Compose file knows !reset and !override");
        }
        return Directive.NONE;
    }

    /** A mapping or list whose end has not come yet. */
    private abstract class Frame {
        final CollectionStartEvent start;
        final Position position;
        final Directive directive;
        long size = 1;

        Frame(CollectionStartEvent start) {
            this.start = start;
            this.position = TreeBuilder.this.position(start);
            this.directive = TreeBuilder.this.directive(start.getTag(), start);
        }

        /** Takes the next node of it; false if there is no point in going on. */
        abstract boolean add(Node node, Event event);

        abstract Node finish();
    }

    private final class ListFrame extends Frame {
        private final List<Node> items = new ArrayList<>();

        ListFrame(CollectionStartEvent start) {
            super(start);
        }

        @Override
        boolean add(Node node, Event event) {
            items.add(node);
            return true;
        }

        @Override
        Node finish() {
            return new ListNode(position, items, directive);
        }
    }

    private final class MapFrame extends Frame {
        private final Map<String, Entry> entries = new LinkedHashMap<>();
        private List<MapNode> merged = List.of();
        private @Nullable ScalarNode key;
        private @Nullable ScalarNode mergeKey;

        MapFrame(CollectionStartEvent start) {
            super(start);
        }

        @Override
        boolean add(Node node, Event event) {
            if (key != null) {
                put(key, node);
                key = null;
                return true;
            }
            if (!(node instanceof ScalarNode scalar) || scalar.isNull()) {
                return stop(event, "a key of a mapping must be a word, not " + node.kind(), "");
            }
            if (scalar.text().length() > MAX_KEY) {
                return stop(event, "a key of more than " + MAX_KEY + " characters", "is this a Compose file?");
            }
            key = scalar;
            return true;
        }

        private void put(ScalarNode name, Node value) {
            if (name.text().equals(MERGE_KEY) && name.style() == Style.PLAIN) {
                if (mergeKey != null) {
                    again(name, mergeKey.position(), "write one <<: [*one, *other]");
                }
                mergeKey = name;
                mergeFrom(value);
                return;
            }
            String word = words.computeIfAbsent(name.text(), text -> text);
            Entry old = entries.putIfAbsent(word, new Entry(name.position(), value));
            if (old != null) {
                again(name, old.keyPosition(), "remove one of the two");
            }
        }

        private void again(ScalarNode name, Position before, String fix) {
            problems.add(
                    name.position(),
                    "",
                    "the key \"" + name.text() + "\" was already given in line " + before.line(),
                    fix);
        }

        private void mergeFrom(Node value) {
            merged = new ArrayList<>(merged);
            for (Node source : value instanceof ListNode list ? list.items() : List.of(value)) {
                if (source instanceof MapNode map) {
                    merged.add(map);
                } else {
                    problems.add(
                            source.position(),
                            "",
                            "<< merges mappings, not " + source.kind(),
                            "refer to a mapping with *its-anchor");
                }
            }
        }

        @Override
        Node finish() {
            merged.forEach(source -> source.entries().forEach(entries::putIfAbsent));
            return new MapNode(position, entries, directive);
        }
    }
}
