package dev.prodstack.stack;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** What an expression of PromQL asks for. */
final class MetricNames {
    private static final Pattern NAME = Pattern.compile("(?<![\\w:.])[a-zA-Z_:][\\w:]*+(?!\\s*\\()");
    private static final Pattern TEXTS = Pattern.compile("\"[^\"]*\"");
    private static final Pattern LABELS =
            Pattern.compile("\\{[^}]*}|\\[[^\\]]*]|\\b(by|on|without|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

    private MetricNames() {}

    /** The names in an expression that are neither functions, nor labels, nor words of the language. */
    static Set<String> in(String expression) {
        Set<String> found = new HashSet<>();
        String bare = LABELS.matcher(TEXTS.matcher(expression).replaceAll("")).replaceAll("");
        NAME.matcher(bare).results().forEach(name -> found.add(name.group()));
        found.removeAll(WORDS);
        return found;
    }
}
