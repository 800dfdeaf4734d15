package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A block of a guide for a test that does what the guide is about: its lines are run one by one, as their reader would
 * type them, with names of the test in place of those that the guide made up. A test gets it as a parameter, from
 * {@link GuideBlocks}, which fails it if it leaves a line out.
 */
final class GuideBlock {
    private final Guide guide;
    private final Guide.Step step;
    private final Deque<String> left = new ArrayDeque<>();
    private final Map<String, String> here = new HashMap<>();
    private final StringBuilder exports = new StringBuilder();
    private Optional<GuideSession> session = Optional.empty();

    GuideBlock(Guide guide, Guide.Step step) {
        this.guide = guide;
        this.step = step;
        String whole = step.text().replaceAll("\\\\\\n *", " ").replaceAll("\\|\\n *", "| ");
        whole.lines().filter(line -> !line.isBlank()).forEach(left::add);
    }

    /** The same, run in a directory, which has the Compose file. */
    GuideBlock in(Path directory) throws IOException {
        Path home = Files.createDirectories(directory.resolve("home"));
        session = Optional.of(new GuideSession(directory)
                .with("HOME", home.toString())
                .with("XDG_CACHE_HOME", home.resolve(".cache").toString()));
        return this;
    }

    /** The same with a variable of the environment. */
    GuideBlock with(String variable, String value) {
        session.orElseThrow().with(variable, value);
        return this;
    }

    /** The same with something real for what the guide made up; it must be there. The longest fits first. */
    GuideBlock where(String madeUp, String real) {
        assertThat(step.text()).as(place()).contains(madeUp);
        here.put(madeUp, real);
        return this;
    }

    /** Runs the next line, which must succeed, and those before it that export variables. */
    CommandRun.Outcome next(String has) throws IOException, InterruptedException {
        CommandRun.Outcome outcome = run(has);
        assertThat(outcome.code())
                .as("%s, the line of \"%s\":%n%s%s", place(), has, outcome.out(), outcome.err())
                .isZero();
        return outcome;
    }

    /** The same, of a line that must fail. */
    CommandRun.Outcome fails(String has) throws IOException, InterruptedException {
        CommandRun.Outcome outcome = run(has);
        assertThat(outcome.code())
                .as("%s, the line of \"%s\":%n%s%s", place(), has, outcome.out(), outcome.err())
                .isNotZero();
        return outcome;
    }

    private CommandRun.Outcome run(String has) throws IOException, InterruptedException {
        while (!left.isEmpty() && left.element().startsWith("export ")) {
            exports.append(left.remove()).append('\n');
        }
        assertThat(left).as("%s: no line is left for \"%s\"", place(), has).isNotEmpty();
        assertThat(left.element()).as(place()).contains(has);
        return session.orElseThrow().run(real(exports + left.remove()));
    }

    private String real(String lines) {
        if (here.isEmpty()) {
            return lines;
        }
        String madeUp = here.keySet().stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return Pattern.compile(madeUp)
                .matcher(lines)
                .replaceAll(found -> Matcher.quoteReplacement(here.getOrDefault(found.group(), "")));
    }

    void assertThatAllRan() {
        assertThat(left).as(place() + ": lines that were not run").isEmpty();
    }

    private String place() {
        return guide.name() + ":" + step.line();
    }
}
