package dev.prodstack.core.value;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Unmodifiable copies that keep the order of what they copy, which {@link Map#copyOf} and {@link Set#copyOf} do not.
 */
public final class Copies {
    private Copies() {}

    /** A copy of a map in its order; a map that is such a copy itself is taken as it is. */
    public static <K, V> Map<K, V> of(Map<? extends K, ? extends V> map) {
        return map.isEmpty() ? Map.of() : OrderedMap.of(map);
    }

    /** A copy of a set in its order. */
    public static <T> Set<T> of(Set<? extends T> set) {
        return set.isEmpty() ? Set.of() : Collections.unmodifiableSet(new LinkedHashSet<>(set));
    }
}
