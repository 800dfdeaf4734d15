package dev.prodstack.core.compose.interpolate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.compose.interpolate.Interpolator.Interpolated;
import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problem;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.value.Data;
import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.Node.MapNode;
import dev.prodstack.core.yaml.Node.ScalarNode;
import dev.prodstack.core.yaml.Node.Style;
import dev.prodstack.core.yaml.SourceText;
import dev.prodstack.core.yaml.YamlReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpolatorTest {
    private static final String FILE = "compose.yml";

    /** {@code NO} and {@code NOT} are not set. */
    private static final Variables VARIABLES = Variables.of(
            Map.of("A", "a", "B", "b b", "EMPTY", "", "_x1", "under", "DOLLARS", "$A ${A} $$", "N", "8080"));

    private final Problems problems = new Problems();

    private Interpolated interpolate(String yaml) {
        SourceText source = new SourceText(FILE, yaml);
        Node tree = YamlReader.read(source, problems).orElseThrow();
        return Interpolator.interpolate(source, tree, VARIABLES, problems);
    }

    private String valueOf(String template) {
        ScalarNode scalar = ScalarNode.string(new Position(FILE, 1, 1), template);
        SourceText source = new SourceText(FILE, "");
        return ((ScalarNode) Interpolator.interpolate(source, scalar, VARIABLES, problems)
                        .tree())
                .text();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = true,
            delimiter = '>',
            value = {
                // plain references
                "`$A`                    > `a`",
                "`${A}`                  > `a`",
                "`<$A>`                  > `<a>`",
                "`$A$B`                  > `ab b`",
                "`${A}b`                 > `ab`",
                "`$A-b`                  > `a-b`",
                "`$A.b`                  > `a.b`",
                "`$Ab`                   > ``",
                "`$_x1`                  > `under`",
                "`${_x1}`                > `under`",
                "`$NO`                   > ``",
                "`${NO}`                 > ``",
                "`[$EMPTY]`              > `[]`",
                // a value is not interpolated again
                "`$DOLLARS`              > `$A ${A} $$`",
                "`${NO:-$DOLLARS}`       > `$A ${A} $$`",
                // dollar signs
                "`$$`                    > `$`",
                "`$$A`                   > `$A`",
                "`$$$A`                  > `$a`",
                "`$$$$A`                 > `$$A`",
                "`$${A}`                 > `${A}`",
                "`$$${A}`                > `$a`",
                "`cost: 5$`              > `cost: 5$`",
                "`$1`                    > `$1`",
                "`$(date)`               > `$(date)`",
                "`a $ b`                 > `a $ b`",
                "`$-A`                   > `$-A`",
                "`$É`                    > `$É`",
                "`^a$|$A`                > `^a$|a`",
                // default
                "`${A-d}`                > `a`",
                "`${A:-d}`               > `a`",
                "`${EMPTY-d}`            > ``",
                "`${EMPTY:-d}`           > `d`",
                "`${NO-d}`               > `d`",
                "`${NO:-d}`              > `d`",
                "`${NO-}`                > ``",
                "`${NO:-}`               > ``",
                "`${NO:--}`              > `-`",
                "`${NO-:-d}`             > `:-d`",
                "`${NO:-a:-b}`           > `a:-b`",
                "`${NO:-b?c}`            > `b?c`",
                "`${NO-a+b}`             > `a+b`",
                "`${NO:- d }`            > ` d `",
                "`${NO:-/a/b:c}`         > `/a/b:c`",
                "`${NO:-$$}`             > `$`",
                "`${NO:-$1}`             > `$1`",
                // alternative
                "`${A+x}`                > `x`",
                "`${A:+x}`               > `x`",
                "`${EMPTY+x}`            > `x`",
                "`${EMPTY:+x}`           > ``",
                "`${NO+x}`               > ``",
                "`${NO:+x}`              > ``",
                "`${A:+}`                > ``",
                "`${A:+$A,}$B`           > `a,b b`",
                // required, and there
                "`${A?m}`                > `a`",
                "`${A:?m}`               > `a`",
                "`${EMPTY?m}`            > ``",
                "`${A:?}`                > `a`",
                // nested
                "`${NO:-$A}`             > `a`",
                "`${NO:-${A}}`           > `a`",
                "`${NO:-${NOT:-d}}`      > `d`",
                "`${NO:-${NOT-${A}}}!`   > `a!`",
                "`${A:-${NO:?m}}`        > `a`",
                "`${NO+${NOT:?m}}`       > ``",
                "`${NO:-x${A}y${B}z}`    > `xayb bz`",
                "`${A:+${EMPTY:-${B}}}`  > `b b`",
                // braces inside an argument balance
                "`${NO:-{}}`             > `{}`",
                "`${A:-{}}`              > `a`",
                "`${NO:-{\"a\":{}}}.`    > `{\"a\":{}}.`",
                "`${NO:-{${A}}}`         > `{a}`",
                "`${NO:-$${A}}`          > `${A}`",
                "`${A:-$${A}}`           > `a`",
                "`${NO:-a}b}`            > `ab}`",
                "`}{$A}{`                > `}{a}{`",
            })
    void replacesReferences(String template, String expected) {
        assertThat(valueOf(template)).isEqualTo(expected);
        assertThat(problems.toList()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '>',
            value = {
                "`${}`            > 0 > `expected the name of a variable (letters, digits and _) after ${, found }`",
                "`x ${ A }`       > 2 > `expected the name of a variable (letters, digits and _) after ${, found a space`",
                "`${1A}`          > 0 > `expected the name of a variable (letters, digits and _) after ${, found 1`",
                "`${-d}`          > 0 > `expected the name of a variable (letters, digits and _) after ${, found -`",
                "`${A!x}`         > 0 > `expected } or one of - :- ? :? + :+ after ${A, found !`",
                "`${a.b}`         > 0 > `expected } or one of - :- ? :? + :+ after ${a, found .`",
                "`${A:x}`         > 0 > `expected } or one of - :- ? :? + :+ after ${A, found x`",
                "`${A:}`          > 0 > `expected } or one of - :- ? :? + :+ after ${A, found }`",
                "`${A/a/b}`       > 0 > `expected } or one of - :- ? :? + :+ after ${A, found /`",
                "`${A`            > 0 > `${ without the } that ends it`",
                "`ab${`           > 2 > `${ without the } that ends it`",
                "`${A:`           > 0 > `expected } or one of - :- ? :? + :+ after ${A, found the end`",
                "`${A:-d`         > 0 > `${ without the } that ends it`",
                "`${NO:-{}`       > 0 > `${ without the } that ends it`",
                "`${NO:-${}}`     > 6 > `expected the name of a variable (letters, digits and _) after ${, found }`",
                // also where the value is not needed
                "`${A:-${!}}`     > 5 > `expected the name of a variable (letters, digits and _) after ${, found !`",
                "`${NO+${A`       > 5 > `${ without the } that ends it`",
            })
    void refusesMalformedReferences(String template, int offset, String message) {
        interpolate("a:\n  b: '" + template.replace("'", "''") + "'\n");
        assertThat(problems.toList()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("a.b");
            assertThat(problem.message()).isEqualTo(message);
            assertThat(problem.position()).isEqualTo(new Position(FILE, 2, 7 + offset));
            assertThat(problem.fix()).contains("write $$ for a dollar sign");
        });
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '>',
            value = {
                "`${NO?}`                  > `the required variable NO is not set`",
                "`${NO:?}`                 > `the required variable NO is not set`",
                "`${NO:?say it}`           > `the required variable NO is not set: say it`",
                "`${NO:?a?b:-c}`           > `the required variable NO is not set: a?b:-c`",
                "`${NO?set $A, ${NOT:-n}}` > `the required variable NO is not set: set a, n`",
                "`${EMPTY:?m}`             > `the required variable EMPTY is empty in the environment: m`",
                "`${EMPTY:-${NO:?m}}`      > `the required variable NO is not set: m`",
                "`${A:+${NO:?m}}`          > `the required variable NO is not set: m`",
            })
    void reportsRequiredVariablesThatAreMissing(String template, String message) {
        valueOf(template);
        assertThat(problems.toList()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo(message);
            assertThat(problem.fix()).endsWith("set it in the environment or with --env-file");
        });
    }

    @Test
    void reportsEveryMissingVariableOfOneValue() {
        valueOf("${NO:?one} ${NOT:?two} ${EMPTY:?three}");
        assertThat(problems.toList()).hasSize(3);
    }

    @Test
    void leavesKeysAndWhatHasNoReferenceAlone() {
        Interpolated result = interpolate("$A: {x: [1, two], y: 1.50}\nb: [$A, plain]\n");
        MapNode tree = (MapNode) result.tree();
        SourceText source = new SourceText(FILE, "$A: {x: [1, two], y: 1.50}\nb: [$A, plain]\n");
        MapNode before = (MapNode) YamlReader.read(source, problems).orElseThrow();
        assertThat(tree.get("$A")).isEqualTo(before.get("$A"));
        assertThat(tree.get("b").orElseThrow().toData()).isEqualTo(Data.of(List.of(Data.of("a"), Data.of("plain"))));
        assertThat(tree.entries())
                .hasEntrySatisfying(
                        "b", entry -> assertThat(entry.keyPosition()).isEqualTo(new Position(FILE, 2, 1)));
    }

    @Test
    void givesBackTheSameTreeIfNothingIsReferredTo() {
        SourceText source = new SourceText(FILE, "a: &x {b: [1, 2]}\nc: *x\n");
        Node tree = YamlReader.read(source, problems).orElseThrow();
        assertThat(Interpolator.interpolate(source, tree, VARIABLES, problems).tree())
                .isSameAs(tree);
    }

    @Test
    void keepsNodesSharedThatAliasesShare() {
        MapNode tree = (MapNode) interpolate("a: &x {b: $A, c: '${}'}\nd: *x\n").tree();
        assertThat(tree.get("a").orElseThrow()).isSameAs(tree.get("d").orElseThrow());
        assertThat(problems.toList()).hasSize(1);
    }

    @Test
    void aValueThatWasPutInIsAStringAndKeepsItsMergeTag() {
        MapNode tree = (MapNode) interpolate("a: !override $N\nb: !override [$N]\nc: !override {d: $N}\n")
                .tree();
        ScalarNode scalar = (ScalarNode) tree.get("a").orElseThrow();
        assertThat(scalar.style()).isEqualTo(Style.STRING);
        assertThat(scalar.toData()).isEqualTo(Data.of("8080"));
        assertThat(List.of("a", "b", "c"))
                .allSatisfy(key ->
                        assertThat(tree.get(key).orElseThrow().directive()).isEqualTo(Node.Directive.OVERRIDE));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '>',
            value = {
                "`a: x ${}`                  > 1 > 6",
                "`a: \"x ${}\"`              > 1 > 7",
                "`a: 'x ${}'`                > 1 > 7",
                "`a: [1, [2, ${] }]]`        > 0 > 0", // not YAML the way it looks: never a wrong column
                "`a: 'it''s ${}'`            > 1 > 4", // an escape: the scalar's place
                "`a: \"\\u0041 ${}\"`        > 1 > 4",
                "`ä: \"\uD83D\uDE00 ${}\"`   > 1 > 7", // columns count code points
                "`a: !!str x ${}`            > 1 > 12",
                "`a: &b x ${}`               > 1 > 9",
                "`a: |\n  x ${}\n`           > 1 > 4",
                "`a: >-\n  x ${}\n`          > 1 > 4",
                "`a: x\n  y ${}`             > 1 > 4",
                "`# c\r\na: x ${}\r\n`       > 2 > 6",
                "`\uFEFFa: x ${}`            > 1 > 6",
            })
    void pointsAtTheDollarSignWhereItCan(String yaml, int line, int column) {
        SourceText source = new SourceText(FILE, yaml);
        YamlReader.read(source, problems)
                .ifPresent(tree -> Interpolator.interpolate(source, tree, VARIABLES, problems));
        if (line > 0) {
            assertThat(problems.toList())
                    .singleElement()
                    .extracting(Problem::position)
                    .isEqualTo(new Position(FILE, line, column));
        } else {
            assertThat(problems.toList()).isNotEmpty();
        }
    }

    @Test
    void remembersWhatWasReplacedByNothing() {
        Interpolated result = interpolate("a:\n  - x $NO ${A} ${NO}\n  - ${NOT:-$NO}\n  - ${NO-d} ${NO+d}\n");
        assertThat(result.unset())
                .containsExactly(
                        new Unset("NO", new Position(FILE, 2, 7), "a[0]"),
                        new Unset("NO", new Position(FILE, 2, 16), "a[0]"),
                        new Unset("NO", new Position(FILE, 3, 12), "a[1]"));
        assertThat(problems.toList()).isEmpty();
    }

    @Test
    void remembersDollarSignsThatBeginNoReference() {
        assertThat(interpolate("a: ^x$\nb: $$ $A $1").loneDollars())
                .containsExactly(new Position(FILE, 1, 6), new Position(FILE, 2, 10));
    }
}
