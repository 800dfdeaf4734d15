package dev.prodstack.core.value;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A map in the order in which it was filled, which does not change any more. A stack is thousands of them, nearly all
 * small: the keys of up to {@value #SEARCHED} are searched one by one, which takes less room and time than a table.
 * Maps that are made of one another and have the same keys share them.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public final class OrderedMap<K, V> extends AbstractMap<K, V> {
    private static final int SEARCHED = 8;

    private final Keys<K> keys;
    private final List<V> values;

    private OrderedMap(Keys<K> keys, List<V> values) {
        this.keys = keys;
        this.values = values;
    }

    /** A copy of a map in its order; a map that is such a copy itself is taken as it is. */
    @SuppressWarnings("unchecked") // What cannot be modified may be seen as a map of supertypes.
    public static <K, V> OrderedMap<K, V> of(Map<? extends K, ? extends V> map) {
        return map instanceof OrderedMap
                ? (OrderedMap<K, V>) map
                : new OrderedMap<>(new Keys<>(List.copyOf(map.keySet())), List.copyOf(map.values()));
    }

    /** Keys in order, with the index of each in a table where they are too many to be searched. */
    private static final class Keys<K> {
        private final List<K> list;
        private final Map<K, Integer> table;

        Keys(List<K> list) {
            this.list = list;
            this.table = list.size() > SEARCHED ? new HashMap<>(2 * list.size()) : Map.of();
            if (list.size() > SEARCHED) {
                for (int i = 0; i < list.size(); i++) {
                    table.put(list.get(i), i);
                }
            }
        }

        int indexOf(@Nullable Object key) {
            if (list.size() > SEARCHED) {
                return table.getOrDefault(key, -1);
            }
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i).equals(key)) {
                    return i;
                }
            }
            return -1;
        }
    }

    /** Where a key stands in the order, counted from 0; -1 if it is not there. */
    public int indexOf(@Nullable Object key) {
        return keys.indexOf(key);
    }

    /** The value of the key that stands at an index. */
    public V valueAt(int index) {
        return values.get(index);
    }

    /**
     * This map with each value replaced by what a function makes of it; a key whose value is gone goes too. Where the
     * function answers every value with itself, it is this very map.
     */
    public OrderedMap<K, V> derive(BiFunction<? super K, ? super V, Optional<V>> function) {
        List<V> changed = null;
        List<K> kept = null;
        for (int i = 0; i < values.size(); i++) {
            V old = values.get(i);
            Optional<V> value = function.apply(keys.list.get(i), old);
            if (changed == null && (value.isEmpty() || value.get() != old)) {
                changed = new ArrayList<>(values.size());
                changed.addAll(values.subList(0, i));
            }
            if (kept == null && value.isEmpty()) {
                kept = new ArrayList<>(keys.list.subList(0, i));
            }
            if (value.isPresent() && changed != null) {
                changed.add(value.get());
            }
            if (value.isPresent() && kept != null) {
                kept.add(keys.list.get(i));
            }
        }
        if (changed == null) {
            return this;
        }
        return new OrderedMap<>(kept == null ? keys : new Keys<>(List.copyOf(kept)), List.copyOf(changed));
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        int index = keys.indexOf(key);
        return index < 0 ? null : values.get(index);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return keys.indexOf(key) >= 0;
    }

    @Override
    public int size() {
        return values.size();
    }

    @Override
    public Collection<V> values() {
        return values;
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super V> action) {
        for (int i = 0; i < values.size(); i++) {
            action.accept(keys.list.get(i), values.get(i));
        }
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<K, V>> iterator() {
                Iterator<V> value = values.iterator();
                Iterator<K> key = keys.list.iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return key.hasNext();
                    }

                    @Override
                    public Entry<K, V> next() {
                        return Map.entry(key.next(), value.next());
                    }
                };
            }

            @Override
            public int size() {
                return values.size();
            }
        };
    }
}
