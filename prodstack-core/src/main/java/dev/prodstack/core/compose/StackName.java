package dev.prodstack.core.compose;

import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problems;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a stack is called. */
final class StackName {
    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}");

    private StackName() {}

    /** Checks a name that was given somewhere. */
    static String checked(String name, Position position, Problems problems) {
        if (!FORM.matcher(name).matches()) {
            problems.add(
                    position,
                    "name",
                    "expected a stack name of letters, digits, '_' and '-', at most 63 long, found \"" + name + "\"");
        }
        return name;
    }

    /** The name of a directory, made fit: lower-case, without what a name may not have. */
    static Optional<String> of(Path directory) {
        Path last = directory.getFileName();
        String name = last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
        String fit = name.replaceAll("[^a-z0-9_-]", "").replaceFirst("^[_-]+", "");
        return Optional.of(fit.substring(0, Math.min(fit.length(), 63))).filter(text -> !text.isEmpty());
    }
}
