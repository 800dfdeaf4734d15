package dev.prodstack.core.generate;

import dev.prodstack.core.value.Data;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Draws values as Compose files have them, strange ones included. */
public final class Draw {
    private static final List<String> WORDS = List.of("a", "web", "db-1", "x_y", "Shop", "node.role", "v1.2");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "plain",
            "two words",
            " leading",
            "trailing ",
            "a: b",
            "a #b",
            "# c",
            "- d",
            "yes",
            "No",
            "on",
            "~",
            "null",
            "true",
            "12",
            "0755",
            "0x1F",
            "1e3",
            "1_000",
            ".5",
            "22:22",
            "2001-01-01",
            "line\n",
            "two\nlines",
            "\nfirst",
            "last\n\n",
            "tab\there",
            "\r\n",
            "it's",
            "\"quoted\"",
            "\\n",
            "a\\",
            "{a: b}",
            "[a]",
            "{{.Node}}",
            "*alias",
            "&anchor",
            "!tag",
            "%x",
            "@x",
            "`x`",
            "|",
            ">-",
            "?",
            "? x",
            ":",
            "=",
            "<<",
            "---",
            "...",
            "ü",
            "\u00A0",
            "\u0085",
            "\u2028",
            "\uFEFF",
            "\uD83D\uDE00",
            "\u0007",
            "$$",
            "$$A",
            "$${A}",
            "${NOT_SET:-d}",
            "x=y",
            "a,b",
            "a: b\n c: d\n");

    private final Random random;

    /** Draws from a source of randomness. */
    public Draw(Random random) {
        this.random = random;
    }

    /** True once in a number of times. */
    public boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    /** A number from 0 up to, and not including, a bound. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** One of several values. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final <T> T of(T... values) {
        return values[random.nextInt(values.length)];
    }

    /** One of several values. */
    public <T> T of(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** The value of one of several suppliers. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Data oneOf(Supplier<? extends Data>... suppliers) {
        return suppliers[random.nextInt(suppliers.length)].get();
    }

    /** A short word of letters, digits and a few signs. */
    public String word() {
        return of(WORDS);
    }

    /** A word as data. */
    public Data wordData() {
        return Data.of(word());
    }

    /** Any string; a dollar sign in it is escaped. */
    public String text() {
        return once(4) ? of(TEXTS) + of(TEXTS).replace("${NOT_SET:-d}", "") : of(TEXTS);
    }

    /** Any string as data. */
    public Data textData() {
        return Data.of(text());
    }

    /** A string that is not empty. */
    public Data someText() {
        String text = text();
        return Data.of(text.isEmpty() ? word() : text);
    }

    /** A string, a number or a truth value. */
    public Data scalar() {
        return oneOf(this::textData, this::wordData, this::number, this::bool);
    }

    /** A number, mostly small. */
    public Data number() {
        return switch (random.nextInt(6)) {
            case 0 -> Data.of(new BigDecimal(random.nextInt(1000)).movePointLeft(2));
            case 1 -> Data.of(random.nextLong());
            case 2 -> Data.of(new BigDecimal(of("1e21", "1e-7", "123456789012345678901234567890", "0.1", "-0.0")));
            default -> Data.of(random.nextInt(100));
        };
    }

    /** A small whole number, at times as a string. */
    public Data count() {
        return once(4) ? Data.of(Integer.toString(random.nextInt(100))) : Data.of(random.nextInt(100));
    }

    /** A truth value, at times as one of the words that come out of variables. */
    public Data bool() {
        return once(6) ? Data.of(of("true", "false", "yes", "off")) : Data.of(random.nextBoolean());
    }

    /** A duration. */
    public Data duration() {
        return Data.of(of(
                "0",
                "0s",
                "10ns",
                "1us",
                "1.5ms",
                "500ms",
                "1.5s",
                "30s",
                "90s",
                "1m30s",
                "1h",
                "2h45m10s",
                "1.000000001s",
                "8760h"));
    }

    /** A number of bytes. */
    public Data size() {
        return once(3)
                ? Data.of(random.nextInt(1 << 30))
                : Data.of(of("0", "512", "64k", "1.5g", "10MiB", "1gb", "7B", "1t"));
    }

    /** A number of processors. */
    public Data cpus() {
        return once(2)
                ? Data.of(of("0.5", "2", "0.25", ".5", "1.000000001", "0"))
                : Data.of(new BigDecimal(random.nextInt(800)).movePointLeft(2));
    }

    /** Permissions. */
    public Data mode() {
        return once(2) ? Data.of(of("0440", "444", "0o600", "1777")) : Data.of(random.nextInt(0777));
    }

    /** A list of up to three. */
    public Data list(Supplier<? extends Data> item) {
        List<Data> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(item.get());
        }
        return Data.of(items);
    }

    /** A mapping of up to three. */
    public Data map(Supplier<String> key, Supplier<? extends Data> value) {
        Map<String, Data> fields = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            fields.put(key.get(), value.get());
        }
        return Data.of(fields);
    }

    /** A mapping to scalars, or a list of {@code KEY=VALUE}. */
    public Data keyValues() {
        return once(2)
                ? map(this::key, () -> once(4) ? Data.Null.NULL : scalar())
                : list(() -> Data.of(once(4) ? key() : key() + "=" + text()));
    }

    /** A key such as labels and variables have. */
    public String key() {
        return of(
                "KEY", "com.example.key", "A", "B", "yes", "12", "with space", "ü", "~", "traefik.http.routers.x.rule");
    }

    /** Anything at all, as extensions have it. */
    public Data anything(int depth) {
        if (depth == 0 || once(2)) {
            return once(6) ? Data.Null.NULL : scalar();
        }
        return once(2)
                ? list(() -> anything(depth - 1))
                : map(() -> once(3) ? text() : key(), () -> anything(depth - 1));
    }

    /** A mapping in the making. */
    public Fields fields() {
        return new Fields();
    }

    /** Fields, each of which may be put in or left out. */
    public final class Fields {
        private final Map<String, Data> fields = new LinkedHashMap<>();

        private Fields() {}

        /** Puts a field in. */
        public Fields with(String key, Data value) {
            fields.put(key, value);
            return this;
        }

        /** Puts a field in once in four times. */
        public Fields maybe(String key, Supplier<? extends Data> value) {
            if (once(4)) {
                fields.put(key, value.get());
            }
            return this;
        }

        /** Puts several fields of one form in, each once in four times. */
        public Fields maybe(List<String> keys, Supplier<? extends Data> value) {
            keys.forEach(key -> maybe(key, value));
            return this;
        }

        /** The mapping. */
        public Data toData() {
            return Data.of(fields);
        }
    }
}
