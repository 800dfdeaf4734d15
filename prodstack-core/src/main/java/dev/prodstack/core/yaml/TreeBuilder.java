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
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/** Builds the tree from parse events, without recursion; an alias shares the node of its anchor. */
final class TreeBuilder {
    static final int MAX_DEPTH = 100;
    static final int MAX_NODES = 500_000;
    /** As long as YAML (7.4.2) lets keys be that are not marked as such; every path repeats them. */
    static final int MAX_KEY = 1024;

    private static final String MERGE_KEY = "<<";

    /** A finished node and how many nodes it is when aliases are followed. */
    private record Sized(Node node, long size) {}

    private final String file;
    private final Problems problems;
    private final Map<String, Sized> anchors = new HashMap<>();
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
            return add(new Sized(scalar(scalar), 1), scalar.getAnchor().map(Object::toString), scalar);
        }
        if (event instanceof CollectionStartEvent start) {
            if (open.size() >= MAX_DEPTH) {
                return stop(event, "nested more than " + MAX_DEPTH + " levels deep", "is this a Compose file?");
            }
            open.push(new Frame(start, position(start), directive(start.getTag(), start)));
            return true;
        }
        if (event instanceof MappingEndEvent || event instanceof SequenceEndEvent) {
            Frame frame = open.pop();
            return add(frame.finish(), frame.start.getAnchor().map(Object::toString), frame.start);
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
        return add(target, Optional.empty(), event);
    }

    private boolean add(Sized sized, Optional<String> anchor, Event event) {
        anchor.ifPresent(name -> anchors.put(name, sized));
        if (sized.size() > MAX_NODES) {
            return stop(
                    event, "more than " + MAX_NODES + " values once aliases are followed", "is this a Compose file?");
        }
        Frame frame = open.peek();
        if (frame == null) {
            root = sized.node();
            return true;
        }
        return frame.add(sized, event);
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
    private final class Frame {
        private final CollectionStartEvent start;
        private final Position position;
        private final Directive directive;
        private final Map<String, Entry> entries = new LinkedHashMap<>();
        private final List<Node> merged = new ArrayList<>();
        private final List<Node> items = new ArrayList<>();
        private long size = 1;
        private @Nullable ScalarNode key;
        private @Nullable ScalarNode mergeKey;

        Frame(CollectionStartEvent start, Position position, Directive directive) {
            this.start = start;
            this.position = position;
            this.directive = directive;
        }

        boolean add(Sized value, Event event) {
            size += value.size();
            if (start instanceof SequenceStartEvent) {
                items.add(value.node());
            } else if (key == null) {
                if (!(value.node() instanceof ScalarNode scalar) || scalar.isNull()) {
                    return stop(
                            event,
                            "a key of a mapping must be a word, not "
                                    + value.node().kind(),
                            "");
                }
                if (scalar.text().length() > MAX_KEY) {
                    return stop(event, "a key of more than " + MAX_KEY + " characters", "is this a Compose file?");
                }
                key = scalar;
            } else {
                put(key, value.node());
                key = null;
            }
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
            Entry old = entries.putIfAbsent(name.text(), new Entry(name.position(), value));
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
            List<Node> sources = value instanceof ListNode list ? list.items() : List.of(value);
            for (Node source : sources) {
                if (source instanceof MapNode) {
                    merged.add(source);
                } else {
                    problems.add(
                            source.position(),
                            "",
                            "<< merges mappings, not " + source.kind(),
                            "refer to a mapping with *its-anchor");
                }
            }
        }

        Sized finish() {
            if (!(start instanceof MappingStartEvent)) {
                return new Sized(new ListNode(position, items, directive), size);
            }
            for (Node source : merged) {
                ((MapNode) source).entries().forEach(entries::putIfAbsent);
            }
            return new Sized(new MapNode(position, entries, directive), size);
        }
    }
}
