package dev.prodstack.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopiesTest {
    private static Map<String, Integer> countdown(int size) {
        Map<String, Integer> map = new LinkedHashMap<>();
        IntStream.range(0, size).forEach(i -> map.put("key " + (size - i), i));
        return map;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 8, 9, 100})
    void aCopyIsTheMapInItsOrder(int size) {
        Map<String, Integer> map = countdown(size);
        Map<String, Integer> copy = Copies.of(map);
        List<String> keys = new ArrayList<>(map.keySet());
        map.put("later", 1);

        assertThat(copy).isEqualTo(countdown(size)).hasSameHashCodeAs(countdown(size));
        assertThat(copy.keySet()).containsExactlyElementsOf(keys);
        assertThat(copy.values()).containsExactlyElementsOf(countdown(size).values());
        assertThat(copy).containsExactlyEntriesOf(countdown(size));
        assertThat(copy.get("later")).isNull();
        assertThat(copy.containsKey("later")).isFalse();
        keys.forEach(key -> assertThat(copy.get(key)).isEqualTo(map.get(key)));
        List<String> visited = new ArrayList<>();
        copy.forEach((key, value) -> visited.add(key));
        assertThat(visited).isEqualTo(keys);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 9})
    void aCopyDoesNotChange(int size) {
        Map<String, Integer> copy = Copies.of(countdown(size));

        assertThatThrownBy(() -> copy.put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> copy.values().add(1)).isInstanceOf(UnsupportedOperationException.class);
        if (size > 0) {
            assertThatThrownBy(copy::clear).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> copy.keySet().remove("key 1")).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> copy.entrySet().iterator().next().setValue(7))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }
}
