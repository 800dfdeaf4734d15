package dev.prodstack.cli;

import dev.prodstack.cli.outcome.Failure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files that {@code --from NAME=FILE} gives for external secrets or configs. */
final class GivenFiles {
    private GivenFiles() {}

    /**
     * The files by name.
     *
     * @param pairs what was given
     * @param kind what is named, {@code secret} or {@code config}
     * @param names those there are
     * @throws Failure if one is not written as NAME=FILE, or names none that there is
     */
    static Map<String, Path> parse(Context context, List<String> pairs, String kind, List<String> names) {
        Map<String, Path> files = new LinkedHashMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1 || equals == pair.length() - 1) {
                throw Failure.usage(
                        "--from " + pair + " names no " + kind + " and file", "write it like NAME=path/to/file");
            }
            String name = pair.substring(0, equals);
            if (!names.contains(name)) {
                throw Failure.usage(
                        "the stack has no external " + kind + " " + name,
                        names.isEmpty() ? "it has none" : "it has " + String.join(", ", names));
            }
            files.put(name, context.surroundings().workingDirectory().resolve(pair.substring(equals + 1)));
        }
        return files;
    }
}
