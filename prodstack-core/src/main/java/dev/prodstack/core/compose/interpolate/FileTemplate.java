package dev.prodstack.core.compose.interpolate;

import dev.prodstack.core.compose.interpolate.TemplateParser.Dollars;
import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.yaml.SourceText;
import java.util.Optional;

/**
 * A text for another program, such as its configuration, with variables in it.
 *
 * <p>Only references in braces whose name begins with a capital letter are replaced, in all the forms that Compose
 * files know: {@code ${DOMAIN}}, {@code ${RATE:-10r/s}}, {@code ${DOMAIN:?the public name}}. Everything else that has a
 * dollar sign, such as {@code $host} of nginx, stays as it is; {@code $${DOMAIN}} means {@code ${DOMAIN}}. A variable
 * that is not set is a problem, as a configuration with a hole in it seldom works.
 */
public final class FileTemplate {
    private FileTemplate() {}

    /**
     * Puts the values in.
     *
     * @param source the text
     * @param variables the values
     * @param problems receives each malformed reference and each variable that is missing
     * @return the result, at most {@value Interpolator#MAX_CHARACTERS} characters; nothing if there are problems
     */
    public static Optional<String> render(SourceText source, Variables variables, Problems problems) {
        LineIndex lines = new LineIndex(source);
        try {
            Template template = TemplateParser.parse(source.text(), Dollars.BEFORE_BRACED_CAPITALS);
            Expansion expansion = Expansion.of(template, variables::find, Interpolator.MAX_CHARACTERS);
            expansion.findings().forEach(finding -> report(finding, lines, variables, problems));
            return expansion.findings().isEmpty() ? Optional.of(expansion.text()) : Optional.empty();
        } catch (TemplateException e) {
            problems.add(position(lines, e.offset()), "", e.message(), e.fix());
            return Optional.empty();
        }
    }

    private static void report(Expansion.Finding finding, LineIndex lines, Variables variables, Problems problems) {
        if (finding instanceof Expansion.Blank blank) {
            problems.add(
                    position(lines, blank.offset()),
                    "",
                    "the variable " + TemplateParser.shortened(blank.variable()) + " is not set",
                    variables.howToSet(blank.variable()));
        } else if (finding instanceof Expansion.Missing missing) {
            problems.add(Wording.missing(missing, position(lines, missing.offset()), "", variables));
        } else if (finding instanceof Expansion.TooLong) {
            problems.add(Wording.tooLong(Interpolator.MAX_CHARACTERS, position(lines, 0), ""));
        }
    }

    private static Position position(LineIndex lines, int offset) {
        return lines.position(offset, Integer.MAX_VALUE);
    }
}
