package dev.prodstack.load;

import dev.prodstack.core.value.Copies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where a stack's tasks run: without it a figure says little, as who shares a machine shares what it can do.
 *
 * @param nodes the names of the nodes of each service's tasks, one for each task, by the service's name
 * @param limits how many processors a task may use, by the service's name, of those that are limited
 */
public record Layout(Map<String, List<String>> nodes, Map<String, String> limits) {
    /** Copies the collections. */
    public Layout {
        nodes = Copies.of(nodes);
        limits = Copies.of(limits);
    }

    /** What shares the machine with a load: in words. */
    public String sharing(LoadResult.Measured result) {
        String node = result.node();
        List<String> asked = Stream.of(
                        result.planned().work().host(), result.planned().check().other())
                .filter(nodes::containsKey)
                .toList();
        List<String> words = new ArrayList<>();
        for (String service : asked) {
            List<String> its = nodes.getOrDefault(service, List.of());
            long here = its.stream().filter(node::equals).count();
            String limit = limits.containsKey(service) ? ", limit " + limits.get(service) + " CPU" : "";
            words.add(here + " of " + its.size() + " " + service + limit);
        }
        long rest = nodes.entrySet().stream()
                .filter(service -> !asked.contains(service.getKey()))
                .flatMap(service -> service.getValue().stream())
                .filter(node::equals)
                .count();
        return node + ": load, " + String.join("; ", words) + "; " + rest + " other tasks";
    }
}
