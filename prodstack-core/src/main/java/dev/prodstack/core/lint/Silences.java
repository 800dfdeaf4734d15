package dev.prodstack.core.lint;

import static dev.prodstack.core.lint.Severity.WARNING;

import dev.prodstack.core.compose.SourceMap;
import dev.prodstack.core.problem.Suggestion;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.value.Data;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules that a file says do not apply, and where. */
final class Silences {
    static final Rule UNUSED_IGNORE = Rule.ofStack(
            "unused-ignore",
            WARNING,
            "An ignore that silences nothing is a leftover or a misspelling. It would hide the next finding of its rule,"
                    + " which nobody has looked at.",
            (stack, report) -> {});
    private static final String EXTENSION = "x-prodstack";
    private static final String LIST = EXTENSION + ".lint.ignore";

    /**
     * One ignored rule.
     *
     * @param scope the path of what it is said beside, such as {@code services.web}; empty for the whole file
     * @param rule the rule's id
     */
    private record Silence(String scope, String rule) {
        boolean covers(String path, String id) {
            boolean within = scope.isEmpty()
                    || path.equals(scope)
                    || path.startsWith(scope + ".")
                    || path.startsWith(scope + "[");
            return within && rule.equals(id);
        }

        String path() {
            return scope.isEmpty() ? LIST : scope + "." + LIST;
        }
    }

    private final List<Silence> silences;
    private final SourceMap positions;

    private Silences(List<Silence> silences, SourceMap positions) {
        this.silences = silences;
        this.positions = positions;
    }

    static Silences of(Stack stack, SourceMap positions) {
        List<Silence> silences = new ArrayList<>();
        stack.operations().ignoredLintRules().forEach(rule -> silences.add(new Silence("", rule)));
        stack.services()
                .forEach((name, service) -> service.operations()
                        .ignoredLintRules()
                        .forEach(rule -> silences.add(new Silence("services." + name, rule))));
        stack.networks().forEach((key, one) -> add("networks." + key, one.extensions(), silences));
        stack.volumes().forEach((key, one) -> add("volumes." + key, one.extensions(), silences));
        stack.secrets().forEach((key, one) -> add("secrets." + key, one.extensions(), silences));
        stack.configs().forEach((key, one) -> add("configs." + key, one.extensions(), silences));
        return new Silences(silences, positions);
    }

    private static void add(String scope, Map<String, Data> extensions, List<Silence> silences) {
        Optional<Data> ignored = Optional.ofNullable(extensions.get(EXTENSION))
                .flatMap(data -> field(data, "lint"))
                .flatMap(data -> field(data, "ignore"));
        if (ignored.isPresent() && ignored.get() instanceof Data.Items items) {
            for (Data item : items.items()) {
                if (item instanceof Data.Text text) {
                    silences.add(new Silence(scope, text.value()));
                }
            }
        }
    }

    private static Optional<Data> field(Data data, String key) {
        return data instanceof Data.Fields fields
                ? Optional.ofNullable(fields.fields().get(key))
                : Optional.empty();
    }

    /** What is left of findings, and a finding for each silence that silences none of them. */
    List<Finding> filter(List<Finding> findings) {
        List<Finding> left = new ArrayList<>();
        Set<Silence> used = new HashSet<>();
        findings.forEach(finding -> keepUnlessSilenced(finding, left, used));
        // Silences of this rule itself are looked at last: what they silence is only known here.
        for (Silence silence : silences) {
            if (!used.contains(silence) && !silence.rule().equals(UNUSED_IGNORE.id())) {
                keepUnlessSilenced(unused(silence), left, used);
            }
        }
        for (Silence silence : silences) {
            if (!used.contains(silence) && silence.rule().equals(UNUSED_IGNORE.id())) {
                left.add(unused(silence));
            }
        }
        return left;
    }

    private void keepUnlessSilenced(Finding finding, List<Finding> left, Set<Silence> used) {
        boolean silenced = false;
        for (Silence silence : silences) {
            if (silence.covers(finding.path(), finding.rule().id())) {
                used.add(silence);
                silenced = true;
            }
        }
        if (!silenced) {
            left.add(finding);
        }
    }

    private Finding unused(Silence silence) {
        boolean exists = Rules.find(silence.rule()).isPresent();
        String suggestion = Suggestion.forWord(
                        silence.rule(), Rules.all().stream().map(Rule::id).toList())
                .orElse("remove it; docs/LINT.md lists the rules");
        return new Finding(
                UNUSED_IGNORE,
                positions.of(silence.path()),
                silence.path(),
                exists
                        ? silence.rule() + " is ignored, but finds nothing here"
                        : "there is no rule " + silence.rule() + " to ignore",
                exists ? "remove it" : suggestion);
    }
}
