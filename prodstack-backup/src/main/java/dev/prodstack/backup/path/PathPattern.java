package dev.prodstack.backup.path;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A pattern for paths, as restic has them: {@code *} and {@code ?} stand for what is no slash, {@code [ab]} for one of
 * some characters, {@code **} for any number of directories. One that begins with a slash begins at the root; others
 * begin at any directory. What is below a directory that matches, matches too.
 */
public final class PathPattern {
    private final String text;
    private final Pattern whole;
    private final List<Pattern> leading = new ArrayList<>();
    private final boolean anywhereBelow;

    private PathPattern(String text) {
        this.text = text;
        boolean absolute = text.startsWith("/");
        List<String> names =
                List.of(text.replaceFirst("^/+", "").replaceFirst("/+$", "").split("/+"));
        StringBuilder regex = new StringBuilder(absolute ? "/" : "(?:.*/)?");
        boolean deep = !absolute;
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            boolean last = i == names.size() - 1;
            deep = deep || name.equals("**");
            if (name.equals("**")) {
                regex.append(last ? ".+" : "(?:.*/)?");
            } else {
                regex.append(glob(name)).append(last ? "(?:/.*)?" : "/");
            }
            if (!deep) {
                leading.add(Pattern.compile(glob(name), Pattern.DOTALL));
            }
        }
        whole = Pattern.compile(regex.toString(), Pattern.DOTALL);
        anywhereBelow = deep;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if the text is empty or its brackets are not closed
     */
    public static PathPattern parse(String text) {
        if (text.replace("/", "").isEmpty()) {
            throw new IllegalArgumentException("expected a pattern such as *.log or /srv/**/cache");
        }
        return new PathPattern(text);
    }

    private static String glob(String name) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            int close = c == '[' ? name.indexOf(']', i + 2) : -1;
            if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (close > 0) {
                regex.append('[')
                        .append(characters(name.substring(i + 1, close)))
                        .append(']');
                i = close;
            } else if (c == '[') {
                throw new IllegalArgumentException("expected a ] behind the [ in \"" + name + "\"");
            } else if (c == '\\' && i + 1 < name.length()) {
                i++;
                regex.append(Pattern.quote(name.substring(i, i + 1)));
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }

    private static String characters(String inside) {
        return inside.replace("\\", "\\\\").replace("[", "\\[").replace("&", "\\&");
    }

    /** Whether a path, which begins with a slash, matches. */
    public boolean matches(String path) {
        return whole.matcher(path).matches();
    }

    /** Whether something below a directory could match; the path begins with a slash. */
    public boolean mayMatchBelow(String directory) {
        if (matches(directory)) {
            return true;
        }
        String[] names =
                directory.equals("/") ? new String[0] : directory.substring(1).split("/");
        if (names.length >= leading.size()) {
            return anywhereBelow && leadingMatches(names, leading.size());
        }
        return leadingMatches(names, names.length);
    }

    private boolean leadingMatches(String[] names, int count) {
        for (int i = 0; i < count; i++) {
            if (!leading.get(i).matcher(names[i]).matches()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text;
    }
}
