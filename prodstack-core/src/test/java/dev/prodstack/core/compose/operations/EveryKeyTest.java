package dev.prodstack.core.compose.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.compose.normal.OperationsForm;
import dev.prodstack.core.value.Data;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Whatever the extension may say is explained in the guide, and stands in the file that was tried with Docker's CLI.
 */
class EveryKeyTest {
    private static final Path GUIDE = Path.of("..", "docs", "COMPOSE.md");
    private static final Pattern FENCED = Pattern.compile("```.*?```", Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("`[^`]+`");
    private static final Pattern WORD = Pattern.compile("[a-z0-9]+([_-][a-z0-9]+)*");
    private static final Pattern KEY = Pattern.compile("(?m)[\\w-]+(?=:( |$))");
    /** Mappings whose keys are the user's. */
    private static final Set<String> FREE = Set.of("environment");

    private static Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        PolicyGenerator generator = new PolicyGenerator(7);
        for (int i = 0; i < 200; i++) {
            collect(OperationsForm.of(generator.operations()), keys);
            collect(OperationsForm.of(generator.stackOperations()), keys);
        }
        return keys;
    }

    private static void collect(Data data, Set<String> keys) {
        if (data instanceof Data.Items items) {
            items.items().forEach(item -> collect(item, keys));
        } else if (data instanceof Data.Fields fields) {
            for (Map.Entry<String, Data> field : fields.fields().entrySet()) {
                keys.add(field.getKey());
                if (!FREE.contains(field.getKey())) {
                    collect(field.getValue(), keys);
                }
            }
        }
    }

    /** A password has two forms, of which the guide explains both in one place. */
    private static String withoutForm(String key) {
        return key.replaceFirst("_(secret|file)$", "");
    }

    private static Path everyKey() throws URISyntaxException {
        URL file = Objects.requireNonNull(EveryKeyTest.class.getResource("/corpus/extensions/prodstack/compose.yml"));
        return Path.of(file.toURI());
    }

    private static Set<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(EveryKeyTest::withoutForm)
                .collect(Collectors.toSet());
    }

    @Test
    void theGuideExplainsEveryKey() throws IOException {
        String prose = FENCED.matcher(Files.readString(GUIDE)).replaceAll("");
        String quoted = String.join(
                " ", QUOTED.matcher(prose).results().map(MatchResult::group).toList());

        assertThat(matches(WORD, quoted))
                .containsAll(keys().stream().map(EveryKeyTest::withoutForm).toList());
    }

    @Test
    void theFilesTriedWithDockerHaveEveryKey() throws IOException, URISyntaxException {
        String tried = Files.readString(everyKey())
                + String.join(
                        "",
                        FENCED.matcher(Files.readString(GUIDE))
                                .results()
                                .map(MatchResult::group)
                                .toList());

        assertThat(matches(KEY, tried))
                .containsAll(keys().stream().map(EveryKeyTest::withoutForm).toList());
    }
}
