package dev.prodstack.core.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guide has a section for each rule, and says what the rule does: its examples are run. */
final class LintGuideTest {
    private static final Pattern BLOCK = Pattern.compile("```yaml\\R(.*?)```", Pattern.DOTALL);
    private static final String GUIDE = read(find(Path.of("docs", "LINT.md")));

    @TempDir
    Path directory;

    /** The file below the nearest directory around this one that has it. */
    private static Path find(Path file) {
        Path around = Path.of("").toAbsolutePath();
        while (around != null && !Files.exists(around.resolve(file))) {
            around = around.getParent();
        }
        if (around == null) {
            throw new IllegalStateException(
                    "no " + file + " around " + Path.of("").toAbsolutePath());
        }
        return around.resolve(file);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sections of a level, heading to text. */
    private static Map<String, String> sections(String prefix) {
        return Arrays.stream(GUIDE.split("(?m)^(?=#{1,3} )"))
                .filter(section -> section.startsWith(prefix))
                .collect(Collectors.toMap(
                        section -> section.lines().findFirst().orElseThrow().substring(prefix.length()),
                        Function.identity()));
    }

    private static String section(String prefix, String heading) {
        String section = sections(prefix).get(heading);
        assertThat(section).as("section %s%s of the guide", prefix, heading).isNotNull();
        return Objects.requireNonNull(section);
    }

    private static List<String> blocks(String section) {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(section);
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }

    private static Set<String> minus(Set<String> one, Set<String> other) {
        Set<String> rest = new TreeSet<>(one);
        rest.removeAll(other);
        return rest;
    }

    static List<Rule> rules() {
        return Rules.all();
    }

    @Test
    void hasASectionForEachRuleAndForNothingElse() {
        assertThat(sections("### ").keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Rules.all().stream().map(Rule::id).toList());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void givesSeverityAndReason(Rule rule) {
        String section = section("### ", rule.id()).replaceAll("\\s+", " ");
        assertThat(section).contains("*" + rule.severity() + ".* " + rule.reason());
        assertThat(section("## ", "The rules")).contains("[" + rule.id() + "](#" + rule.id() + ")");
        assertThat(rule.guide()).isEqualTo("docs/LINT.md#" + rule.id());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void showsTheRuleAndNothingElse(Rule rule) {
        List<String> blocks = blocks(section("### ", rule.id()));
        assertThat(blocks).hasSize(2);
        Set<String> hurts = Stacks.rules(blocks.get(0), directory);
        Set<String> better = Stacks.rules(blocks.get(1), directory);
        assertThat(minus(hurts, better)).containsExactly(rule.id());
        assertThat(minus(better, hurts)).isEmpty();
    }

    @Test
    void showsAStackWithoutFindings() {
        List<String> blocks = blocks(section("## ", "A stack without findings"));
        assertThat(blocks).hasSize(1);
        assertThat(Stacks.check(blocks.get(0), directory)).isEmpty();
    }

    @Test
    void showsHowToSilenceARule() {
        List<String> blocks = blocks(section("## ", "Silencing a rule"));
        assertThat(blocks).hasSize(1);
        assertThat(Stacks.rules(blocks.get(0), directory))
                .doesNotContain("no-cpu-limit", "docker-socket", "unused-ignore")
                .contains("no-memory-limit");
        String loud = blocks.get(0).replaceAll("ignore: \\[.*]", "ignore: []");
        assertThat(Stacks.rules(loud, directory)).contains("no-cpu-limit", "docker-socket");
    }
}
