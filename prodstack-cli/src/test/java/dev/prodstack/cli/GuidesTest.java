package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.cli.Guide.Step;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the guides promise before any of their blocks is run; {@link GuideRunsTest} and {@link GuidesIT} run them. */
class GuidesTest {
    private static final double SHARE_RUN = 0.8;
    private static final int SYMPTOMS = 15;
    private static final Pattern COMMAND = Pattern.compile("(?m)^ *prodstack ((?:\\\\\n|[^\n#|&;<>])+)");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void mostBlocksOfEachAreRunAndTheOthersSayWhyNot() throws IOException {
        int all = 0;
        long allRun = 0;
        for (Guide guide : Guides.all()) {
            List<Step> blocks = guide.blocks();
            long run = blocks.stream().filter(Step::runs).count();
            System.out.printf("guides: %d of %d shell blocks of %s are run%n", run, blocks.size(), guide.name());
            assertThat((double) run / blocks.size()).as(guide.name()).isGreaterThanOrEqualTo(SHARE_RUN);
            assertThat(blocks)
                    .filteredOn(block -> !block.runs())
                    .allSatisfy(
                            block -> assertThat(block.notRun().orElseThrow()).contains(" "));
            all += blocks.size();
            allRun += run;
        }
        System.out.printf("guides: %d of %d shell blocks are run%n", allRun, all);
        assertThat(all).isGreaterThan(60);
    }

    /** Each test that a guide names is there and wants its blocks, so that it cannot end well without running them. */
    @TestFactory
    Stream<DynamicTest> blocksAreTakenByTheTestsThatTheyName() throws IOException {
        return Guides.all().stream()
                .flatMap(guide -> guide.steps().stream())
                .flatMap(step -> step.runBy().stream())
                .distinct()
                .map(test -> DynamicTest.dynamicTest(test, () -> {
                    String[] names = test.split("\\.", 2);
                    Class<?> type = Class.forName(getClass().getPackageName() + "." + names[0]);
                    List<Method> methods = Stream.of(type.getDeclaredMethods())
                            .filter(method -> method.getName().equals(names[1]))
                            .toList();
                    assertThat(methods).as("methods of that name").hasSize(1);
                    assertThat(methods.get(0).isAnnotationPresent(Test.class)).isTrue();
                    assertThat(GuideBlocks.wanted(methods.get(0)))
                            .as("blocks that it wants")
                            .hasSameSizeAs(Guides.runBy(test));
                }));
    }

    /** A symptom counts where the lab's part makes it, and visible blocks show and mend it. */
    @Test
    void symptomsAreProducedAndMended() throws IOException {
        List<Step> steps = Guides.named("TROUBLESHOOTING_GUIDE.md").steps();
        List<String> produced = steps.stream()
                .filter(step -> !step.visible())
                .map(Step::heading)
                .distinct()
                .filter(heading -> steps.stream()
                                .filter(step -> step.heading().equals(heading) && step.visible() && step.runs())
                                .count()
                        >= 2)
                .toList();
        System.out.printf("guides: %d symptoms are produced and mended%n", produced.size());
        assertThat(produced).hasSizeGreaterThanOrEqualTo(SYMPTOMS);
    }

    @TestFactory
    Stream<DynamicTest> everyCommandLineIsUnderstood() throws IOException {
        return Guides.all().stream()
                .flatMap(guide -> guide.steps().stream()
                        .flatMap(step -> commands(step.text())
                                .map(line -> DynamicTest.dynamicTest(
                                        guide.name() + ":" + step.line() + " " + line, () -> understood(line)))));
    }

    private static Stream<String> commands(String text) {
        Matcher matcher = COMMAND.matcher(text);
        return matcher.results()
                .map(found -> found.group(1).replace("\\\n", " ").strip());
    }

    private static void understood(String line) {
        String[] words = line.replaceAll("\"[^\"]*\"|'[^']*'|\\$\\([^)]*\\)|\\$\\w+", "x")
                .split(" +");
        assertThat(CommandTree.whole().parseArgs(words).errors()).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> everyLinkLeadsSomewhere() throws IOException {
        return Stream.concat(
                        Guides.all().stream().map(Guide::file),
                        Stream.of(Guides.ROOT.resolve("docs/IMPLEMENTATION_SUMMARY.md")))
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    Matcher link = LINK.matcher(Files.readString(file));
                    while (link.find()) {
                        assertThat(file.resolveSibling(link.group(1)).normalize())
                                .as(link.group())
                                .exists();
                    }
                }));
    }

    private Guide guide(String... lines) throws IOException {
        return Guide.read(Files.writeString(directory.resolve("guide.md"), String.join("\n", lines) + "\n"));
    }

    @Test
    void readsBlocksAndWhatIsSaidOfThem() throws IOException {
        Guide guide = guide(
                "## One",
                "<!-- on: three nodes -->",
                "<!-- lab",
                "break it",
                "-->",
                "<!-- exit 4 -->",
                "<!-- shows: oh dear -->",
                "```sh",
                "prodstack deploy",
                "```",
                "## Two",
                "<!-- not run: no NFS here -->",
                "```sh",
                "mount",
                "```",
                "<!-- run by: SomeTest.some -->",
                "",
                "```sh",
                "prodstack status",
                "```");

        assertThat(guide.steps().stream().map(Step::text).collect(Collectors.joining()))
                .isEqualTo("break it\nprodstack deploy\nmount\nprodstack status\n");
        Step deploy = guide.steps().get(1);
        assertThat(deploy.exit()).isEqualTo(4);
        assertThat(deploy.line()).isEqualTo(9);
        assertThat(deploy.shows()).containsExactly("oh dear");
        assertThat(deploy.runsOn(Guide.Place.REFERENCE_STACK)).isFalse();
        assertThat(guide.steps().get(2).runs()).isFalse();
        assertThat(guide.steps().get(2).place()).isEqualTo(Guide.Place.ANY);
        assertThat(guide.steps().get(3).runBy()).hasValue("SomeTest.some");
        assertThat(guide.steps().get(3).runs()).isTrue();
        assertThat(guide.steps().get(3).runsOn(Guide.Place.ANY)).isFalse();
        assertThat(guide.blocks()).hasSize(3);
        assertThatThrownBy(() -> guide("<!-- not rum: x -->")).hasMessageContaining("line 1");
    }

    @Test
    void aBlockThatFailsIsShownWithItsPlaceAndOutput() throws Exception {
        GuideSession session = new GuideSession(directory);
        session.run(
                guide("```sh", "cd /", "```", "<!-- exit 3 -->", "<!-- shows: / -->", "```sh", "pwd", "exit 3", "```"),
                Guide.Place.ANY);

        assertThatThrownBy(() -> session.run(guide("# H", "```sh", "echo so; false", "true", "```"), Guide.Place.ANY))
                .hasMessageContainingAll("guide.md:3", "below \"H\"", "echo so; false", "--- printed ---\nso\n");
        assertThatThrownBy(() -> session.run(guide("```sh", "false", "```", "```sh", "true", "```"), Guide.Place.ANY))
                .hasMessageContaining("guide.md:2");
        assertThatThrownBy(() -> session.run(guide("<!-- exit 4 -->", "```sh", "true", "```"), Guide.Place.ANY))
                .hasMessageContaining("ended with 0, not 4");
        assertThatThrownBy(() -> session.run(guide("<!-- shows: x -->", "```sh", "echo y", "```"), Guide.Place.ANY))
                .hasMessageContaining("does not show \"x\"");
    }

    @Test
    void aBlockIsRunLineByLineWithNamesOfHere() throws Exception {
        Guide guide = guide(
                "```sh",
                "export WHO=shop",
                "echo \"$WHO at shop.example\"    # said",
                "",
                "printf 'a\\nb' |",
                "  sort -r > sorted",
                "exit 3",
                "```");
        GuideBlock block = new GuideBlock(guide, guide.steps().get(0));
        assertThatThrownBy(() -> block.where("ship", "x")).hasMessageContaining("ship");
        block.in(directory).where("shop", "t1").where("shop.example", "here");

        assertThat(block.next("echo").out()).isEqualTo("t1 at here\n");
        assertThatThrownBy(() -> block.next("uniq")).hasMessageContainingAll("guide.md", "uniq", "sort -r");
        assertThatThrownBy(block::assertThatAllRan).hasMessageContaining("exit 3");
        block.next("sort");
        assertThat(directory.resolve("sorted")).hasContent("b\na");
        assertThat(block.fails("exit").code()).isEqualTo(3);
        block.assertThatAllRan();
    }
}
