package dev.prodstack.core.compose;

import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.Node.ListNode;
import dev.prodstack.core.yaml.Node.MapNode;
import dev.prodstack.core.yaml.Node.ScalarNode;
import java.util.Optional;
import java.util.Set;

/**
 * Which services take part, by the chapter "Profiles" of the Compose Specification.
 *
 * @param active the active profiles; {@code *} is all
 */
record Profiles(Set<String> active) {

    /** The tree with only the services that have no profile or an active one. */
    MapNode select(MapNode tree) {
        if (tree.get("services").isEmpty() || !(tree.get("services").get() instanceof MapNode services)) {
            return tree;
        }
        return tree.with(
                "services",
                services.replaceAll((name, service) -> takesPart(service) ? Optional.of(service) : Optional.empty()));
    }

    private boolean takesPart(Node service) {
        if (active.contains("*")
                || !(service instanceof MapNode map)
                || !(map.get("profiles").orElse(service) instanceof ListNode profiles)
                || profiles.items().isEmpty()) {
            return true;
        }
        return profiles.items().stream()
                .anyMatch(profile -> profile instanceof ScalarNode scalar && active.contains(scalar.text()));
    }
}
