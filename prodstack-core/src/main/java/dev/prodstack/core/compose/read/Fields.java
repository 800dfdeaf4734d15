package dev.prodstack.core.compose.read;

import dev.prodstack.core.problem.DottedPath;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.problem.Suggestion;
import dev.prodstack.core.value.Data;
import dev.prodstack.core.value.GoDuration;
import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.Node.MapNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The fields of a mapping. Every key that is asked for is a known one; {@link #end()} reports the others, with the
 * nearest known key as a suggestion.
 */
public final class Fields {
    /** How keys begin that everybody may define. */
    public static final String EXTENSION = "x-";

    private final MapNode map;
    private final DottedPath path;
    private final Problems problems;
    private final boolean reported;

    /** The keys that were asked for. */
    private final List<String> known = new ArrayList<>();

    /** Which of the mapping's entries were. */
    private final BitSet found;

    Fields(MapNode map, DottedPath path, Problems problems) {
        this(map, path, problems, false);
    }

    private Fields(MapNode map, DottedPath path, Problems problems, boolean reported) {
        this.map = map;
        this.path = path;
        this.problems = problems;
        this.reported = reported;
        this.found = new BitSet(map.entries().size());
    }

    /** What stands in for something that is no mapping, which has been reported: nothing is missing in it. */
    static Fields ofNoMapping(Node node, DottedPath path, Problems problems) {
        return new Fields(new MapNode(node.position(), Map.of()), path, problems, true);
    }

    /** The mapping's own path. */
    public DottedPath path() {
        return path;
    }

    /** The mapping itself as a place. */
    public Place place() {
        return new Place(map, path, problems);
    }

    /** Whether a key is there; does not make it a known one. */
    public boolean has(String key) {
        return map.entries().containsKey(key);
    }

    /** The value of a key, empty values included. */
    public Optional<Place> get(String key) {
        known.add(key);
        int index = map.indexOf(key);
        if (index < 0) {
            return Optional.empty();
        }
        found.set(index);
        return Optional.of(new Place(map.valueAt(index), path.key(key), problems));
    }

    /** The value of a key; an empty value ({@code key:} and nothing behind it) counts as absent. */
    public Optional<Place> given(String key) {
        return get(key).filter(place -> !place.isNull());
    }

    /** The value of a key that must be there; reports a problem if it is not. */
    public Optional<Place> required(String key, String fix) {
        Optional<Place> value = get(key);
        if (value.isEmpty() && !reported) {
            problems.add(map.position(), path.toString(), "\"" + key + "\" is missing", fix);
        }
        return value;
    }

    /** A string. */
    public Optional<String> string(String key) {
        return get(key).flatMap(Place::string);
    }

    /** A truth value. */
    public Optional<Boolean> bool(String key) {
        return get(key).flatMap(Place::bool);
    }

    /** A truth value that is false unless given. */
    public boolean flag(String key) {
        return bool(key).orElse(false);
    }

    /** A whole number within bounds. */
    public OptionalInt integer(String key, int min, int max) {
        return get(key).map(place -> place.integer(min, max)).orElseGet(OptionalInt::empty);
    }

    /** A whole number within bounds. */
    public OptionalLong integer(String key, long min, long max) {
        return get(key).map(place -> place.integer(min, max)).orElseGet(OptionalLong::empty);
    }

    /** A number within bounds. */
    public OptionalDouble real(String key, double min, double max) {
        return get(key).map(place -> place.real(min, max)).orElseGet(OptionalDouble::empty);
    }

    /** A duration. */
    public Optional<Duration> duration(String key) {
        return parsed(key, GoDuration::parse);
    }

    /** A duration within bounds, both included. */
    public Optional<Duration> duration(String key, Duration min, Duration max) {
        return get(key).flatMap(place -> place.duration(min, max));
    }

    /** A value that a function reads from its text. */
    public <T> Optional<T> parsed(String key, Function<String, T> parser) {
        return get(key).flatMap(place -> place.parsed(parser));
    }

    /** One of an enum's constants. */
    public <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
        return get(key).flatMap(place -> place.choice(type));
    }

    /** A list of strings; empty if absent. */
    public List<String> strings(String key) {
        return items(key, Place::string);
    }

    /** A list, each item read by a function; empty if absent. */
    public <T> List<T> items(String key, Function<Place, Optional<T>> reader) {
        return get(key).map(place -> place.items(reader)).orElse(List.of());
    }

    /** A mapping to text; empty if absent. */
    public Map<String, String> texts(String key) {
        return entries(key, Place::text);
    }

    /** A mapping, each value read by a function; empty if absent. */
    public <T> Map<String, T> entries(String key, Function<Place, Optional<T>> reader) {
        return given(key).map(place -> place.entries(reader)).orElse(Map.of());
    }

    /** The fields of a section; those of an empty mapping if it is absent. */
    public Fields section(String key) {
        return given(key)
                .map(Place::fields)
                .orElseGet(() -> new Fields(new MapNode(map.position(), Map.of()), path.key(key), problems));
    }

    /** The extensions, all but prodstack's own, as plain data by key. */
    public Map<String, Data> extensions() {
        Map<String, Data> extensions = new LinkedHashMap<>();
        unasked()
                .filter(Fields::isExtension)
                .forEach(
                        key -> extensions.put(key, map.valueAt(map.indexOf(key)).toData()));
        return extensions;
    }

    /**
     * Whether the file says something here that is not understood: a key nobody asked for so far, or no mapping at all.
     * What seems to be missing may be meant by it.
     */
    public boolean hasUnknown() {
        return reported || unasked().anyMatch(key -> !isExtension(key));
    }

    /** Reports every key that was not asked for, extensions apart. Call it last. */
    public void end() {
        unasked()
                .filter(key -> !isExtension(key))
                .forEach(key -> place().problemWithKey(
                                key,
                                "unknown key \"" + key + "\"",
                                Suggestion.forWord(key, known).orElseGet(this::knownKeys)));
    }

    private Stream<String> unasked() {
        return found.cardinality() == map.entries().size()
                ? Stream.empty()
                : map.entries().keySet().stream().filter(key -> !found.get(map.indexOf(key)));
    }

    private static boolean isExtension(String key) {
        return key.startsWith(EXTENSION);
    }

    private String knownKeys() {
        Set<String> all = new LinkedHashSet<>(known);
        return all.size() <= 12
                ? "known here: " + String.join(", ", all)
                : "remove it, or name it " + EXTENSION + "... if it is your own";
    }
}
