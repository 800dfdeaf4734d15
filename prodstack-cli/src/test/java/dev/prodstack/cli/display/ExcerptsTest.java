package dev.prodstack.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptsTest {
    @TempDir
    Path directory;

    private Excerpts.Quote quote(String line, int column) {
        Excerpts excerpts = new Excerpts(directory);
        excerpts.remember("<stdin>", "first\n" + line + "\nlast\n");
        return excerpts.quote("<stdin>", 2, column).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
                    a: b|4|a: b|   ^
                    a: b|1|a: b|^
                    a: b|0|a: b|
                    a: b|99|a: b|    ^
                    \ta: b|3|\ta: b|\t ^
                    é: ü|4|é: ü|   ^
                    🚀: x|4|🚀: x|    ^
                    設定: x|5|設定: x|      ^
                    """)
    void theMarkerStandsUnderTheColumn(String line, int column, String text, String marker) {
        assertThat(quote(line, column)).isEqualTo(new Excerpts.Quote(text, marker == null ? "" : marker));
    }

    @Test
    void aLongLineIsCutAroundTheColumn() {
        String line = "x".repeat(500) + "!" + "y".repeat(500);
        Excerpts.Quote quote = quote(line, 501);
        assertThat(quote.text()).hasSize(106).startsWith("...xxx").endsWith("yyy...");
        assertThat(quote.text().charAt(quote.marker().length() - 1)).isEqualTo('!');
    }

    @Test
    void whatCouldControlATerminalIsEscaped() {
        Excerpts.Quote quote = quote("a: \u001b[2J\u202e\u0007b", 4);
        assertThat(quote.text()).isEqualTo("a: \\u001b[2J\\u202e\\u0007b");
        assertThat(quote.marker()).isEqualTo("   ^");
    }

    @ParameterizedTest
    @ValueSource(strings = {".env", "prod.env", "secrets.txt", "id_rsa", "missing.yml", "folder.yml"})
    void filesThatMayHoldPasswordsAreNotQuoted(String name) throws IOException {
        Files.writeString(directory.resolve(".env"), "PASSWORD=hunter2\n");
        Files.writeString(directory.resolve("prod.env"), "PASSWORD=hunter2\n");
        Files.writeString(directory.resolve("secrets.txt"), "hunter2\n");
        Files.writeString(directory.resolve("id_rsa"), "hunter2\n");
        Files.createDirectories(directory.resolve("folder.yml"));
        assertThat(new Excerpts(directory).quote(name, 1, 1)).isEmpty();
    }

    @Test
    void composeFilesAreQuotedFromTheWorkingDirectory() throws IOException {
        Files.writeString(directory.resolve("compose.yml"), "services:\n  web: {}\n");
        Files.write(directory.resolve("latin1.yml"), new byte[] {'a', ':', ' ', (byte) 0xe9, '\n'});
        Excerpts excerpts = new Excerpts(directory);
        assertThat(excerpts.quote("compose.yml", 2, 3)).contains(new Excerpts.Quote("  web: {}", "  ^"));
        assertThat(excerpts.quote("compose.yml", 3, 1)).isEmpty();
        assertThat(excerpts.quote("compose.yml", 0, 0)).isEmpty();
        assertThat(excerpts.quote("latin1.yml", 1, 1)).isEmpty();
    }
}
