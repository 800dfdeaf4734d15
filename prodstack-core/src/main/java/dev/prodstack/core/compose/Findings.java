package dev.prodstack.core.compose;

import dev.prodstack.core.compose.interpolate.Interpolator.Interpolated;
import dev.prodstack.core.compose.interpolate.Unset;
import dev.prodstack.core.problem.Problems;
import java.util.Collection;

/**
 * What a reading finds out about its files beside the stack.
 *
 * @param problems what makes them unreadable
 * @param warnings what is probably not meant
 */
record Findings(Problems problems, Problems warnings) {

    Findings() {
        this(new Problems(), new Problems());
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
