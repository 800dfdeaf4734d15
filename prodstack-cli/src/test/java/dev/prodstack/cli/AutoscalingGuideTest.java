package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("^ *```([a-z]*)\\n(.*?)^ *```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(Files.readString(GUIDE))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    @Test
    void itsCaseCanBeDecided() throws IOException {
        CommandRun.Outcome outcome = CommandRun.in(directory)
                .input(blocks("json").get(0).replace("\n", " "))
                .run("autoscale", "decide");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("\"action\":\"keep\"");
    }

    @Test
    void itsObjectsAreWhatIsExported() throws IOException {
        assertThat(blocks("yaml")).containsExactly(exported("hpa", "backend"), exported("keda", "worker"));
    }

    private String exported(String target, String service) {
        CommandRun.Outcome outcome = CommandRun.in(directory)
                .run(
                        "autoscale",
                        "export",
                        "--to",
                        target,
                        service,
                        "-f",
                        STACK.resolve("docker-compose.prod.yml").toString(),
                        "--env-file",
                        STACK.resolve(".env.prod.template").toString());
        assertThat(outcome.err()).isEmpty();
        return outcome.out().replaceAll("(?m)^#.*\n", "");
    }

    /** With {@code --help} beside them they do nothing, but words they do not know are refused all the same. */
    @Test
    void itsCommandsAreThere() throws IOException {
        List<String> lines = blocks("").stream()
                .flatMap(String::lines)
                .map(line -> line.strip().replaceFirst("^\\$ ", "").replaceFirst("^watch ", ""))
                .filter(line -> line.startsWith("prodstack "))
                .toList();

        assertThat(lines).hasSizeGreaterThan(8).allSatisfy(line -> {
            CommandRun.Outcome outcome = CommandRun.in(directory).run(words(line));
            assertThat(outcome.code()).as(line + ": " + outcome.err()).isZero();
        });
    }

    private static String[] words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = Pattern.compile("'([^']*)'|(\\S+)").matcher(line.replaceFirst(" [|<] .*", ""));
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        words.add("--help");
        return words.subList(1, words.size()).toArray(String[]::new);
    }
}
