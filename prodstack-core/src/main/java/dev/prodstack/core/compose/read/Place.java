package dev.prodstack.core.compose.read;

import dev.prodstack.core.problem.DottedPath;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.problem.Suggestion;
import dev.prodstack.core.value.Data;
import dev.prodstack.core.value.GoDuration;
import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.Node.ListNode;
import dev.prodstack.core.yaml.Node.MapNode;
import dev.prodstack.core.yaml.Node.ScalarNode;
import dev.prodstack.core.yaml.PlainScalar;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A node and where it belongs. Each method that reads a value returns nothing, and reports a problem, if the node holds
 * something else.
 *
 * @param node the node
 * @param path its dotted path, such as {@code services.web.ports[0]}
 * @param problems receives what is wrong
 */
public record Place(Node node, DottedPath path, Problems problems) {
    private static final Set<String> TRUE = Set.of("true", "yes", "on", "y");
    private static final Set<String> FALSE = Set.of("false", "no", "off", "n");
    private static final int SHOWN = 60;

    /** Reports a problem with this value. */
    public void problem(String message, String fix) {
        problems.add(node.position(), path.toString(), message, fix);
    }

    /** Reports a problem with one of this mapping's keys. */
    public void problemWithKey(String key, String message, String fix) {
        if (node instanceof MapNode map && map.entries().containsKey(key)) {
            problems.add(map.entries().get(key).keyPosition(), path.key(key).toString(), message, fix);
        }
    }

    /** Whether the node is an empty value, {@code key:} with nothing behind it. */
    public boolean isNull() {
        return node instanceof ScalarNode scalar && scalar.isNull();
    }

    /** A string; numbers and truth values are not, unless quoted. */
    public Optional<String> string() {
        if (node instanceof ScalarNode scalar && scalar.isString()) {
            return Optional.of(scalar.text());
        }
        boolean quotable = node instanceof ScalarNode scalar && !scalar.isNull();
        return wrong("a string", quotable ? "quote it: \"" + ((ScalarNode) node).text() + "\"" : "");
    }

    /** A string that is not empty. */
    public Optional<String> word() {
        Optional<String> text = string();
        if (text.isPresent() && text.get().isEmpty()) {
            problem("expected a string, found an empty one", "");
            return Optional.empty();
        }
        return text;
    }

    /** The text of any scalar, as Docker prints it: {@code 1.50} is {@code 1.5}, null is empty. */
    public Optional<String> text() {
        return node instanceof ScalarNode scalar
                ? Optional.of(PlainScalar.toText(scalar.toData()))
                : wrong("a string or a number", "");
    }

    /** A truth value, or one of the words Docker accepts for it when they come out of a variable. */
    public Optional<Boolean> bool() {
        if (node instanceof ScalarNode scalar) {
            if (scalar.toData() instanceof Data.Bool bool) {
                return Optional.of(bool.value());
            }
            String word = scalar.text().toLowerCase(Locale.ROOT);
            if (TRUE.contains(word) || FALSE.contains(word)) {
                return Optional.of(TRUE.contains(word));
            }
        }
        return wrong("true or false", "");
    }

    /** A whole number within bounds, both included. */
    public OptionalLong integer(long min, long max) {
        String expected = max == Long.MAX_VALUE || max == Integer.MAX_VALUE
                ? "a whole number" + (min == Long.MIN_VALUE ? "" : " of at least " + min)
                : "a whole number between " + min + " and " + max;
        Optional<BigDecimal> number = numeral();
        if (number.isPresent() && number.get().stripTrailingZeros().scale() <= 0) {
            BigDecimal value = number.get();
            if (value.compareTo(BigDecimal.valueOf(min)) >= 0 && value.compareTo(BigDecimal.valueOf(max)) <= 0) {
                return OptionalLong.of(value.longValueExact());
            }
        }
        wrong(expected, "");
        return OptionalLong.empty();
    }

    /** A whole number within bounds, both included. */
    public OptionalInt integer(int min, int max) {
        OptionalLong value = integer((long) min, (long) max);
        return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }

    /** A number within bounds, both included. */
    public OptionalDouble real(double min, double max) {
        Optional<BigDecimal> number = numeral();
        if (number.isPresent()) {
            double value = number.get().doubleValue();
            if (value >= min && value <= max) {
                return OptionalDouble.of(value);
            }
        }
        wrong("a number between " + trim(min) + " and " + trim(max), "");
        return OptionalDouble.empty();
    }

    /** A duration within bounds, both included. */
    public Optional<Duration> duration(Duration min, Duration max) {
        Optional<Duration> duration = parsed(GoDuration::parse);
        if (duration.isPresent()
                && (duration.get().compareTo(min) < 0 || duration.get().compareTo(max) > 0)) {
            return wrong("a duration between " + GoDuration.format(min) + " and " + GoDuration.format(max), "");
        }
        return duration;
    }

    /** A value whose text form a function reads; the function's {@link IllegalArgumentException} is the problem. */
    public <T> Optional<T> parsed(Function<String, T> parser) {
        Optional<String> text = text();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(text.get()));
        } catch (IllegalArgumentException e) {
            problem(e.getMessage() + ", found " + shown(), "");
            settle();
            return Optional.empty();
        }
    }

    /** A value made of what was read; the {@link IllegalArgumentException} of its making is a problem of this place. */
    public <T> Optional<T> made(Supplier<T> maker) {
        try {
            return Optional.of(maker.get());
        } catch (IllegalArgumentException e) {
            problem(String.valueOf(e.getMessage()), "");
            return Optional.empty();
        }
    }

    /** One of several words, each the text form of an alternative. */
    public <T> Optional<T> choice(List<T> alternatives) {
        String word = node instanceof ScalarNode scalar ? scalar.text() : "";
        Optional<T> found =
                alternatives.stream().filter(one -> one.toString().equals(word)).findFirst();
        if (found.isPresent()) {
            return found;
        }
        List<String> words = alternatives.stream().map(Object::toString).toList();
        return wrong(
                "one of " + String.join(", ", words),
                Suggestion.forWord(word, words).orElse(""));
    }

    /** One of an enum's constants by its text form. */
    public <E extends Enum<E>> Optional<E> choice(Class<E> type) {
        return choice(List.of(type.getEnumConstants()));
    }

    /** The items of a list; none, and a problem, if it is none. */
    public List<Place> items() {
        if (!(node instanceof ListNode list)) {
            wrong("a list", "put \"- \" before each item");
            return List.of();
        }
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            places.add(new Place(list.items().get(i), path.item(i), problems));
        }
        return places;
    }

    /** The items of a list, read one by one; those that hold something else are reported and left out. */
    public <T> List<T> items(Function<Place, Optional<T>> reader) {
        List<T> values = new ArrayList<>();
        for (Place item : items()) {
            reader.apply(item).ifPresent(values::add);
        }
        return values;
    }

    /** The values of a mapping by key; none, and a problem, if it is none. */
    public Map<String, Place> entries() {
        if (!(node instanceof MapNode map)) {
            wrong("a mapping", "");
            return Map.of();
        }
        Map<String, Place> places = new LinkedHashMap<>();
        map.entries().forEach((key, entry) -> places.put(key, new Place(entry.value(), path.key(key), problems)));
        return places;
    }

    /** The values of a mapping, read one by one; those that hold something else are reported and left out. */
    public <T> Map<String, T> entries(Function<Place, Optional<T>> reader) {
        Map<String, T> values = new LinkedHashMap<>();
        if (node instanceof MapNode map) {
            map.entries()
                    .forEach((key, entry) -> reader.apply(new Place(entry.value(), path.key(key), problems))
                            .ifPresent(value -> values.put(key, value)));
        } else {
            wrong("a mapping", "");
        }
        return values;
    }

    /** The fields of a mapping; none, and a problem, if it is none. */
    public Fields fields() {
        if (node instanceof MapNode map) {
            return new Fields(map, path, problems);
        }
        wrong("a mapping", "");
        return Fields.ofNoMapping(node, path, problems);
    }

    /** The value as plain data, whatever it is. */
    public Data data() {
        return node.toData();
    }

    /** Reports that something else was expected, and returns nothing. */
    public <T> Optional<T> wrong(String expected, String fix) {
        problem("expected " + expected + ", found " + shown(), fix);
        settle();
        return Optional.empty();
    }

    /** One scalar may have become several values, of which one problem is enough. */
    private void settle() {
        if (node instanceof ScalarNode) {
            problems.settle(node.position());
        }
    }

    private Optional<BigDecimal> numeral() {
        if (node instanceof ScalarNode scalar) {
            Data data = scalar.toData() instanceof Data.Text text ? PlainScalar.resolve(text.value()) : scalar.toData();
            return data instanceof Data.Numeral numeral ? Optional.of(numeral.value()) : Optional.empty();
        }
        return Optional.empty();
    }

    private String shown() {
        if (!(node instanceof ScalarNode scalar)) {
            return node.kind();
        }
        if (scalar.isNull()) {
            return "nothing";
        }
        String text = scalar.text().lines().limit(1).collect(Collectors.joining());
        String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
        return Stream.of("a number", "a truth value").anyMatch(scalar.kind()::equals)
                ? "the " + scalar.kind().substring(2) + " " + cut
                : "\"" + cut + "\"";
    }

    private static String trim(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
