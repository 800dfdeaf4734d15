package dev.prodstack.core.compose;

import dev.prodstack.core.compose.interpolate.FileTemplate;
import dev.prodstack.core.compose.interpolate.Variables;
import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.yaml.TextFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Configurations of other programs, written as templates: the variables of the Compose file may stand in them.
 *
 * <p>Only references in braces whose name begins with a capital letter are replaced, in all the forms that Compose
 * files know: <code>${DOMAIN}</code>, <code>${RATE:-10r/s}</code>. All else that has a dollar sign, such as <code>$host
 * </code> of nginx, stays as it is; <code>$${DOMAIN}</code> means <code>${DOMAIN}</code>.
 */
public final class ConfigTemplates {
    private static final TextFile TEMPLATE = new TextFile("the template", 1000 * 1024);

    private ConfigTemplates() {}

    /**
     * Puts the variables in.
     *
     * @param source what the stack is read from; only its variables matter
     * @param templates files of UTF-8 text, at most 1000 KiB each, by a name for each
     * @return the results by the same names
     * @throws ComposeException if a file cannot be read, a reference is malformed or a variable is not set; it has
     *     every problem
     */
    public static Map<String, String> render(ComposeSource source, Map<String, Path> templates) {
        Problems problems = new Problems();
        Position arguments = Position.of("<arguments>");
        Variables variables = Variables.of(source.environment())
                .beneath(source.envFiles(), source.baseDirectory(), arguments, "", problems);
        Map<String, String> texts = new LinkedHashMap<>();
        templates.forEach((name, file) -> TEMPLATE.read(file, arguments, name, problems)
                .flatMap(text -> FileTemplate.render(text, variables, problems))
                .ifPresent(text -> texts.put(name, text)));
        if (!problems.isEmpty()) {
            throw new ComposeException(problems.toList());
        }
        return texts;
    }
}
