package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    con                      | config
                    co                       | config completion
                    config --ser             | --services
                    config --output j        | json
                    config --color           | auto always never
                    completion               | bash zsh
                    settings --proj          | --project-directory
                    """)
    void bashCompletes(String line, String expected) throws Exception {
        Path script = directory.resolve("completion.bash");
        Files.writeString(
                script, CommandRun.in(directory).run("completion", "bash").out());
        boolean word = line.matches(".*(con|co|--ser| j|--proj)");
        String words = "prodstack " + line + (word ? "" : " ''");
        String count = String.valueOf(words.split(" ").length - 1);
        String command = ". " + script + "; COMP_WORDS=(" + words + "); COMP_CWORD=" + count
                + "; _complete_prodstack; echo \"${COMPREPLY[@]}\"";
        assertThat(bash(command).strip().split("\\s+")).containsExactly(expected.split(" "));
    }

    private static String bash(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "--norc", "-c", command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return output;
    }

    @Test
    void theShellIsThatOfTheUserUnlessItIsNamed() {
        String bash = CommandRun.in(directory).run("completion", "bash").out();
        String zsh = CommandRun.in(directory).run("completion", "zsh").out();
        assertThat(zsh).startsWith("autoload -Uz compinit").isNotEqualTo(bash);
        assertThat(CommandRun.in(directory)
                        .env("SHELL", "/bin/zsh")
                        .run("completion")
                        .out())
                .isEqualTo(zsh);
        assertThat(CommandRun.in(directory)
                        .env("SHELL", "/bin/fish")
                        .run("completion")
                        .out())
                .isEqualTo(bash);
        assertThat(CommandRun.in(directory).run("completion").out()).isEqualTo(bash);
    }
}
