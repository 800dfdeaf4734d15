package dev.prodstack.core.compose.interpolate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.compose.interpolate.EnvFile.Format;
import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problem;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.Node.ListNode;
import dev.prodstack.core.yaml.Node.ScalarNode;
import dev.prodstack.core.yaml.SourceText;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The time-outs are a hundred times what is needed: they end a test that would go on for hours. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HostileInterpolationTest {
    private static final int MIB = 1024 * 1024;
    private static final Position START = new Position("compose.yml", 1, 1);

    private final Problems problems = new Problems();

    private Interpolator.Interpolated interpolate(Node tree, Map<String, String> environment) {
        return Interpolator.interpolate(new SourceText("compose.yml", ""), tree, Variables.of(environment), problems);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '>',
            value = {
                "``        > `${`          > 500000 > `expected the name of a variable (letters, digits and _) after ${, found $`",
                "`${`      > `A`           > 900000 > `${ without the } that ends it`",
                "`${A:-`   > `{`           > 900000 > `${ without the } that ends it`",
                "``        > `${A:-`       > 10000  > `references are nested more than 100 levels deep`",
                "``        > `${A:-${A}`   > 10000  > `references are nested more than 100 levels deep`",
                "``        > `${A:?`       > 10000  > `references are nested more than 100 levels deep`",
                "``        > `{${A:-{`     > 10000  > `references are nested more than 100 levels deep`",
                "``        > `${A`         > 500000 > `expected } or one of - :- ? :? + :+ after ${A, found $`",
                "``        > `${}`         > 500000 > `expected the name of a variable (letters, digits and _) after ${, found }`",
            })
    void endsWithOneClearProblem(String start, String part, int times, String message) {
        interpolate(ScalarNode.string(START, start + part.repeat(times)), Map.of());
        assertThat(problems.toList()).extracting(Problem::message).containsExactly(message);
    }

    @Test
    void nestsToTheLimit() {
        String nested = "${A:-".repeat(100) + "x" + "}".repeat(100);
        assertThat(((ScalarNode) interpolate(ScalarNode.string(START, nested), Map.of())
                                .tree())
                        .text())
                .isEqualTo("x");
    }

    @Test
    void aValueHasALongestLength() {
        Map<String, String> environment = Map.of("HALF", "x".repeat(MIB / 2));
        Node fits =
                interpolate(ScalarNode.string(START, "$HALF$HALF"), environment).tree();
        assertThat(((ScalarNode) fits).text()).hasSize(MIB);
        assertThat(problems.toList()).isEmpty();
        interpolate(ScalarNode.string(START, "$HALF$HALF."), environment);
        assertThat(problems.toList())
                .extracting(Problem::message)
                .containsExactly("longer than 1048576 characters once its variables are put in");
    }

    @Test
    void allValuesTogetherHaveALongestLength() {
        ScalarNode scalar = ScalarNode.string(START, "$MANY$MANY$MANY$MANY");
        interpolate(new ListNode(START, Collections.nCopies(100_000, scalar)), Map.of("MANY", "x".repeat(MIB / 4)));
        assertThat(problems.toList())
                .extracting(Problem::message)
                .containsExactly("the values of this file have more than 16777216 characters"
                        + " once their variables are put in");
    }

    @Test
    void reportsAThousandProblemsAndNoMore() {
        List<Node> items = IntStream.range(0, 100_000)
                .mapToObj(line -> (Node) ScalarNode.string(new Position("compose.yml", line + 1, 1), "${}"))
                .toList();
        interpolate(new ListNode(START, items), Map.of());
        assertThat(problems.toList()).hasSize(1000);
    }

    @Test
    void remembersAThousandBlanksAndNoMore() {
        List<Node> items = IntStream.range(0, 20_000)
                .mapToObj(
                        line -> (Node) ScalarNode.string(new Position("compose.yml", line + 1, 1), "$NO$$$1".repeat(9)))
                .toList();
        Interpolator.Interpolated result = interpolate(new ListNode(START, items), Map.of());
        assertThat(result.unset()).hasSize(1000);
        assertThat(result.loneDollars()).hasSize(1000);
    }

    @Test
    void aLongNameOrMessageIsShownInPart() {
        interpolate(ScalarNode.string(START, "${" + "A".repeat(MIB) + ":?" + "m".repeat(MIB) + "}"), Map.of());
        assertThat(problems.toList())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString().length()).isLessThan(1000));
    }

    @Test
    void aMessageStaysOnOneLine() {
        interpolate(ScalarNode.string(START, "${NO:?first\n  second\u001B[31m$VALUE}"), Map.of("VALUE", "\r\nthird"));
        assertThat(problems.toList())
                .extracting(Problem::message)
                .containsExactly("the required variable NO is not set: first second [31m third");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '>',
            value = {
                "`=`             > 1000000 > 1",
                "`A=${\n`        > 200000  > 100",
                "`A=\"$B\n`      > 150000  > 100",
                "`A=${B:?}\n`    > 100000  > 100",
                "`~`            > 1000000 > 1",
                "`A='x' y\n`     > 100000  > 100",
            })
    void anEnvironmentFileHasAtMostAHundredProblems(String part, int times, int expected) {
        EnvFile.parse(new SourceText("x.env", part.repeat(times)), Format.COMPOSE, Variables.of(Map.of()), problems);
        assertThat(problems.toList()).hasSize(expected);
    }

    @Test
    void anEnvironmentFileCannotDoubleItselfForEver() {
        String doubling = "A=0123456789abcdef\n" + "A=$A$A\n".repeat(1000);
        EnvFile file =
                EnvFile.parse(new SourceText("x.env", doubling), Format.COMPOSE, Variables.of(Map.of()), problems);
        assertThat(file.values().get("A")).hasSizeLessThanOrEqualTo(MIB);
        assertThat(problems.toList())
                .hasSizeBetween(1, 100)
                .allSatisfy(problem -> assertThat(problem.message())
                        .isEqualTo("longer than 1048576 characters once its variables are put in"));
    }

    @Test
    void anEnvironmentFileHasALongestLength() {
        String many = "A=" + "x".repeat(MIB / 2) + "\n"
                + IntStream.range(0, 10_000).mapToObj(i -> "B" + i + "=$A$A\n").collect(Collectors.joining());
        EnvFile.parse(new SourceText("x.env", many), Format.COMPOSE, Variables.of(Map.of()), problems);
        assertThat(problems.toList())
                .extracting(Problem::message)
                .containsExactly("the values of this file have more than 4194304 characters"
                        + " once their variables are put in");
    }
}
