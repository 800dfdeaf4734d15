package dev.prodstack.cli;

import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.display.Table;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.value.Data;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code init-secrets} and {@code init-configs} have in common: files given by name, and what became of each. */
final class ExternalNames {
    private ExternalNames() {}

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

    /**
     * What became of each name, as a table or as data.
     *
     * @param heading the names' heading
     * @param states what became of each
     */
    static String outcome(String heading, Map<String, String> states, Context context, OutputFormat format) {
        if (format == OutputFormat.TABLE) {
            Table table = new Table(heading, "STATE");
            states.forEach(table::row);
            return table.print(context.style());
        }
        Map<String, Data> fields = new LinkedHashMap<>();
        states.forEach((name, state) -> fields.put(name, Data.of(state)));
        return format.print(Data.of(fields));
    }
}
