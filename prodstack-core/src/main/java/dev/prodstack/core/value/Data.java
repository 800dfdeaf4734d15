package dev.prodstack.core.value;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A plain data tree as JSON knows it: what a file says where the model has no type of its own, such as an {@code x-}
 * extension, and what is printed as YAML or JSON.
 */
public sealed interface Data {

    /** Nothing, {@code null}. */
    enum Null implements Data {
        /** The only null. */
        NULL
    }

    /**
     * A truth value.
     *
     * @param value true or false
     */
    record Bool(boolean value) implements Data {}

    /**
     * A finite number; equal numbers are equal data however they were written.
     *
     * @param value the number, without trailing zeros
     */
    record Numeral(BigDecimal value) implements Data {
        /** Brings the number to its normal form. */
        public Numeral {
            value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        }
    }

    /**
     * A string.
     *
     * @param value the characters
     */
    record Text(String value) implements Data {
        /** Checks that there is a string. */
        public Text {
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * A list.
     *
     * @param items the items in order
     */
    record Items(List<Data> items) implements Data {
        /** Copies the items. */
        public Items {
            items = List.copyOf(items);
        }
    }

    /**
     * A mapping whose order is kept when printed and does not count when compared.
     *
     * @param fields the values by key
     */
    record Fields(Map<String, Data> fields) implements Data {
        /** Copies the fields. */
        public Fields {
            fields = Copies.of(fields);
        }
    }

    /** A string as data. */
    static Data of(String text) {
        return new Text(text);
    }

    /** A whole number as data. */
    static Data of(long number) {
        return new Numeral(BigDecimal.valueOf(number));
    }

    /** A number as data. */
    static Data of(BigDecimal number) {
        return new Numeral(number);
    }

    /** A truth value as data. */
    static Data of(boolean truth) {
        return new Bool(truth);
    }

    /** A list as data. */
    static Data of(List<? extends Data> items) {
        return new Items(List.copyOf(items));
    }

    /** A mapping as data. */
    static Data of(Map<String, ? extends Data> fields) {
        return new Fields(Copies.of(fields));
    }
}
