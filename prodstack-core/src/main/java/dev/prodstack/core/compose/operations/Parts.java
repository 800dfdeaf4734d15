package dev.prodstack.core.compose.operations;

import dev.prodstack.core.compose.canonical.ShellWords;
import dev.prodstack.core.compose.read.Fields;
import dev.prodstack.core.compose.read.Place;
import dev.prodstack.core.cron.CronExpression;
import dev.prodstack.core.cron.CronSchedule;
import dev.prodstack.core.problem.Suggestion;
import dev.prodstack.core.value.GoDuration;
import dev.prodstack.core.value.PasswordSource;
import dev.prodstack.core.yaml.Node.ListNode;
import dev.prodstack.core.yaml.Node.MapNode;
import dev.prodstack.core.yaml.Node.ScalarNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What several of the extension's parts are made of: schedules, passwords, commands, parts that can be switched off.
 */
final class Parts {
    /** The zone of schedules that name none. */
    static final ZoneId DEFAULT_ZONE = ZoneId.of("UTC");

    private Parts() {}

    /** Whether a place holds a scalar: the short form of what is a mapping in full. */
    static boolean isScalar(Place place) {
        return place.node() instanceof ScalarNode;
    }

    /** A schedule: an expression alone, or {@code cron} and {@code time_zone}. */
    static Optional<CronSchedule> schedule(Place place, ZoneId defaultZone) {
        if (isScalar(place)) {
            return cron(place).map(expression -> new CronSchedule(expression, defaultZone));
        }
        Fields fields = place.fields();
        Optional<CronSchedule> schedule = schedule(fields, defaultZone);
        fields.end();
        return schedule;
    }

    /** A schedule by its fields {@code cron} and {@code time_zone}. */
    static Optional<CronSchedule> schedule(Fields fields, ZoneId defaultZone) {
        Optional<CronExpression> expression =
                fields.required("cron", "add cron: \"0 2 * * *\"").flatMap(Parts::cron);
        ZoneId zone = zone(fields, defaultZone);
        return expression.map(cron -> new CronSchedule(cron, zone));
    }

    static Optional<CronExpression> cron(Place place) {
        return place.parsed(CronExpression::parse);
    }

    static ZoneId zone(Fields fields, ZoneId defaultZone) {
        return fields.get("time_zone").flatMap(Parts::zone).orElse(defaultZone);
    }

    private static Optional<ZoneId> zone(Place place) {
        String name = place.word().orElse("");
        try {
            return name.isEmpty() ? Optional.empty() : Optional.of(ZoneId.of(name));
        } catch (DateTimeException e) {
            return place.wrong(
                    "a time zone such as Europe/Berlin or UTC",
                    Suggestion.forWord(name, ZoneId.getAvailableZoneIds()).orElse(""));
        }
    }

    /** A password by the fields {@code NAME_secret} and {@code NAME_file}, of which there is one at most. */
    static Optional<PasswordSource> password(Fields fields, String name, Mentions mentions) {
        Optional<Place> secret = fields.given(name + "_secret");
        Optional<Place> file = fields.given(name + "_file");
        if (secret.isPresent() && file.isPresent()) {
            file.get()
                    .problem(
                            name + "_secret and " + name + "_file are both given: only one can be read",
                            "remove one of the two");
        }
        Optional<String> key = secret.flatMap(Place::word);
        key.ifPresent(word -> mentions.secret(secret.orElseThrow(), word));
        return key.<PasswordSource>map(PasswordSource.OfSecret::new)
                .or(() -> file.flatMap(Place::word).map(PasswordSource.OfFile::new));
    }

    /** The same where there must be one. */
    static Optional<PasswordSource> requiredPassword(Fields fields, String name, Mentions mentions) {
        if (!fields.has(name + "_secret") && !fields.has(name + "_file")) {
            fields.place()
                    .problem(
                            "\"" + name + "_secret\" is missing",
                            "name a secret of this file, or a file with " + name + "_file");
        }
        return password(fields, name, mentions);
    }

    /** A command: a list, or a string that is split into words as {@code command} is. */
    static Optional<List<String>> command(Place place) {
        Optional<List<String>> words = isScalar(place)
                ? place.word().flatMap(line -> place.parsed(ShellWords::split))
                : all(place, Place::string);
        if (words.isPresent() && words.get().isEmpty()) {
            return place.wrong("a command of at least one word", "");
        }
        return words;
    }

    /** A duration above zero. */
    static Optional<Duration> span(Fields fields, String key) {
        return fields.parsed(key, text -> {
            Duration duration = GoDuration.parse(text);
            if (duration.isZero()) {
                throw new IllegalArgumentException("expected a duration above zero");
            }
            return duration;
        });
    }

    /** A list of names, each of which may be given once. */
    static List<String> names(Place place) {
        Set<String> names = new LinkedHashSet<>();
        for (Place item : place.items()) {
            Optional<String> name = item.word();
            if (name.isPresent() && !names.add(name.get())) {
                item.problem("\"" + name.get() + "\" is named twice", "remove one of the two");
            }
        }
        return List.copyOf(names);
    }

    /** The same for a key; empty if absent. */
    static List<String> names(Fields fields, String key) {
        return fields.given(key).map(Parts::names).orElse(List.of());
    }

    /**
     * A part that is there unless it is switched off: absent or {@code true} is all defaults, {@code false} is no such
     * part.
     */
    static Optional<Fields> part(Fields fields, String key) {
        Optional<Place> given = fields.given(key);
        if (given.isEmpty()) {
            return Optional.of(fields.section(key));
        }
        if (!isScalar(given.get())) {
            return given.map(Place::fields);
        }
        boolean wanted = given.get().bool().orElse(false);
        return wanted ? Optional.of(empty(given.get())) : Optional.empty();
    }

    /** The items of a list if all of them could be read; what could not be has been reported. */
    static <T> Optional<List<T>> all(Place place, Function<Place, Optional<T>> reader) {
        List<Place> items = place.items();
        List<T> values = items.stream().map(reader).flatMap(Optional::stream).toList();
        return place.node() instanceof ListNode && values.size() == items.size()
                ? Optional.of(values)
                : Optional.empty();
    }

    /** The fields of an item that has only to be named: none if there is nothing behind its key. */
    static Fields fieldsOrNone(Place place) {
        return place.isNull() ? empty(place) : place.fields();
    }

    static Fields empty(Place place) {
        return new Place(new MapNode(place.node().position(), Map.of()), place.path(), place.problems()).fields();
    }

    /** The key of a mapping that says which alternative it is; reports a problem unless there is exactly one. */
    static Optional<String> kind(Fields fields, String noun, List<String> kinds) {
        List<String> given =
                kinds.stream().filter(key -> fields.get(key).isPresent()).toList();
        if (given.size() == 1) {
            return Optional.of(given.get(0));
        }
        String all = String.join(", ", kinds);
        if (given.size() > 1) {
            fields.place()
                    .problem(
                            noun + " is one of " + all + ", not " + String.join(" and ", given) + " at once",
                            fields.path().isItem() ? "make an item of each" : "keep one of them");
        } else if (!fields.hasUnknown()) {
            fields.place().problem(noun + " is one of " + all + "; none is given", "");
        }
        return Optional.empty();
    }
}
