package dev.prodstack.core.compose.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The corpus keeps its own rules, and its table of differences is complete. */
final class CorpusTest {
    private static final Path TABLE = Path.of("../docs/COMPOSE_DIFFERENCES.md");
    private static final Pattern MENTION = Pattern.compile("`([a-z]+/[a-z0-9_]+)`");

    @Test
    void isLargeEnough() {
        List<CorpusCase> all = CorpusCase.all();
        List<String> large =
                all.stream().map(CorpusCase::group).filter("large"::equals).toList();
        assertThat(large).hasSizeGreaterThanOrEqualTo(10);
        assertThat(all).hasSizeGreaterThanOrEqualTo(150 + large.size());
    }

    @Test
    void everyCaseSaysWhatDockerDidOnce() {
        assertThat(casesWhere(one -> one.has(CorpusCase.DOCKER_PRINTED) == one.has(CorpusCase.DOCKER_REFUSED)))
                .isEmpty();
    }

    @Test
    void everyCaseHasOneExpectation() {
        assertThat(casesWhere(one -> one.has(CorpusCase.EXPECTED) && one.has(CorpusCase.PROBLEMS)))
                .isEmpty();
        assertThat(casesWhere(one -> one.has(CorpusCase.DOCKER_REFUSED)
                        && !one.has(CorpusCase.EXPECTED)
                        && !one.has(CorpusCase.PROBLEMS)))
                .isEmpty();
    }

    @Test
    void everyCaseSaysWhyItDiffersFromDockerAndNoOther() {
        assertThat(casesWhere(one -> one.has(CorpusCase.WHY) != differs(one))).isEmpty();
    }

    @Test
    void everyExpectationOfItsOwnDiffersFromWhatDockerPrinted() {
        assertThat(casesWhere(one -> one.has(CorpusCase.EXPECTED)
                        && one.has(CorpusCase.DOCKER_PRINTED)
                        && ComparedForm.ofExpected(one.parsed(CorpusCase.EXPECTED), "")
                                .equals(ComparedForm.ofExpected(one.parsed(CorpusCase.DOCKER_PRINTED), ""))))
                .isEmpty();
    }

    @Test
    void theTableOfDifferencesNamesEveryCaseThatDiffersAndNoOther() throws IOException {
        Set<String> mentioned = new TreeSet<>();
        Matcher matcher = MENTION.matcher(Files.readString(TABLE));
        while (matcher.find()) {
            mentioned.add(matcher.group(1));
        }
        Set<String> differing = CorpusCase.all().stream()
                .filter(CorpusTest::differs)
                .map(CorpusCase::name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(mentioned).isEqualTo(differing);
    }

    private static List<String> casesWhere(Predicate<CorpusCase> rule) {
        return CorpusCase.all().stream().filter(rule).map(CorpusCase::name).toList();
    }

    /** Whether prodstack prints what the CLI refuses, prints something else, or refuses what the CLI prints. */
    private static boolean differs(CorpusCase one) {
        return one.has(CorpusCase.EXPECTED) || (one.has(CorpusCase.PROBLEMS) && one.has(CorpusCase.DOCKER_PRINTED));
    }
}
