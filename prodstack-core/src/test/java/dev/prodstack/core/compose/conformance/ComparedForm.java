package dev.prodstack.core.compose.conformance;

import dev.prodstack.core.value.CpuCount;
import dev.prodstack.core.value.Data;
import dev.prodstack.core.value.Data.Fields;
import dev.prodstack.core.value.Data.Items;
import dev.prodstack.core.value.Data.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What prodstack prints and what the Docker CLI prints, brought to one form. These are all the differences in form; a
 * difference in meaning is for the case to expect.
 *
 * <ol>
 *   <li>{@code version} is left out by prodstack: the specification ignores it.
 *   <li>{@code name} is printed by prodstack, since it may come from the file. The CLI knows it as an argument only, so
 *       it is compared where an expectation has it.
 *   <li>{@code $} is printed by prodstack as {@code $$}, so that its output can be read again; the CLI's cannot.
 *   <li>{@code env_file} is left out by prodstack: what the files say is in {@code environment}. The CLI prints both.
 *   <li>A port's {@code mode} and {@code protocol} are always printed by prodstack; the CLI leaves them out for a port
 *       in long syntax.
 *   <li>{@code cpus} are printed by prodstack without trailing zeros.
 *   <li>A ulimit whose two values are equal is printed by prodstack as one, except below {@code build}, which it keeps
 *       as it is said.
 *   <li>A service's {@code tmpfs} is printed by prodstack as the mounts that it stands for.
 *   <li>Sections with nothing in them may be left out, or be empty: {@code deploy: {}}, {@code networks: {front:
 *       null}}. Empty commands are no sections and say something.
 * </ol>
 */
final class ComparedForm {
    private static final Pattern NAMED =
            Pattern.compile("services|networks|volumes|secrets|configs|services\\.\\*\\.(networks|(build\\.)?ulimits)");
    private static final Pattern CPUS = Pattern.compile("services\\.\\*\\.deploy\\.resources\\.\\w+\\.cpus");
    private static final Pattern PORT = Pattern.compile("services\\.\\*\\.ports\\[]");
    private static final Pattern ULIMIT = Pattern.compile("services\\.\\*\\.(build\\.)?ulimits\\.\\*");
    private static final Pattern SECTION = Pattern.compile(
            "services|networks|volumes|secrets|configs|services\\.\\*\\.(deploy|healthcheck|networks|environment|labels)"
                    + "|services\\.\\*\\.deploy\\.(resources|placement|labels)");
    private static final Pattern MAY_BE_NULL = Pattern.compile("(networks|volumes|services\\.\\*\\.networks)\\.\\*");

    private ComparedForm() {}

    /** The form of what prodstack printed. */
    static Data ofOurs(Data printed) {
        return normal(unescaped(printed), "");
    }

    /** The form of an expectation of a case, whose folder stands where the expectation says {@code <case>}. */
    static Data ofExpected(Data expected, String folder) {
        Map<String, Data> fields = new LinkedHashMap<>(((Fields) expected).fields());
        fields.remove("version");
        return normal(replaced(Data.of(fields), folder), "");
    }

    /** What is not compared where the expectation does not have it. */
    static Data withoutName(Data ours, Data expected) {
        Map<String, Data> fields = new LinkedHashMap<>(((Fields) ours).fields());
        if (!((Fields) expected).fields().containsKey("name")) {
            fields.remove("name");
        }
        return Data.of(fields);
    }

    private static Data unescaped(Data data) {
        return texts(data, text -> text.replace("$$", "$"));
    }

    private static Data replaced(Data data, String folder) {
        return texts(data, text -> text.replace("<case>", folder));
    }

    private static Data texts(Data data, UnaryOperator<String> change) {
        if (data instanceof Text text) {
            return Data.of(change.apply(text.value()));
        }
        if (data instanceof Items items) {
            return Data.of(
                    items.items().stream().map(item -> texts(item, change)).toList());
        }
        if (data instanceof Fields fields) {
            Map<String, Data> changed = new LinkedHashMap<>();
            fields.fields().forEach((key, value) -> changed.put(key, texts(value, change)));
            return Data.of(changed);
        }
        return data;
    }

    private static Data normal(Data data, String pattern) {
        if (data instanceof Items items) {
            List<Data> changed = new ArrayList<>();
            items.items().forEach(item -> changed.add(normal(item, pattern + "[]")));
            return Data.of(changed);
        }
        if (data instanceof Fields fields) {
            return ofFields(fields, pattern);
        }
        if (data instanceof Text text && CPUS.matcher(pattern).matches()) {
            return Data.of(CpuCount.parse(text.value()).toString());
        }
        return data == Data.Null.NULL && MAY_BE_NULL.matcher(pattern).matches() ? Data.of(Map.of()) : data;
    }

    private static Data ofFields(Fields fields, String pattern) {
        Map<String, Data> changed = new LinkedHashMap<>();
        fields.fields().forEach((key, value) -> {
            String below = pattern.isEmpty()
                    ? key
                    : pattern + "." + (NAMED.matcher(pattern).matches() ? "*" : key);
            Data normal = normal(value, below);
            boolean nothing = normal.equals(Data.of(Map.of())) || normal.equals(Data.of(List.of()));
            boolean resolved = below.equals("services.*.env_file");
            if (!resolved && !(nothing && SECTION.matcher(below).matches())) {
                changed.put(key, normal);
            }
        });
        if (PORT.matcher(pattern).matches()) {
            changed.putIfAbsent("mode", Data.of("ingress"));
            changed.putIfAbsent("protocol", Data.of("tcp"));
        }
        if (pattern.equals("services.*") && changed.remove("tmpfs") instanceof Items targets) {
            List<Data> mounts =
                    new ArrayList<>(changed.get("volumes") instanceof Items volumes ? volumes.items() : List.of());
            targets.items().forEach(target -> mounts.add(Data.of(Map.of("type", Data.of("tmpfs"), "target", target))));
            changed.put("volumes", Data.of(mounts));
        }
        Data hard = changed.get("hard");
        boolean alike = changed.size() == 2 && Objects.equals(hard, changed.get("soft"));
        return hard != null && alike && ULIMIT.matcher(pattern).matches() ? hard : Data.of(changed);
    }
}
