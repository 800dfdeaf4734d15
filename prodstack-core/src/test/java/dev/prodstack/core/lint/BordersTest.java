package dev.prodstack.core.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule finds what is just over its border, and nothing just on this side of it. */
final class BordersTest {
    private static final Pattern EITHER = Pattern.compile("«(.*?)\\|(.*?)»", Pattern.DOTALL);
    /** Said of two places together; LintGuideTest and SilenceTest have them. */
    private static final Set<String> ELSEWHERE = Set.of("unused-ignore");

    @TempDir
    Path directory;

    private static List<String[]> blocks() {
        return Arrays.stream(Stacks.resource("borders.txt").split("=== ", -1))
                .skip(1)
                .map(block -> block.split("\n", 2))
                .toList();
    }

    static Stream<Arguments> borders() {
        return blocks().stream()
                .map(block -> Arguments.of(
                        block[0].strip(),
                        EITHER.matcher(block[1]).replaceAll("$1"),
                        EITHER.matcher(block[1]).replaceAll("$2")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("borders")
    void findsTheLeftStackAndNotTheRightOne(String rule, String left, String right) {
        assertThat(left).isNotEqualTo(right);
        assertThat(Stacks.rules(left, directory)).as(left).contains(rule);
        assertThat(Stacks.rules(right, directory)).as(right).doesNotContain(rule);
    }

    @Test
    void everyRuleHasABorder() {
        Set<String> covered = blocks().stream().map(block -> block[0]).collect(Collectors.toSet());
        assertThat(Rules.all())
                .extracting(Rule::id)
                .filteredOn(id -> !ELSEWHERE.contains(id))
                .isSubsetOf(covered);
        assertThat(Rules.all()).extracting(Rule::id).containsAll(covered).doesNotHaveDuplicates();
    }
}
