package dev.prodstack.core.compose.normal;

import dev.prodstack.core.value.Data;
import dev.prodstack.core.value.FileMode;
import dev.prodstack.core.value.GoDuration;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A mapping in the making, into which only what is there is put. */
final class Section {
    private final Map<String, Data> fields = new LinkedHashMap<>();

    Section put(String key, Data value) {
        fields.put(key, value);
        return this;
    }

    /** The text form of a value, if there is one. */
    Section text(String key, Optional<?> value) {
        value.ifPresent(present -> put(key, Data.of(present.toString())));
        return this;
    }

    Section bool(String key, Optional<Boolean> value) {
        value.ifPresent(present -> put(key, Data.of(present.booleanValue())));
        return this;
    }

    /** A truth value whose default is false. */
    Section flag(String key, boolean value) {
        return value ? put(key, Data.of(true)) : this;
    }

    Section number(String key, OptionalInt value) {
        value.ifPresent(present -> put(key, Data.of(present)));
        return this;
    }

    Section number(String key, OptionalLong value) {
        value.ifPresent(present -> put(key, Data.of(present)));
        return this;
    }

    Section number(String key, OptionalDouble value) {
        value.ifPresent(present -> put(key, Data.of(BigDecimal.valueOf(present))));
        return this;
    }

    /** A file mode as a number, which is the only form that Docker's own {@code stack deploy} takes. */
    Section mode(Optional<FileMode> value) {
        value.ifPresent(present -> put("mode", Data.of(present.bits())));
        return this;
    }

    Section duration(String key, Optional<Duration> value) {
        value.ifPresent(present -> put(key, Data.of(GoDuration.format(present))));
        return this;
    }

    /** A list of strings, unless empty. */
    Section texts(String key, Collection<String> values) {
        return items(key, values.stream().map(Data::of).toList());
    }

    /** A list, unless empty. */
    Section items(String key, Collection<Data> values) {
        return values.isEmpty() ? this : put(key, new Data.Items(List.copyOf(values)));
    }

    /** A mapping to strings, unless empty. */
    Section texts(String key, Map<String, String> values) {
        Section section = new Section();
        values.forEach((name, value) -> section.put(name, Data.of(value)));
        return section(key, section);
    }

    /** A mapping, unless empty. */
    Section section(String key, Section section) {
        return section.fields.isEmpty() ? this : put(key, section.toData());
    }

    /** Everything a mapping has. */
    Section all(Map<String, Data> values) {
        fields.putAll(values);
        return this;
    }

    Data toData() {
        return Data.of(fields);
    }
}
