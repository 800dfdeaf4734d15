package dev.prodstack.core.compose;

import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Finds services that wait for one another in a circle. */
final class DependencyCycles {
    private final Stack stack;
    private final SourceMap positions;
    private final Problems problems;
    private final Set<String> finished = new HashSet<>();

    private DependencyCycles(Stack stack, SourceMap positions, Problems problems) {
        this.stack = stack;
        this.positions = positions;
        this.problems = problems;
    }

    static void check(Stack stack, SourceMap positions, Problems problems) {
        DependencyCycles cycles = new DependencyCycles(stack, positions, problems);
        stack.services().keySet().forEach(cycles::search);
    }

    /** A service on the way from the first one, and those of its dependencies that were not followed yet. */
    private record Step(String service, Iterator<String> dependencies) {}

    /** Depth first, without recursion: a chain of dependencies may be long. */
    private void search(String first) {
        Deque<Step> way = new ArrayDeque<>();
        List<String> names = new ArrayList<>();
        enter(first, way, names);
        while (!way.isEmpty()) {
            Step step = way.getLast();
            if (!step.dependencies().hasNext()) {
                finished.add(way.removeLast().service());
                names.remove(names.size() - 1);
                continue;
            }
            String next = step.dependencies().next();
            int at = names.indexOf(next);
            if (at >= 0) {
                report(names.subList(at, names.size()));
            } else {
                enter(next, way, names);
            }
        }
    }

    private void enter(String name, Deque<Step> way, List<String> names) {
        Service service = stack.services().get(name);
        if (service != null && !finished.contains(name)) {
            way.addLast(new Step(name, service.dependsOn().keySet().iterator()));
            names.add(name);
        }
    }

    private void report(List<String> circle) {
        if (circle.size() == 1) {
            return; // A service that depends on itself is reported as such.
        }
        String path = "services." + circle.get(0) + ".depends_on." + circle.get(1);
        problems.add(
                positions.of(path),
                path,
                "these services wait for one another: " + String.join(" -> ", circle) + " -> " + circle.get(0),
                "remove one of the dependencies");
    }
}
