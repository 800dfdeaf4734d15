package dev.prodstack.core.compose;

import dev.prodstack.core.problem.Position;
import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.Node.Entry;
import dev.prodstack.core.yaml.Node.ListNode;
import dev.prodstack.core.yaml.Node.MapNode;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in the files each part of a stack was said. Parts are named by dotted paths such as
 * {@code services.web.deploy.update_config.monitor}; list items have their index in brackets,
 * {@code services.web.ports[0]}.
 */
public final class SourceMap {
    private static final Pattern INDEX = Pattern.compile("\\[(\\d{1,9})]");

    private final MapNode tree;
    private final UnaryOperator<Position> renaming;

    private SourceMap(MapNode tree, UnaryOperator<Position> renaming) {
        this.tree = tree;
        this.renaming = renaming;
    }

    /** The positions of a merged tree. */
    static SourceMap of(MapNode tree) {
        return new SourceMap(tree, UnaryOperator.identity());
    }

    /** The same with each position replaced by what a function makes of it. */
    public SourceMap renamed(UnaryOperator<Position> function) {
        return new SourceMap(tree, position -> function.apply(renaming.apply(position)));
    }

    /**
     * The position of a path, or of the nearest part around it that the files mention: asked for
     * {@code services.web.deploy.resources}, it answers with where {@code services.web} stands if there is no
     * {@code deploy}.
     */
    public Position of(String path) {
        return renaming.apply(nearest(path).entry().value().position());
    }

    /** As {@link #of}, but of the key that the part stands behind; of an item of a list, the item's. */
    public Position ofKey(String path) {
        return renaming.apply(nearest(path).entry().keyPosition());
    }

    /** Whether the files mention a path. */
    public boolean has(String path) {
        return nearest(path).rest().isEmpty();
    }

    /** A part of the tree, and what is left of the path that led to it. */
    private record Step(Entry entry, String rest) {}

    private Step nearest(String path) {
        Step step = new Step(new Entry(tree.position(), tree), path);
        for (Optional<Step> next = Optional.of(step); next.isPresent(); next = next(step)) {
            step = next.get();
        }
        return step;
    }

    private static Optional<Step> next(Step step) {
        Node node = step.entry().value();
        if (node instanceof MapNode map) {
            return named(map, step.rest().startsWith(".") ? step.rest().substring(1) : step.rest());
        }
        return node instanceof ListNode list ? item(list, step.rest()) : Optional.empty();
    }

    /** The longest key that the path begins with: keys, too, may have dots in them. */
    private static Optional<Step> named(MapNode map, String path) {
        int end = path.length();
        while (end > 0) {
            Entry entry = map.entries().get(path.substring(0, end));
            if (entry != null) {
                return Optional.of(new Step(entry, path.substring(end)));
            }
            end = Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1));
        }
        return Optional.empty();
    }

    private static Optional<Step> item(ListNode list, String path) {
        Matcher matcher = INDEX.matcher(path);
        if (!matcher.lookingAt()
                || Integer.parseInt(matcher.group(1)) >= list.items().size()) {
            return Optional.empty();
        }
        Node item = list.items().get(Integer.parseInt(matcher.group(1)));
        return Optional.of(new Step(new Entry(item.position(), item), path.substring(matcher.end())));
    }
}
