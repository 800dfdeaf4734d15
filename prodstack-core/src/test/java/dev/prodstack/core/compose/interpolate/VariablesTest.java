package dev.prodstack.core.compose.interpolate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problem;
import dev.prodstack.core.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariablesTest {
    private static final Position NAMED_AT = Position.of("--env-file");

    private final Problems problems = new Problems();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Variables environment = Variables.of(Map.of());

    @BeforeEach
    void files() throws IOException {
        environment = Variables.of(Map.of("ALL", "environment"));
        write(".env", "ALL=dotenv\nDOT=dotenv");
        write("one.env", "ALL=one\nBOTH=one\nONE=one\nSEEN=$ALL-$BOTH");
        write("two.env", "ALL=two\nBOTH=two\nTWO=$ONE-$BOTH");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private Variables beneath(Variables variables, String... names) {
        List<Path> files = List.of(names).stream().map(directory::resolve).toList();
        return variables.beneath(files, directory, NAMED_AT, "", problems);
    }

    @Test
    void theEnvironmentWinsOverTheDefaultFile() {
        Variables variables = beneath(environment);
        assertThat(variables.find("ALL")).contains(new Setting("environment", "the environment"));
        assertThat(variables.find("DOT"))
                .contains(new Setting("dotenv", directory.resolve(".env").toString()));
        assertThat(variables.get("NO")).isEmpty();
    }

    @Test
    void laterFilesWinOverEarlierOnesAndReplaceTheDefaultOne() {
        Variables variables = beneath(environment, "one.env", "two.env");
        assertThat(variables.get("ALL")).contains("environment");
        assertThat(variables.get("BOTH")).contains("two");
        assertThat(variables.get("ONE")).contains("one");
        assertThat(variables.get("DOT")).isEmpty();
    }

    @Test
    void aFileRefersToTheEnvironmentItsOwnLinesAndEarlierFiles() {
        Variables variables = beneath(environment, "one.env", "two.env");
        assertThat(variables.get("SEEN")).contains("environment-one");
        assertThat(variables.get("TWO")).contains("one-two");
    }

    @Test
    void filesOfAnIncludedFileChangeNothingThatIsSet() throws IOException {
        write("inner.env", "BOTH=inner\nINNER=$BOTH-$ALL");
        Variables outer = beneath(environment, "one.env");
        Variables inner = beneath(outer, "inner.env");
        assertThat(inner.get("BOTH")).contains("one");
        assertThat(inner.get("INNER")).contains("one-environment");
        assertThat(outer.get("INNER")).isEmpty();
    }

    @Test
    void theDefaultFileMayBeAbsentOrADirectory() throws IOException {
        Files.delete(directory.resolve(".env"));
        assertThat(beneath(environment).get("DOT")).isEmpty();
        Files.createDirectory(directory.resolve(".env"));
        assertThat(beneath(environment).get("DOT")).isEmpty();
        assertThat(problems.toList()).isEmpty();
    }

    @Test
    void aNamedFileMustBeThere() {
        beneath(environment, "none.env");
        assertThat(problems.toList())
                .extracting(Problem::toString)
                .containsExactly("--env-file: the environment file " + directory.resolve("none.env")
                        + " does not exist (check the path)");
    }

    @Test
    void saysWhereAVariableMayBeSet() {
        assertThat(environment.howToSet("X")).isEqualTo("set it in the environment or with --env-file");
        assertThat(beneath(environment).howToSet("X"))
                .isEqualTo("set it in the environment, in " + directory.resolve(".env") + " or with --env-file");
        assertThat(beneath(environment, "one.env", "two.env").howToSet("BOHT"))
                .isEqualTo("did you mean \"BOTH\"? Otherwise set it in the environment, in "
                        + directory.resolve("one.env") + " or " + directory.resolve("two.env")
                        + " or with --env-file");
    }

    @Test
    void remembersWhatTheFilesLeaveBlank() throws IOException {
        Path file = write("blank.env", "A=$NO");
        assertThat(beneath(environment, "blank.env", "one.env").unset())
                .containsExactly(new Unset("NO", new Position(file.toString(), 1, 3), ""));
    }
}
