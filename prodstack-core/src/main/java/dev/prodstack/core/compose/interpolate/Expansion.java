package dev.prodstack.core.compose.interpolate;

import dev.prodstack.core.compose.interpolate.Template.Literal;
import dev.prodstack.core.compose.interpolate.Template.Part;
import dev.prodstack.core.compose.interpolate.Template.Presence;
import dev.prodstack.core.compose.interpolate.Template.Reference;
import dev.prodstack.core.compose.interpolate.Template.Rule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A template with the values put in. Values are put in as they are: a dollar sign in one means nothing.
 *
 * @param text the result; not to be used where a finding is {@link Missing} or {@link TooLong}
 * @param findings what was noticed, each variable once for each place of it
 */
record Expansion(String text, List<Finding> findings) {
    /** Enough to be useful; one hostile scalar could have millions. */
    static final int MAX_FINDINGS = 100;

    private static final int MAX_MESSAGE = 500;

    Expansion {
        findings = List.copyOf(findings);
    }

    /** Whether the text is what the template came to. */
    boolean isUsable() {
        return findings.stream().noneMatch(finding -> finding instanceof Missing || finding instanceof TooLong);
    }

    /** Something noticed while expanding. */
    sealed interface Finding {}

    /**
     * A variable without a value and without a rule for that, replaced by nothing.
     *
     * @param variable its name
     * @param offset the index of the reference
     */
    record Blank(String variable, int offset) implements Finding {}

    /**
     * A required variable that is not there.
     *
     * @param variable its name
     * @param offset the index of the reference
     * @param empty where it is set to nothing, if that is what is wrong
     * @param message what the file says about it, may be empty
     */
    record Missing(String variable, int offset, Optional<String> empty, String message) implements Finding {}

    /**
     * A dollar sign that was kept.
     *
     * @param offset its index
     */
    record Dollar(int offset) implements Finding {}

    /** The result would be longer than the limit. */
    enum TooLong implements Finding {
        /** The only one. */
        TOO_LONG
    }

    /**
     * Expands a template.
     *
     * @param lookup the variables
     * @param limit the longest result in characters
     */
    static Expansion of(Template template, Function<String, Optional<Setting>> lookup, int limit) {
        Expander expander = new Expander(lookup, limit);
        expander.append(template);
        return new Expansion(expander.out.toString(), List.copyOf(expander.findings));
    }

    private static final class Expander {
        private final Function<String, Optional<Setting>> lookup;
        private final int limit;
        private final StringBuilder out = new StringBuilder();
        private final Set<Finding> findings = new LinkedHashSet<>();
        private boolean full;

        Expander(Function<String, Optional<Setting>> lookup, int limit) {
            this.lookup = lookup;
            this.limit = limit;
        }

        void append(Template template) {
            for (Part part : template.parts()) {
                if (full) {
                    return;
                }
                if (part instanceof Literal literal) {
                    append(literal.text());
                } else if (part instanceof Reference reference) {
                    append(reference);
                } else if (part instanceof Template.LoneDollar dollar) {
                    note(new Dollar(dollar.offset()));
                    append("$");
                }
            }
        }

        private void append(String text) {
            if (text.length() > limit - out.length()) {
                full = true;
                findings.add(TooLong.TOO_LONG);
                return;
            }
            out.append(text);
        }

        private void append(Reference reference) {
            Optional<Setting> setting = lookup.apply(reference.variable());
            Optional<Setting> there = reference.presence() == Presence.SET
                    ? setting
                    : setting.filter(found -> !found.value().isEmpty());
            if (reference.rule() == Rule.ALTERNATIVE) {
                there.ifPresent(value -> append(reference.argument()));
            } else if (there.isPresent()) {
                append(there.get().value());
            } else if (reference.rule() == Rule.DEFAULT) {
                append(reference.argument());
            } else if (reference.rule() == Rule.REQUIRED) {
                note(new Missing(
                        reference.variable(),
                        reference.offset(),
                        setting.map(Setting::origin),
                        message(reference.argument())));
            } else {
                note(new Blank(reference.variable(), reference.offset()));
            }
        }

        private String message(Template template) {
            Expander message = new Expander(lookup, MAX_MESSAGE);
            message.append(template);
            return message.out.toString();
        }

        private void note(Finding finding) {
            if (findings.size() < MAX_FINDINGS) {
                findings.add(finding);
            }
        }
    }
}
