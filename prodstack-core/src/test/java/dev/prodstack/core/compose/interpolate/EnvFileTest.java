package dev.prodstack.core.compose.interpolate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.compose.interpolate.EnvFile.Format;
import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problem;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.yaml.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EnvFileTest {
    private static final String FILE = "x.env";
    private static final Position NAMED_AT = new Position("compose.yml", 7, 9);
    private static final Variables VARIABLES = Variables.of(Map.of("HOME", "/root", "EMPTY", "", "WON", "outside"));

    private final Problems problems = new Problems();

    private EnvFile parse(String text, Format format) {
        return EnvFile.parse(new SourceText(FILE, text), format, VARIABLES, problems);
    }

    static Stream<Arguments> composeFiles() {
        return Stream.of(
                // the shape of a line
                Arguments.of("", Map.of()),
                Arguments.of("A=1", Map.of("A", "1")),
                Arguments.of("A=1\n", Map.of("A", "1")),
                Arguments.of("A=1\r\nB=2\r\n", Map.of("A", "1", "B", "2")),
                Arguments.of("\uFEFFA=1\n", Map.of("A", "1")),
                Arguments.of("\n \n\t\nA=1\n\n", Map.of("A", "1")),
                Arguments.of("# no\n  # no\nA=1 # no\n#B=2", Map.of("A", "1")),
                Arguments.of("  A=1", Map.of("A", "1")),
                Arguments.of("A = 1", Map.of("A", "1")),
                Arguments.of("A: 1", Map.of("A", "1")),
                Arguments.of("A:1", Map.of("A", "1")),
                Arguments.of("A:B=1", Map.of("A", "B=1")),
                Arguments.of("A=B:1", Map.of("A", "B:1")),
                Arguments.of("A==1", Map.of("A", "=1")),
                Arguments.of("export A=1", Map.of("A", "1")),
                Arguments.of("export\tA=1", Map.of("A", "1")),
                Arguments.of("exportA=1", Map.of("exportA", "1")),
                Arguments.of("export=1", Map.of("export", "1")),
                Arguments.of("a.b-c[0]_1=1", Map.of("a.b-c[0]_1", "1")),
                Arguments.of("1A=1", Map.of("1A", "1")),
                Arguments.of("Ä=1", Map.of("Ä", "1")),
                Arguments.of("A=1\nA=2", Map.of("A", "2")),
                // a name alone
                Arguments.of("HOME", Map.of("HOME", "/root")),
                Arguments.of("HOME\nA=1", Map.of("HOME", "/root", "A", "1")),
                Arguments.of("export HOME # yes\r\n", Map.of("HOME", "/root")),
                Arguments.of("EMPTY", Map.of("EMPTY", "")),
                Arguments.of("NO\nA=1", Map.of("A", "1")),
                // without quotes
                Arguments.of("A=", Map.of("A", "")),
                Arguments.of("A=   ", Map.of("A", "")),
                Arguments.of("A=\nB=1", Map.of("A", "", "B", "1")),
                Arguments.of("A= b  c \t", Map.of("A", "b  c")),
                Arguments.of("A=b#c", Map.of("A", "b#c")),
                Arguments.of("A=b #c", Map.of("A", "b")),
                Arguments.of("A=b   # c # d", Map.of("A", "b")),
                Arguments.of("A=#b", Map.of("A", "#b")),
                Arguments.of("A= # b", Map.of("A", "")),
                Arguments.of("A=b\"c\"'d'", Map.of("A", "b\"c\"'d'")),
                Arguments.of("A=b\\nc", Map.of("A", "b\\nc")),
                Arguments.of("A=\\$HOME", Map.of("A", "\\/root")),
                Arguments.of("A=postgres://u:p@h/d?x=1&y=2", Map.of("A", "postgres://u:p@h/d?x=1&y=2")),
                Arguments.of("A={\"b\": [1, 2]}", Map.of("A", "{\"b\": [1, 2]}")),
                // in single quotes
                Arguments.of("A=''", Map.of("A", "")),
                Arguments.of("A=' b '", Map.of("A", " b ")),
                Arguments.of("A='b' # c", Map.of("A", "b")),
                Arguments.of("A='b'# c", Map.of("A", "b")),
                Arguments.of("A='$HOME ${HOME} ${'", Map.of("A", "$HOME ${HOME} ${")),
                Arguments.of("A='b\\nc'", Map.of("A", "b\\nc")),
                Arguments.of("A='it\\'s'", Map.of("A", "it's")),
                Arguments.of("A='b\\\\'", Map.of("A", "b\\\\")),
                Arguments.of("A='\"'", Map.of("A", "\"")),
                Arguments.of("A='b\n# c\nd'\nE=1", Map.of("A", "b\n# c\nd", "E", "1")),
                // in double quotes
                Arguments.of("A=\"\"", Map.of("A", "")),
                Arguments.of("A=\" b \"", Map.of("A", " b ")),
                Arguments.of("A=\"b # c\" # d", Map.of("A", "b # c")),
                Arguments.of("A=\"it's\"", Map.of("A", "it's")),
                Arguments.of("A=\"b\\n\\t\\r\\\\\\\"c\"", Map.of("A", "b\n\t\r\\\"c")),
                Arguments.of("A=\"\\a\\b\\f\\v\"", Map.of("A", "\u0007\b\f\u000B")),
                Arguments.of("A=\"\\033\\0101\\0044{B}\"", Map.of("A", "\\033A${B}")),
                Arguments.of("A=\"\\d+\\'\"", Map.of("A", "\\d+\\'")),
                Arguments.of("A=\"\\\\n\"", Map.of("A", "\\n")),
                Arguments.of("A=\"b\nc\"\nD=1", Map.of("A", "b\nc", "D", "1")),
                Arguments.of("A=\"b\r\nc\"\r\n", Map.of("A", "b\r\nc")),
                Arguments.of("A=\"\\$HOME \\${HOME} $$HOME\"", Map.of("A", "$HOME ${HOME} $HOME")),
                // variables
                Arguments.of("A=$HOME/x", Map.of("A", "/root/x")),
                Arguments.of("A=\"${HOME}/x\"", Map.of("A", "/root/x")),
                Arguments.of("A=${NO:-d}", Map.of("A", "d")),
                Arguments.of("A=${EMPTY:-${HOME}}", Map.of("A", "/root")),
                Arguments.of("A=pa$$word5$", Map.of("A", "pa$word5$")),
                Arguments.of("A=1\nB=$A$A\nC=<$B>", Map.of("A", "1", "B", "11", "C", "<11>")),
                Arguments.of("A=1\nA=${A}2", Map.of("A", "12")),
                Arguments.of("WON=inside\nA=$WON", Map.of("WON", "inside", "A", "outside")),
                Arguments.of("A=$B\nB=1", Map.of("A", "", "B", "1")),
                Arguments.of("A='$HOME'\nB=$A", Map.of("A", "$HOME", "B", "$HOME")),
                Arguments.of("A=${NO:-b #c}", Map.of()));
    }

    @ParameterizedTest
    @MethodSource("composeFiles")
    void readsTheComposeFormat(String text, Map<String, String> expected) {
        assertThat(parse(text, Format.COMPOSE).values()).isEqualTo(expected);
        assertThat(problems.isEmpty()).isEqualTo(!text.contains("#c}"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '>',
            value = {
                "`=1`               > 1 > 1  > `expected NAME=value, found \"=\" where the name begins`",
                "`A=1\n  $B=2`      > 2 > 3  > `expected NAME=value, found \"$\" where the name begins`",
                "`A B=1`            > 1 > 3  > `expected NAME=value, found \"B\" in the name`",
                "`A$=1`             > 1 > 2  > `expected NAME=value, found \"$\" in the name`",
                "`export =1`        > 1 > 8  > `expected NAME=value, found \"=\" where the name begins`",
                "`export export A=1` > 1 > 15 > `expected NAME=value, found \"A\" in the name`",
                "`A=\"b`            > 1 > 3  > `the value of A has no closing quote`",
                "`A=\"b\\\"`        > 1 > 3  > `the value of A has no closing quote`",
                "`A=\"b\\`          > 1 > 3  > `the value of A has no closing quote`",
                "`A= 'b\nB=1`       > 1 > 4  > `the value of A has no closing quote`",
                "`A=\"b\"c`         > 1 > 6  > `expected the end of the line after the closing quote, found \"c\"`",
                "`A='b' 'c'`        > 1 > 7  > `expected the end of the line after the closing quote, found \"'\"`",
                "`A='b\nc' d`       > 2 > 4  > `expected the end of the line after the closing quote, found \"d\"`",
                "`A=x${}`           > 1 > 4  > `expected the name of a variable (letters, digits and _) after ${, found }`",
                "`Ä=\"\\n\n${A\"`   > 2 > 1  > `${ without the } that ends it`",
                "`A=\"\\\\x${A\"`   > 1 > 7  > `${ without the } that ends it`",
                "`A=b ${NO:?m}`     > 1 > 5  > `the required variable NO is not set: m`",
                "`A=\"b\n${NO?}\"`  > 2 > 1  > `the required variable NO is not set`",
            })
    void reportsWhatIsWrongAndWhere(String text, int line, int column, String message) {
        parse(text, Format.COMPOSE);
        assertThat(problems.toList()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo(message);
            assertThat(problem.position()).isEqualTo(new Position(FILE, line, column));
            assertThat(problem.fix()).isNotBlank();
        });
    }

    @Test
    void goesOnAfterALineThatIsWrong() {
        EnvFile file = parse("A=1\n=2\nB=${}\nC=\"3\" x\nD='4\nE=5", Format.COMPOSE);
        assertThat(file.values()).isEqualTo(Map.of("A", "1", "E", "5"));
        assertThat(problems.toList())
                .extracting(problem -> problem.position().line())
                .containsExactly(2, 3, 4, 5);
    }

    @Test
    void remembersVariablesThatAreNotSet() {
        assertThat(parse("A=x $NO\nB=\"\\t${NOT}\"\nC=$A", Format.COMPOSE).unset())
                .containsExactly(
                        new Unset("NO", new Position(FILE, 1, 5), ""), new Unset("NOT", new Position(FILE, 2, 6), ""));
    }

    static Stream<Arguments> rawFiles() {
        return Stream.of(
                Arguments.of("", Map.of()),
                Arguments.of("A=1", Map.of("A", "1")),
                Arguments.of("\uFEFFA=1\r\nB=2\r\n", Map.of("A", "1", "B", "2")),
                Arguments.of("# no\n\t # no\n\nA=1 # yes", Map.of("A", "1 # yes")),
                Arguments.of("  A= 1 ", Map.of("A", " 1 ")),
                Arguments.of("A=\"1\"\nB='2'\nC=$HOME\\n", Map.of("A", "\"1\"", "B", "'2'", "C", "$HOME\\n")),
                Arguments.of("A==", Map.of("A", "=")),
                Arguments.of("A=", Map.of("A", "")),
                Arguments.of("A:1=2", Map.of("A:1", "2")),
                Arguments.of("HOME\nNO\nEMPTY", Map.of("HOME", "/root", "EMPTY", "")),
                Arguments.of("A=1\nA=2", Map.of("A", "2")));
    }

    @ParameterizedTest
    @MethodSource("rawFiles")
    void readsTheRawFormat(String text, Map<String, String> expected) {
        assertThat(parse(text, Format.RAW).values()).isEqualTo(expected);
        assertThat(problems.toList()).isEmpty();
    }

    @Test
    void reportsWhatIsWrongInTheRawFormat() {
        assertThat(parse("A=1\n=2\n export B=3\nC =4\nD=5", Format.RAW).values())
                .isEqualTo(Map.of("A", "1", "D", "5"));
        assertThat(problems.toList())
                .extracting(Problem::toString)
                .containsExactly(
                        "x.env:2:1: expected a name before = (write NAME=value)",
                        "x.env:3:1: the name \"export B\" contains a space (write NAME=value without spaces before =)",
                        "x.env:4:1: the name \"C \" contains a space (write NAME=value without spaces before =)");
    }

    @ParameterizedTest
    @CsvSource({
        "COMPOSE, A=\"ü\"",
        "RAW, A=ü",
    })
    void readsFiles(Format format, String text, @TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve(FILE), text);
        assertThat(EnvFile.read(file, format, VARIABLES, NAMED_AT, "services.web.env_file", problems)
                        .values())
                .isEqualTo(Map.of("A", "ü"));
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                Arguments.of("there/is/none", new byte[0], "does not exist"),
                Arguments.of("", new byte[0], "is a directory"),
                Arguments.of(FILE, new byte[] {'A', '=', (byte) 0xFF}, "is not UTF-8 text"),
                Arguments.of(FILE, new byte[EnvFile.MAX_BYTES + 1], "is larger than 1048576 bytes"));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void saysWhyAFileCannotBeRead(String name, byte[] content, String message, @TempDir Path directory)
            throws IOException {
        Path file = name.isEmpty() ? directory : directory.resolve(name);
        if (content.length > 0) {
            Files.write(file, content);
        }
        EnvFile.read(file, Format.COMPOSE, VARIABLES, NAMED_AT, "services.web.env_file", problems);
        assertThat(problems.toList()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo("the environment file " + file + " " + message);
            assertThat(problem.position()).isEqualTo(NAMED_AT);
            assertThat(problem.path()).isEqualTo("services.web.env_file");
        });
    }

    @Test
    void doesNotWaitForTheWriterOfANamedPipe(@TempDir Path directory) throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        EnvFile.read(pipe, Format.COMPOSE, VARIABLES, NAMED_AT, "", problems);
        assertThat(problems.toList())
                .extracting(Problem::message)
                .containsExactly("the environment file " + pipe + " is no regular file");
    }

    @Test
    void readsAnEmptyDevice() {
        EnvFile file = EnvFile.read(Path.of("/dev/null"), Format.COMPOSE, VARIABLES, NAMED_AT, "", problems);
        assertThat(file).isEqualTo(EnvFile.EMPTY);
        assertThat(problems.toList()).isEmpty();
    }

    @Test
    void keepsTheOrderOfTheLines() {
        List<String> names = new ArrayList<>(
                parse("Z=1\nA=2\nM=3\nZ=4", Format.COMPOSE).values().keySet());
        assertThat(names).containsExactly("Z", "A", "M");
    }
}
