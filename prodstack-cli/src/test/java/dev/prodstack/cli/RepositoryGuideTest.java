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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command lines in the guide are understood, and those of its first block do what they say. */
class RepositoryGuideTest {
    private static final Path GUIDE = Path.of("../docs/REPOSITORY.md");
    private static final Pattern COMMAND = Pattern.compile("prodstack repo ([a-z][^`|#\n]*)");

    @TempDir
    Path directory;

    static List<String> commands() throws IOException {
        List<String> found = new ArrayList<>();
        Matcher matcher = COMMAND.matcher(Files.readString(GUIDE));
        while (matcher.find()) {
            found.add(matcher.group(1).strip());
        }
        return found;
    }

    private static String[] words(String line) {
        return ("repo " + line).replace("'", "").split(" +");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandLineIsUnderstood(String line) {
        CommandTree.whole().parseArgs(words(line));
        assertThat(line).isNotEmpty();
    }

    @Test
    void theFirstBlockStoresAndRestores() throws Exception {
        Files.createDirectories(directory.resolve("shop"));
        Files.writeString(directory.resolve("shop/file"), "content");
        CommandRun.in(directory).file("pw", "open sesame\n");
        for (String line : commands().subList(0, 5)) {
            String here = line.replace("/srv/shop", directory.resolve("shop").toString())
                    .replace("/restore", directory.resolve("restored").toString());
            CommandRun.Outcome outcome = CommandRun.in(directory)
                    .env("PRODSTACK_REPO", "backups")
                    .env("PRODSTACK_REPO_PASSWORD_FILE", "pw")
                    .run(words(here));
            assertThat(outcome.code()).as(line + "\n" + outcome.err()).isZero();
        }
        assertThat(directory.resolve("restored" + directory.resolve("shop/file")))
                .hasContent("content");
    }
}
