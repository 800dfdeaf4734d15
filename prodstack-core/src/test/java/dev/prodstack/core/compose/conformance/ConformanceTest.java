package dev.prodstack.core.compose.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.prodstack.core.compose.ComposeException;
import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.compose.ComposeSource;
import dev.prodstack.core.print.YamlText;
import dev.prodstack.core.value.Data;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Reads every case of the corpus and compares what comes out with what the case expects. */
final class ConformanceTest {
    @TempDir
    Path scratch = Path.of("");

    @TestFactory
    Stream<DynamicTest> printsWhatTheCaseExpects() {
        return CorpusCase.all().stream()
                .filter(one -> !one.has(CorpusCase.PROBLEMS))
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> printsWhatIsExpected(one)));
    }

    @TestFactory
    Stream<DynamicTest> reportsTheProblemsOfTheCase() {
        return CorpusCase.all().stream()
                .filter(one -> one.has(CorpusCase.PROBLEMS))
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> reportsTheProblems(one)));
    }

    @TestFactory
    Stream<DynamicTest> readsItsOwnOutput() {
        return CorpusCase.all().stream()
                .filter(one -> !one.has(CorpusCase.PROBLEMS))
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> readsOwnOutput(one)));
    }

    private static void printsWhatIsExpected(CorpusCase one) {
        Data expected = ComparedForm.ofExpected(
                one.expectation().orElseThrow(), one.directory().toString());
        Data printed = ComparedForm.ofOurs(ComposeFile.load(one.source()).toData());
        assertThat(String.join("\n", Differences.between(expected, ComparedForm.withoutName(printed, expected))))
                .as("%s: %s", one.name(), one.has(CorpusCase.WHY) ? one.text(CorpusCase.WHY) : "as Docker CLI 28")
                .isEmpty();
    }

    private static void reportsTheProblems(CorpusCase one) {
        ComposeException failure = catchThrowableOfType(ComposeException.class, () -> ComposeFile.load(one.source()));
        assertThat(failure).as("%s must be refused", one.name()).isNotNull();
        String folder = one.directory() + "/";
        List<String> reported = failure.problems().stream()
                .map(problem -> problem.toString().replace(folder, ""))
                .toList();
        assertThat(String.join("\n", ExpectedProblem.mismatches(one.lines(CorpusCase.PROBLEMS), reported)))
                .as("%s reported:%n%s", one.name(), String.join("\n", reported))
                .isEmpty();
    }

    private void readsOwnOutput(CorpusCase one) throws IOException {
        ComposeFile first = ComposeFile.load(one.source());
        String printed = YamlText.of(first.toData());
        Path copy = Files.writeString(scratch.resolve(one.name().replace('/', '-') + ".yml"), printed);
        ComposeFile second = ComposeFile.load(ComposeSource.of(copy));
        assertThat(YamlText.of(second.toData())).isEqualTo(printed);
        assertThat(second.stack()).isEqualTo(first.stack());
    }
}
