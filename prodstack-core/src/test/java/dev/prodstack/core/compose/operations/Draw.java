package dev.prodstack.core.compose.operations;

import dev.prodstack.core.cron.CronExpression;
import dev.prodstack.core.value.PasswordSource;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Draws small values.
 *
 * @param random where chance comes from
 */
record Draw(Random random) {
    private static final List<String> TEXTS = List.of(
            "a",
            "two words",
            "true",
            "12",
            "0x1f",
            "~",
            "- x",
            "a: b",
            "#",
            "{a}",
            "\"'",
            "ü",
            "$",
            "${A}",
            "a\nb",
            " x ");

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean toss() {
        return random.nextBoolean();
    }

    @SafeVarargs
    final <T> T of(T... values) {
        return values[below(values.length)];
    }

    <T> Optional<T> maybe(Supplier<T> maker) {
        return toss() ? Optional.of(maker.get()) : Optional.empty();
    }

    OptionalInt number(int value) {
        return toss() ? OptionalInt.of(value) : OptionalInt.empty();
    }

    /** At most three more than the least number. */
    <T> List<T> some(Supplier<T> maker, int least) {
        List<T> values = new ArrayList<>();
        int count = least + below(4);
        for (int i = 0; i < count; i++) {
            values.add(maker.get());
        }
        return values;
    }

    /** Different names. */
    List<String> names(int least) {
        Set<String> names = new LinkedHashSet<>(some(() -> of("a", "b", "c d", "7", "no"), least));
        return List.copyOf(names);
    }

    /** What a careless printer would spoil. */
    String text() {
        return of(TEXTS.toArray(String[]::new));
    }

    String path() {
        return "/" + below(100);
    }

    PasswordSource password() {
        return toss() ? new PasswordSource.OfSecret(of("pw", "id")) : new PasswordSource.OfFile(path());
    }

    Duration time() {
        return of(Duration.ZERO, span());
    }

    Duration span() {
        return of(
                Duration.ofMillis(1 + below(5_000)),
                Duration.ofSeconds(1 + below(10_000)),
                Duration.ofNanos(1 + below(1_000_000)),
                Duration.ofHours(1 + below(10_000)));
    }

    ZoneId zone() {
        return ZoneId.of(of("UTC", "Europe/Berlin", "America/St_Johns", "+02:00", "Z"));
    }

    CronExpression cron() {
        return CronExpression.parse(of("*", "*/7", "5-9", "" + below(60)) + " " + of("*", "2", "" + below(24)) + " "
                + of("*", "1,15", "*/2") + " " + of("*", "1-3") + " " + of("*", "MON-FRI", "0"));
    }
}
