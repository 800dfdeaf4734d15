package dev.prodstack.core.compose.interpolate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Draws templates, mostly well formed, and environments to expand them in. */
final class TemplateGenerator {
    private static final List<String> NAMES = List.of("A", "B", "C", "LONG_name_2", "_");
    private static final List<String> TEXTS = List.of(
            "",
            "x",
            " ",
            "a b",
            "$$",
            "$",
            "$1",
            ":-",
            "?",
            "-",
            "+",
            ":",
            "{",
            "}",
            "{}",
            "{\"k\":1}",
            "\n",
            "é",
            "\uD83D\uDE00",
            "\\",
            "#",
            "/");
    private static final List<String> RULES = List.of("-", ":-", "?", ":?", "+", ":+");
    private static final List<String> VALUES = List.of("", "", "a", "$A", "${B}", "$$", "}", "{", "two words", "\n");
    private static final String NOISE = "${}:-?+AB_1 .!";

    private final Random random;

    TemplateGenerator(Random random) {
        this.random = random;
    }

    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String name : NAMES) {
            if (random.nextInt(3) > 0) {
                environment.put(name, pick(VALUES));
            }
        }
        return environment;
    }

    String template() {
        StringBuilder text = new StringBuilder(sequence(4));
        while (random.nextInt(4) == 0) {
            int at = random.nextInt(text.length() + 1);
            if (random.nextBoolean() && at < text.length()) {
                text.deleteCharAt(at);
            } else {
                text.insert(at, NOISE.charAt(random.nextInt(NOISE.length())));
            }
        }
        return text.toString();
    }

    private String sequence(int depth) {
        StringBuilder text = new StringBuilder();
        int parts = random.nextInt(4);
        for (int i = 0; i < parts; i++) {
            text.append(random.nextBoolean() ? pick(TEXTS) : reference(depth));
        }
        return text.toString();
    }

    private String reference(int depth) {
        String name = pick(NAMES);
        return switch (random.nextInt(4)) {
            case 0 -> "$" + name;
            case 1 -> "${" + name + "}";
            default -> "${" + name + pick(RULES) + (depth == 0 ? pick(TEXTS) : sequence(depth - 1)) + "}";
        };
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
