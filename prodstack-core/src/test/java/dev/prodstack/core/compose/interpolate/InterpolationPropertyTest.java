package dev.prodstack.core.compose.interpolate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.compose.interpolate.EnvFile.Format;
import dev.prodstack.core.compose.interpolate.Interpolator.Interpolated;
import dev.prodstack.core.compose.interpolate.NaiveInterpolation.Outcome;
import dev.prodstack.core.generate.Property;
import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problem;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.yaml.Node.ScalarNode;
import dev.prodstack.core.yaml.SourceText;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class InterpolationPropertyTest {
    private static final Pattern MISSING = Pattern.compile("the required variable (\\w+) is .*", Pattern.DOTALL);
    private static final SourceText NOWHERE = new SourceText("generated", "");

    @Test
    void agreesWithTheNaiveImplementation() {
        int[] outcomes = new int[3];
        Property.holds(20_000, 1_000_000, random -> {
            TemplateGenerator generator = new TemplateGenerator(random);
            String template = generator.template();
            Map<String, String> environment = generator.environment();
            Outcome expected = NaiveInterpolation.of(template, environment);
            Outcome actual = interpolate(template, environment);
            assertThat(actual).as("%s in %s", template, environment).isEqualTo(expected);
            outcomes[expected.malformed() ? 0 : expected.missing().isEmpty() ? 1 : 2]++;
        });
        if (Long.getLong("prodstack.seed") == null) {
            assertThat(Arrays.stream(outcomes).min().orElseThrow())
                    .as("malformed, expanded and missing are all drawn often")
                    .isGreaterThan(500);
        }
    }

    private static Outcome interpolate(String template, Map<String, String> environment) {
        Problems problems = new Problems();
        ScalarNode scalar = ScalarNode.string(new Position("generated", 1, 1), template);
        Interpolated result = Interpolator.interpolate(NOWHERE, scalar, Variables.of(environment), problems);
        Set<String> missing = new TreeSet<>();
        boolean malformed = false;
        for (Problem problem : problems.toList()) {
            Matcher matcher = MISSING.matcher(problem.message());
            malformed |= !matcher.matches();
            if (matcher.matches()) {
                missing.add(matcher.group(1));
            }
        }
        Set<String> blank = result.unset().stream().map(Unset::variable).collect(Collectors.toCollection(TreeSet::new));
        String text = ((ScalarNode) result.tree()).text();
        return new Outcome(problems.isEmpty() ? Optional.of(text) : Optional.empty(), malformed, missing, blank);
    }

    /**
     * A template survives being written into an environment file, quoted or not, and is expanded as it is elsewhere.
     */
    @Test
    void environmentFilesExpandAlike() {
        Property.holds(5_000, 200_000, random -> {
            TemplateGenerator generator = new TemplateGenerator(random);
            String template = generator.template();
            Map<String, String> environment = generator.environment();
            Outcome expected = NaiveInterpolation.of(template, environment);
            String quoted = "R=\"" + template.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            for (String text : List.of(quoted, "# before\nexport " + quoted + " # after\nZ=1")) {
                Problems problems = new Problems();
                EnvFile file = EnvFile.parse(
                        new SourceText("generated", text), Format.COMPOSE, Variables.of(environment), problems);
                assertThat(Optional.ofNullable(file.values().get("R")))
                        .as("%s in %s", text, environment)
                        .isEqualTo(expected.text());
                assertThat(problems.isEmpty()).isEqualTo(expected.text().isPresent());
            }
        });
    }

    @Test
    void singleQuotesKeepEverything() {
        Property.holds(2_000, 100_000, random -> {
            String value = new TemplateGenerator(random).template().replace("\\", "/");
            EnvFile file = EnvFile.parse(
                    new SourceText("generated", "R='" + value.replace("'", "\\'") + "'"),
                    Format.COMPOSE,
                    Variables.of(Map.of()),
                    new Problems());
            assertThat(file.values()).isEqualTo(Map.of("R", value));
        });
    }
}
