package dev.prodstack.core.value;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map in the order in which it was filled, which does not change any more. A stack is thousands of them, nearly all
 * small: the keys of up to {@value #SEARCHED} are searched one by one, which takes less room and time than a table.
 */
final class OrderedMap<K, V> extends AbstractMap<K, V> {
    private static final int SEARCHED = 8;

    private final List<K> keys;
    private final List<V> values;

    /** The values by key, where there are too many to be searched. */
    private final Map<K, V> table;

    OrderedMap(Map<? extends K, ? extends V> map) {
        keys = List.copyOf(map.keySet());
        values = List.copyOf(map.values());
        table = keys.size() > SEARCHED ? new HashMap<>(map) : Map.of();
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        if (keys.size() > SEARCHED) {
            return table.get(key);
        }
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).equals(key)) {
                return values.get(i);
            }
        }
        return null;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public Collection<V> values() {
        return values;
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super V> action) {
        for (int i = 0; i < keys.size(); i++) {
            action.accept(keys.get(i), values.get(i));
        }
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<K, V>> iterator() {
                Iterator<V> value = values.iterator();
                Iterator<K> key = keys.iterator();
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
                return keys.size();
            }
        };
    }
}
