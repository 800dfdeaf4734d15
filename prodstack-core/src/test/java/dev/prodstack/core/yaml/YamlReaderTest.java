package dev.prodstack.core.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.print.JsonText;
import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problem;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.yaml.Node.Directive;
import dev.prodstack.core.yaml.Node.MapNode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {
    private final Problems problems = new Problems();

    private Optional<Node> read(String text) {
        return YamlReader.read(new SourceText("f", text.replace("\\n", "\n").replace("\\t", "\t")), problems);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: 1                                  | {\"a\":1}",
                "a: [1, 'x', \"y\", true, ~]           | {\"a\":[1,\"x\",\"y\",true,null]}",
                "a: >-\\n  x\\n  y\\n                    | {\"a\":\"x y\"}",
                "a: !!str 1                            | {\"a\":\"1\"}",
                "a: &x {b: 1}\\nc: *x                   | {\"a\":{\"b\":1},\"c\":{\"b\":1}}",
                "a: &x {b: 1, d: 2}\\nc: {<<: *x, b: 3} | {\"a\":{\"b\":1,\"d\":2},\"c\":{\"b\":3,\"d\":2}}",
                "a: &x {b: 1}\\nz: &y {b: 2, e: 5}\\nc: {<<: [*x, *y]} | {\"a\":{\"b\":1},\"z\":{\"b\":2,\"e\":5},\"c\":{\"b\":1,\"e\":5}}",
                "8080: x                               | {\"8080\":\"x\"}",
                "'<<': 1                               | {\"<<\":1}"
            })
    void readsADocument(String yaml, String json) {
        assertThat(read(yaml)).map(node -> JsonText.compact(node.toData())).contains(json);
        assertThat(problems.toList()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: 1\\na: 2     | 2:1 | already given in line 1",
                "a: *x          | 1:4 | no anchor",
                "a: &x [*x]     | 1:8 | no anchor",
                "a: 1\\n---\\nb: 2 | 2:1 | second YAML document",
                "a: !foo 1      | 1:4 | unknown tag !foo",
                "? [1]\\n: 2     | 1:3 | a key of a mapping must be a word",
                "~: 1           | 1:1 | a key of a mapping must be a word",
                "a: {<<: 1}     | 1:9 | << merges mappings",
                "a:\\n\\tb: 1      | 2:1 | TAB",
                "a: b: c        | 1:5 | mapping values are not allowed",
                "a: [1          | 1:6 | expected",
                "# nothing      | 0:0 | the file is empty"
            })
    void reportsWhatItCannotRead(String yaml, String place, String words) {
        read(yaml);

        assertThat(problems.toList()).singleElement().satisfies(problem -> {
            assertThat(problem.position().line() + ":" + problem.position().column())
                    .isEqualTo(place);
            assertThat(problem.message()).contains(words);
        });
    }

    @Test
    void knowsWhereEachValueStands() {
        MapNode root =
                (MapNode) read("services:\\n  web:\\n    image: nginx\\n").orElseThrow();
        MapNode web = (MapNode)
                ((MapNode) root.get("services").orElseThrow()).get("web").orElseThrow();

        assertThat(web.entries().values()).extracting(Node.Entry::keyPosition).containsExactly(new Position("f", 3, 5));
        assertThat(web.get("image").orElseThrow().position()).isEqualTo(new Position("f", 3, 12));
    }

    @Test
    void keepsMergeTags() {
        MapNode root = (MapNode)
                read("a: !reset null\\nb: !override [1]\\nc: !reset {x: 1}").orElseThrow();

        assertThat(root.get("a").orElseThrow().directive()).isEqualTo(Directive.RESET);
        assertThat(root.get("b").orElseThrow().directive()).isEqualTo(Directive.OVERRIDE);
        assertThat(root.get("c").orElseThrow().directive()).isEqualTo(Directive.RESET);
    }

    @Test
    void refusesToFollowAliasesWithoutEnd() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(10) + "]\n");
        }
        assertThat(read(bomb.toString())).isEmpty();
        assertThat(problems.toList())
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .contains("500000 values");
    }

    @ParameterizedTest
    @CsvSource({"100, true", "101, false"})
    void limitsTheDepth(int levels, boolean readable) {
        assertThat(read("[".repeat(levels) + "]".repeat(levels)).isPresent()).isEqualTo(readable);
    }
}
