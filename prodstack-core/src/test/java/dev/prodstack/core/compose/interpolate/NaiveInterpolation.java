package dev.prodstack.core.compose.interpolate;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Compose Specification's interpolation in the simplest way: cut the text at the first reference, and go on with
 * the rest. Slow, unbounded, and without places.
 */
final class NaiveInterpolation {
    private static final Pattern REFERENCE =
            Pattern.compile("(?<name>[_a-zA-Z][_a-zA-Z0-9]*)((?<rule>:?[-?+])(?<argument>.*))?", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");

    private final Map<String, String> environment;
    private boolean malformed;
    private final Set<String> missing = new TreeSet<>();
    private final Set<String> blank = new TreeSet<>();

    private NaiveInterpolation(Map<String, String> environment) {
        this.environment = environment;
    }

    /** What came out: a text with the variables left blank, or what stands in its way. */
    record Outcome(Optional<String> text, boolean malformed, Set<String> missing, Set<String> blank) {}

    static Outcome of(String template, Map<String, String> environment) {
        NaiveInterpolation run = new NaiveInterpolation(environment);
        run.validate(template);
        if (run.malformed) {
            return new Outcome(Optional.empty(), true, Set.of(), Set.of());
        }
        String text = run.expand(template);
        return new Outcome(run.missing.isEmpty() ? Optional.of(text) : Optional.empty(), false, run.missing, run.blank);
    }

    private void validate(String text) {
        int dollar = text.indexOf('$');
        if (dollar < 0) {
            return;
        }
        String after = text.substring(dollar + 1);
        if (after.startsWith("$")) {
            validate(after.substring(1));
        } else if (after.startsWith("{")) {
            int end = closing(after);
            Matcher matcher = REFERENCE.matcher(end < 0 ? "" : after.substring(1, end));
            if (!matcher.matches()) {
                malformed = true;
                return;
            }
            validate(Optional.ofNullable(matcher.group("argument")).orElse(""));
            validate(after.substring(end + 1));
        } else {
            validate(after);
        }
    }

    private String expand(String text) {
        int dollar = text.indexOf('$');
        if (dollar < 0) {
            return text;
        }
        String before = text.substring(0, dollar);
        String after = text.substring(dollar + 1);
        if (after.startsWith("$")) {
            return before + "$" + expand(after.substring(1));
        }
        if (after.startsWith("{")) {
            int end = closing(after);
            return before + braced(after.substring(1, end)) + expand(after.substring(end + 1));
        }
        Matcher name = NAME.matcher(after);
        if (!name.lookingAt()) {
            return before + "$" + expand(after);
        }
        return before + value(name.group()) + expand(after.substring(name.end()));
    }

    private String braced(String content) {
        Matcher matcher = REFERENCE.matcher(content);
        if (!matcher.matches()) {
            throw new AssertionError("validated before");
        }
        String name = matcher.group("name");
        String argument = Optional.ofNullable(matcher.group("argument")).orElse("");
        boolean set = environment.containsKey(name);
        boolean filled = !environment.getOrDefault(name, "").isEmpty();
        return switch (Optional.ofNullable(matcher.group("rule")).orElse("")) {
            case "-" -> set ? value(name) : expand(argument);
            case ":-" -> filled ? value(name) : expand(argument);
            case "+" -> set ? expand(argument) : "";
            case ":+" -> filled ? expand(argument) : "";
            case "?" -> set ? value(name) : require(name);
            case ":?" -> filled ? value(name) : require(name);
            default -> value(name);
        };
    }

    private String require(String name) {
        missing.add(name);
        return "";
    }

    private String value(String name) {
        if (!environment.containsKey(name)) {
            blank.add(name);
        }
        return environment.getOrDefault(name, "");
    }

    /** The index of the brace that closes the one at the beginning, or -1. */
    private static int closing(String text) {
        int open = 0;
        for (int i = 0; i < text.length(); i++) {
            open += text.charAt(i) == '{' ? 1 : 0;
            open -= text.charAt(i) == '}' ? 1 : 0;
            if (open == 0) {
                return i;
            }
        }
        return -1;
    }
}
