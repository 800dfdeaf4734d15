package dev.prodstack.core.compose.read;

import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.Data;
import dev.prodstack.core.yaml.Node.ScalarNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The form of a value that the model has no type for: checked and brought to its normal form, but kept as data. */
@FunctionalInterface
interface Shape {
    /** The value in normal form; nothing, and a problem, if it has another form. */
    Optional<Data> read(Place place);

    /** A string. */
    static Shape string() {
        return place -> place.string().map(Data::of);
    }

    /** A string or a number, kept as a string. */
    static Shape text() {
        return place -> place.text().map(Data::of);
    }

    /** A size, kept as its number of bytes in a string. */
    static Shape bytes() {
        return place -> place.parsed(ByteSize::parse).map(size -> Data.of(Long.toString(size.bytes())));
    }

    /** A truth value. */
    static Shape bool() {
        return place -> place.bool().map(Data::of);
    }

    /** A whole number. */
    static Shape integer() {
        return place -> {
            var number = place.integer(Long.MIN_VALUE, Long.MAX_VALUE);
            return number.isPresent() ? Optional.of(Data.of(number.getAsLong())) : Optional.empty();
        };
    }

    /** A string, a number or a truth value, kept as what it is. */
    static Shape scalar() {
        return place -> {
            Data data = place.data();
            boolean isScalar = data instanceof Data.Text || data instanceof Data.Numeral || data instanceof Data.Bool;
            return isScalar ? Optional.of(data) : place.wrong("a string or a number", "");
        };
    }

    /** Anything. */
    static Shape any() {
        return place -> Optional.of(place.data());
    }

    /** One of several words. */
    static Shape word(String... words) {
        return place -> place.choice(List.of(words)).map(Data::of);
    }

    /** A list of values of one form. */
    static Shape list(Shape item) {
        return place -> Optional.of(Data.of(place.items(item::read)));
    }

    /** A mapping of any keys to values of one form. */
    static Shape map(Shape value) {
        return place -> Optional.of(Data.of(place.entries(value::read)));
    }

    /** A mapping with known keys, some of which must be there. */
    static Shape object(Map<String, Shape> fields, String... required) {
        Set<String> must = Set.of(required);
        return place -> {
            Fields given = place.fields();
            Map<String, Data> values = new LinkedHashMap<>();
            fields.forEach((key, shape) -> {
                Optional<Place> value = must.contains(key) ? given.required(key, "add it") : given.get(key);
                value.flatMap(shape::read).ifPresent(data -> values.put(key, data));
            });
            values.putAll(given.extensions());
            given.end();
            return Optional.of(Data.of(values));
        };
    }

    /** This form, or nothing at all ({@code key:} with nothing behind it). */
    default Shape orNull() {
        return place -> place.isNull() ? Optional.of(Data.Null.NULL) : read(place);
    }

    /** A scalar of this form, or anything that is no scalar in the other form. */
    default Shape orElse(Shape other) {
        return place -> place.node() instanceof ScalarNode ? read(place) : other.read(place);
    }
}
