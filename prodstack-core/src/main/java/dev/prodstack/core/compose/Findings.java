package dev.prodstack.core.compose;

import dev.prodstack.core.compose.interpolate.Interpolator.Interpolated;
import dev.prodstack.core.compose.interpolate.Unset;
import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.SourceText;
import java.util.Collection;

/** What a reading finds out about its files beside the stack, and how much of them it has read. */
final class Findings {
    /** The most characters of all files together: included files can be many. */
    static final int MAX_CHARACTERS = 32 * 1024 * 1024;

    /** The most values of all files together, as written and in canonical form. */
    static final int MAX_VALUES = 2_000_000;

    private final Problems problems = new Problems();
    private final Problems warnings = new Problems();
    private long characters;
    private long values;

    /** What makes the files unreadable. */
    Problems problems() {
        return problems;
    }

    /** What is probably not meant. */
    Problems warnings() {
        return warnings;
    }

    /** Counts a text, and ends the reading if there are too many. */
    void spend(SourceText text) {
        characters += text.text().length();
        if (characters > MAX_CHARACTERS) {
            stop(Position.of(text.name()), "more than " + MAX_CHARACTERS + " characters");
        }
    }

    /** Counts the values of a tree, and ends the reading if there are too many. */
    void spend(Node tree) {
        values += tree.size();
        if (values > MAX_VALUES) {
            stop(tree.position(), "more than " + MAX_VALUES + " values");
        }
    }

    private void stop(Position position, String message) {
        problems.add(position, "", "all files together have " + message, "does a file include too much?");
        throw new ComposeException(problems.toList());
    }

    void add(Interpolated interpolated) {
        addUnset(interpolated.unset());
        interpolated
                .loneDollars()
                .forEach(position -> warnings.add(
                        position,
                        "",
                        "a dollar sign that begins no variable is kept, which docker stack deploy refuses",
                        "write $$"));
    }

    void addUnset(Collection<Unset> unset) {
        unset.forEach(one -> warnings.add(
                one.position(),
                one.path(),
                "the variable " + one.variable() + " is not set; nothing is put in its place",
                "set it, or write ${" + one.variable() + ":-} if that is meant"));
    }
}
