package dev.prodstack.core.compose.interpolate;

import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.yaml.SourceText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@link EnvFile.Format#RAW}. */
final class RawEnvParser {
    private RawEnvParser() {}

    static EnvFile parse(SourceText source, Variables variables, Problems problems) {
        Map<String, String> values = new LinkedHashMap<>();
        String text = source.text().startsWith("\uFEFF") ? source.text().substring(1) : source.text();
        int number = 0;
        for (String ended : text.split("\n", -1)) {
            number++;
            String line =
                    (ended.endsWith("\r") ? ended.substring(0, ended.length() - 1) : ended).replaceFirst("^[ \t]+", "");
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            String name = equals < 0 ? line : line.substring(0, equals);
            Position position = new Position(source.name(), number, 1);
            if (name.isEmpty()) {
                problems.add(position, "", "expected a name before =", "write NAME=value");
            } else if (name.indexOf(' ') >= 0 || name.indexOf('\t') >= 0) {
                problems.add(
                        position,
                        "",
                        "the name \"" + TemplateParser.shortened(name) + "\" contains a space",
                        "write NAME=value without spaces before =");
            } else if (equals >= 0) {
                values.put(name, line.substring(equals + 1));
            } else {
                variables.get(name).ifPresent(value -> values.put(name, value));
            }
        }
        return new EnvFile(values, List.of());
    }
}
