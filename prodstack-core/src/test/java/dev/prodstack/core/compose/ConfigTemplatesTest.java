package dev.prodstack.core.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.prodstack.core.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTemplatesTest {
    private final Path directory;
    private ComposeSource source;

    ConfigTemplatesTest(@TempDir Path directory) {
        this.directory = directory;
        this.source = ComposeSource.of(directory.resolve("compose.yaml"))
                .withEnvironment(Map.of("DOMAIN", "shop.example", "EMPTY", ""));
    }

    @BeforeEach
    void variables() throws IOException {
        Files.writeString(directory.resolve(".env"), "DOMAIN=from the file\nPORT=8080\n");
    }

    private String render(String template) throws IOException {
        Path file = Files.writeString(directory.resolve("site.conf"), template);
        return ConfigTemplates.render(source, Map.of("site", file)).getOrDefault("site", "nothing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            value = {
                "`server_name ${DOMAIN};`      > `server_name shop.example;`",
                "`listen ${PORT};`             > `listen 8080;`",
                "`${RATE:-10r/s}`              > `10r/s`",
                "`${EMPTY:-full}|${EMPTY-set}` > `full|`",
                "`${DOMAIN:+www.${DOMAIN}}`    > `www.shop.example`",
                "`$host ${host} $1 $$ $DOMAIN` > `$host ${host} $1 $$ $DOMAIN`",
                "`$${DOMAIN} $$${DOMAIN}`      > `${DOMAIN} $${DOMAIN}`",
                "`${RATE:-$host}`              > `$host`",
            })
    void putsInWhatIsMeant(String template, String expected) throws IOException {
        assertThat(render(template)).isEqualTo(expected);
    }

    @Test
    void tellsEveryProblemWithItsPlace() throws IOException {
        Path missing = directory.resolve("none.conf");
        Path wrong =
                Files.writeString(directory.resolve("wrong.conf"), "a\nb ${DOMIAN}\n${KEY:?ask the administrator}\n");

        ComposeException thrown = catchThrowableOfType(
                ComposeException.class,
                () -> ConfigTemplates.render(source, Map.of("missing", missing, "wrong", wrong)));

        assertThat(thrown.problems())
                .extracting(Problem::toString)
                .anyMatch(text -> text.contains("none.conf does not exist"))
                .anyMatch(text -> text.contains("wrong.conf:2:3") && text.contains("DOMIAN is not set"))
                .anyMatch(text -> text.contains("wrong.conf:3:1") && text.contains("ask the administrator"))
                .hasSize(3);
    }

    @Test
    void refusesWhatHasNoEnd() {
        assertThatThrownBy(() -> render("${DOMAIN")).hasMessageContaining("without the } that ends it");
    }

    @Test
    void takesVariablesFromTheFilesThatAreNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("other.env"), "PORT=9090\n");
        source = source.withEnvFiles(List.of(file));

        assertThat(render("${PORT}")).isEqualTo("9090");
    }
}
