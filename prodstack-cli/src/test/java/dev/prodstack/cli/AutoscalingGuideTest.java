package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the guide are true. */
class AutoscalingGuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "AUTOSCALING_STRATEGY.md");
    private static final Path STACK = Path.of("..", "stack").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    private static String block(String language) throws IOException {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(GUIDE));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    @Test
    void itsCaseCanBeDecided() throws IOException {
        CommandRun.Outcome outcome =
                CommandRun.in(directory).input(block("json").replace("\n", " ")).run("autoscale", "decide");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("\"action\":\"keep\"");
    }

    @Test
    void itsObjectIsWhatIsExported() throws IOException {
        CommandRun.Outcome outcome = CommandRun.in(directory)
                .run(
                        "autoscale",
                        "export",
                        "--to",
                        "hpa",
                        "backend",
                        "-f",
                        STACK.resolve("docker-compose.prod.yml").toString(),
                        "--env-file",
                        STACK.resolve(".env.prod.template").toString());
        assertThat(outcome.out().replaceAll("(?m)^#.*\n", "")).isEqualTo(block("yaml"));
    }
}
