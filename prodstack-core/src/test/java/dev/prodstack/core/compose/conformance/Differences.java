package dev.prodstack.core.compose.conformance;

import dev.prodstack.core.print.JsonText;
import dev.prodstack.core.value.Data;
import dev.prodstack.core.value.Data.Fields;
import dev.prodstack.core.value.Data.Items;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where two trees differ, one line for each place: path, what was expected, what is there. */
final class Differences {
    private final List<String> lines = new ArrayList<>();

    private Differences() {}

    static List<String> between(Data expected, Data actual) {
        Differences differences = new Differences();
        differences.compare("", expected, actual);
        return differences.lines;
    }

    private void compare(String path, Data expected, Data actual) {
        if (expected instanceof Fields wanted && actual instanceof Fields given) {
            Set<String> keys = new LinkedHashSet<>(wanted.fields().keySet());
            keys.addAll(given.fields().keySet());
            for (String key : keys) {
                String below = path.isEmpty() ? key : path + "." + key;
                Data want = wanted.fields().get(key);
                Data have = given.fields().get(key);
                if (want != null && have != null) {
                    compare(below, want, have);
                } else {
                    lines.add(below + ": expected " + shown(want) + ", found " + shown(have));
                }
            }
        } else if (expected instanceof Items wanted
                && actual instanceof Items given
                && wanted.items().size() == given.items().size()) {
            for (int i = 0; i < wanted.items().size(); i++) {
                compare(
                        path + "[" + i + "]",
                        wanted.items().get(i),
                        given.items().get(i));
            }
        } else if (!expected.equals(actual)) {
            lines.add(path + ": expected " + shown(expected) + ", found " + shown(actual));
        }
    }

    private static String shown(@Nullable Data data) {
        return data == null ? "nothing" : JsonText.compact(data);
    }
}
