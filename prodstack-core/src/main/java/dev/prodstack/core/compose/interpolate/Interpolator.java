package dev.prodstack.core.compose.interpolate;

import dev.prodstack.core.problem.DottedPath;
import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.value.Copies;
import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.Node.ListNode;
import dev.prodstack.core.yaml.Node.MapNode;
import dev.prodstack.core.yaml.Node.ScalarNode;
import dev.prodstack.core.yaml.Node.Style;
import dev.prodstack.core.yaml.SourceText;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Replaces references to variables in the scalar values of a tree; keys are left alone.
 *
 * <p>Bounded: a value may become {@value #MAX_CHARACTERS} characters long, all changed values together
 * {@value #MAX_TOTAL}, and references nest {@value TemplateParser#MAX_DEPTH} levels deep.
 */
public final class Interpolator {
    /** The longest value, in characters. */
    public static final int MAX_CHARACTERS = 1024 * 1024;

    /** The most characters that all values with references may have together. */
    public static final int MAX_TOTAL = 16 * 1024 * 1024;

    /** How many findings of each kind are kept. */
    static final int MAX_REPORTED = 1000;

    private final Places places;
    private final Variables variables;
    private final Problems problems;
    private final IdentityHashMap<Node, Node> done = new IdentityHashMap<>();
    private final Set<Unset> unset = new LinkedHashSet<>();
    private final Set<Position> loneDollars = new LinkedHashSet<>();
    private int left = MAX_TOTAL;
    private int reported;

    private Interpolator(SourceText source, Variables variables, Problems problems) {
        this.places = new Places(source);
        this.variables = variables;
        this.problems = problems;
    }

    /**
     * What an interpolation came to.
     *
     * @param tree the tree with the values put in; parts without references are the same objects as before, a scalar
     *     with one is a string
     * @param unset the variables that were replaced by nothing, at most a thousand
     * @param loneDollars dollar signs that begin no reference and were kept, which Docker's own {@code stack deploy}
     *     refuses, at most a thousand
     */
    public record Interpolated(Node tree, Set<Unset> unset, Set<Position> loneDollars) {
        /** Copies the sets. */
        public Interpolated {
            unset = Copies.of(unset);
            loneDollars = Copies.of(loneDollars);
        }
    }

    /**
     * Interpolates a tree.
     *
     * @param source the text the tree was read from, to find columns in
     * @param tree the tree
     * @param variables the values
     * @param problems receives malformed references, required variables that are missing, and results out of bounds
     */
    public static Interpolated interpolate(SourceText source, Node tree, Variables variables, Problems problems) {
        Interpolator interpolator = new Interpolator(source, variables, problems);
        Node result = tree.isTemplate() ? interpolator.node(tree, DottedPath.ROOT) : tree;
        return new Interpolated(result, interpolator.unset, interpolator.loneDollars);
    }

    private Node node(Node node, DottedPath path) {
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar, path);
        }
        // Aliases share nodes; a shared one is changed, and complained about, once.
        Node known = done.get(node);
        if (known == null) {
            known = node instanceof MapNode map ? map(map, path) : list((ListNode) node, path);
            done.put(node, known);
        }
        return known;
    }

    private Node map(MapNode map, DottedPath path) {
        return map.replaceAll((key, value) -> Optional.of(value.isTemplate() ? node(value, path.key(key)) : value));
    }

    private Node list(ListNode list, DottedPath path) {
        List<Node> items = new ArrayList<>(list.items().size());
        for (Node item : list.items()) {
            items.add(item.isTemplate() ? node(item, path.item(items.size())) : item);
        }
        return new ListNode(list.position(), items, list.directive());
    }

    private Node scalar(ScalarNode scalar, DottedPath path) {
        if (left < 0 || reported >= MAX_REPORTED) {
            return scalar;
        }
        try {
            Template template = TemplateParser.parse(scalar.text());
            Expansion expansion = Expansion.of(template, variables::find, MAX_CHARACTERS);
            expansion.findings().forEach(finding -> report(finding, scalar, path));
            if (!expansion.isUsable()) {
                problems.settle(scalar.position());
            }
            spend(expansion.text().length(), scalar, path);
            return new ScalarNode(scalar.position(), expansion.text(), Style.STRING, scalar.directive());
        } catch (TemplateException e) {
            reported++;
            problems.add(places.at(scalar, e.offset()), path.toString(), e.message(), e.fix());
            problems.settle(scalar.position());
            return scalar;
        }
    }

    private void report(Expansion.Finding finding, ScalarNode scalar, DottedPath path) {
        if (finding instanceof Expansion.Blank blank) {
            if (unset.size() < MAX_REPORTED) {
                unset.add(new Unset(blank.variable(), places.at(scalar, blank.offset()), path.toString()));
            }
        } else if (finding instanceof Expansion.Dollar dollar) {
            if (loneDollars.size() < MAX_REPORTED) {
                loneDollars.add(places.at(scalar, dollar.offset()));
            }
        } else if (finding instanceof Expansion.Missing missing) {
            reported++;
            problems.add(Wording.missing(missing, places.at(scalar, missing.offset()), path.toString(), variables));
        } else {
            reported++;
            problems.add(Wording.tooLong(MAX_CHARACTERS, scalar.position(), path.toString()));
        }
    }

    private void spend(int characters, ScalarNode scalar, DottedPath path) {
        left -= characters;
        if (left < 0) {
            problems.add(Wording.allTooLong(MAX_TOTAL, scalar.position(), path.toString()));
        }
    }
}
