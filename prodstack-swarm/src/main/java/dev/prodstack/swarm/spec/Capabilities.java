package dev.prodstack.swarm.spec;

import dev.prodstack.core.stack.Confinement;
import java.util.List;
import java.util.Locale;

/** Capabilities by the names that the engine has for them. */
final class Capabilities {
    private static final String ALL = "ALL";
    private static final String PREFIX = "CAP_";

    private Capabilities() {}

    static List<String> added(Confinement confinement) {
        return normal(confinement.addedCapabilities());
    }

    static List<String> dropped(Confinement confinement) {
        List<String> added = added(confinement);
        List<String> dropped = normal(confinement.droppedCapabilities());
        return dropped.contains(ALL)
                ? dropped
                : dropped.stream().filter(name -> !added.contains(name)).toList();
    }

    private static List<String> normal(List<String> names) {
        List<String> normal = names.stream()
                .map(name -> name.strip().toUpperCase(Locale.ROOT))
                .map(name -> name.equals(ALL) || name.startsWith(PREFIX) ? name : PREFIX + name)
                .distinct()
                .sorted()
                .toList();
        return normal.contains(ALL) ? List.of(ALL) : normal;
    }
}
