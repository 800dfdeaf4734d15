package dev.prodstack.core.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files made to hurt end in a clear problem, within the heap that the build gives these tests. The time-out is far
 * above what any needs: it ends a test that would go on for hours.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HostileFilesTest {
    private static final int MIB = 1024 * 1024;
    private static final String WEB = "services:\n  web:\n    image: x\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static String repeat(int times, IntFunction<String> line) {
        return IntStream.range(0, times).mapToObj(line).collect(Collectors.joining());
    }

    private static String bomb(String open, String separator, String close) {
        StringBuilder text = new StringBuilder("x-0: &a0 x\n");
        for (int i = 1; i < 12; i++) {
            String alias = "*a" + (i - 1);
            text.append("x-").append(i).append(": &a").append(i).append(' ').append(open);
            text.append(IntStream.range(0, 9)
                    .mapToObj(n -> (open.equals("{") ? "k" + n + ": " : "") + alias)
                    .collect(Collectors.joining(separator)));
            text.append(close).append('\n');
        }
        return text + WEB;
    }

    /** Made when it is needed: all of them at once would not fit. */
    private static Arguments one(String name, Supplier<String> text, String... message) {
        return message.length == 0 ? Arguments.of(name, text) : Arguments.of(name, text, message[0]);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                // expansion
                one("a billion laughs in lists", () -> bomb("[", ", ", "]"), "more than 500000 values"),
                one("a billion laughs in mappings", () -> bomb("{", ", ", "}"), "more than 500000 values"),
                one(
                        "a long list used often",
                        () -> "x-a: &a [" + "x,".repeat(50_000) + "]\nx-b: [" + "*a,".repeat(50_000) + "]\n" + WEB,
                        "more than 500000 values"),
                one(
                        "a long list of merge keys",
                        () -> "x-a: &a {" + repeat(20_000, i -> "k" + i + ": v,") + "}\nx-b: {<<: ["
                                + "*a,".repeat(50_000) + "]}\n" + WEB,
                        "more than 500000 values"),
                one("an alias inside its anchor", () -> "x-a: &a [*a]\n" + WEB, "has no anchor"),
                one("port ranges", () -> WEB + "    ports: [" + "1-65535,".repeat(20_000) + "]\n", "ports"),
                one(
                        "variables that grow",
                        () -> "x-a: \"" + "${A:-0123456789}".repeat(1000) + "\"\nx-b: [" + "\"$A$A\",".repeat(1000)
                                + "\"${\"]\n" + WEB,
                        "without the }"),
                // depth
                one(
                        "nested lists",
                        () -> "x-a: " + "[".repeat(10_000) + "]".repeat(10_000) + "\n" + WEB,
                        "nested more than"),
                one("nested lists without an end", () -> "[".repeat(4 * MIB), "nested more than"),
                one(
                        "nested mappings",
                        () -> "x-a: " + "{a: ".repeat(10_000) + "}".repeat(10_000) + "\n" + WEB,
                        "nested more than"),
                one("nested block lists", () -> "x-a:\n  " + "- ".repeat(10_000) + "x\n" + WEB, "nested more than"),
                one("nested keys", () -> "? ".repeat(10_000) + "x\n", "nested more than"),
                one("nested block mappings", () -> repeat(2_000, i -> " ".repeat(i) + "a:\n"), "nested more than"),
                // number
                one(
                        "one key many times",
                        () -> "services: {web: {image: x" + ", image: x".repeat(200_000) + "}}",
                        "already given"),
                one("many unknown keys", () -> WEB + repeat(100_000, i -> "    k" + i + ": v\n"), "unknown key"),
                one("many wrong values", () -> WEB + "    ports: [" + "x,".repeat(200_000) + "]\n", "expected a port"),
                one("many documents", () -> WEB + "---\n".repeat(500_000), "a second YAML document"),
                one(
                        "many references to nothing",
                        () -> WEB + "    secrets: [" + repeat(100_000, i -> "s" + i + ",") + "]\n",
                        "is not defined"),
                one("many values", () -> "x-a: [" + "x,".repeat(2_000_000) + "]\n" + WEB, "more than 500000 values"),
                one("many unknown tags", () -> "x-a: [" + "!x x,".repeat(200_000) + "]\n" + WEB, "unknown tag"),
                one(
                        "many malformed references",
                        () -> "x-a: [" + "'${',".repeat(200_000) + "]\n" + WEB,
                        "without the }"),
                // length
                one("50 MB of comments", () -> "# comment\n".repeat(5 * MIB), "is larger than"),
                one("50 MB on one line", () -> "x".repeat(50 * MIB), "is larger than"),
                one("a long key", () -> "x-" + "k".repeat(2 * MIB) + ": v\n" + WEB, "mapping values are not allowed"),
                one(
                        "a long key, said to be one",
                        () -> "? x-" + "k".repeat(2 * MIB) + "\n: v\n" + WEB,
                        "a key of more than 1024 characters"),
                one(
                        "a long name of many values",
                        () -> "services:\n  ? " + "s".repeat(MIB) + "\n  : {image: x, labels: {"
                                + repeat(100_000, i -> "l" + i + ": v,") + "}}\n",
                        "a key of more than 1024 characters"),
                one(
                        "a long image",
                        () -> "services: {web: {image: " + "a/".repeat(2 * MIB) + "}}",
                        "expected an image"),
                one(
                        "a long duration",
                        () -> WEB + "    stop_grace_period: " + "1h".repeat(2 * MIB),
                        "expected a duration"),
                one(
                        "a long number",
                        () -> WEB + "    stop_grace_period: " + "1".repeat(4 * MIB),
                        "expected a duration"),
                one("a long port", () -> WEB + "    ports: ['" + "1".repeat(4 * MIB) + "']", "expected a port"),
                one("a long exponent", () -> WEB + "    deploy: {replicas: 1e999999999}", "expected a whole number"),
                one("a large exponent", () -> WEB + "    deploy: {replicas: 1e999}", "expected a whole number"),
                one("a long word", () -> WEB + "    deploy: {mode: " + "m".repeat(4 * MIB) + "}", "expected one of"),
                one("a long anchor", () -> "x-a: &" + "a".repeat(2 * MIB) + " [*b]\n" + WEB, "anchor"),
                one("a long tag", () -> "x-a: !" + "a".repeat(2 * MIB) + " x\n" + WEB, "unknown tag"),
                // junk
                one("nothing", () -> "", "the file is empty"),
                one("only blanks", () -> " \n\n", "the file is empty"),
                one("NUL characters", () -> "\0".repeat(1000), "compose.yml:1:1: not valid YAML: the character U+0000"),
                one("a control character", () -> WEB + "    user: a\u0001b\n", "YAML"),
                one(
                        "a script",
                        () -> "#!/bin/sh\nset -eu\nfor i in *; do echo \"$i\"; done\n",
                        "a Compose file is a mapping"),
                one("JSON of another kind", () -> "[1, 2, 3]", "a Compose file is a mapping"),
                one("a page", () -> "<html><body class=\"x\">: {{ </body></html>", "YAML"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refuses(String name, Supplier<String> text, String message) throws IOException {
        ComposeException refusal = refusal(Files.writeString(directory.resolve("compose.yml"), text.get()));
        assertThat(refusal.problems()).hasSizeLessThanOrEqualTo(1_001);
        assertThat(refusal.problems())
                .anySatisfy(problem -> assertThat(problem.toString()).contains(message));
        assertThat(refusal.getMessage()).hasSizeLessThan(2 * MIB);
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                one("many services", () -> "services:\n" + repeat(40_000, i -> "  s" + i + ": {image: x}\n")),
                one("many variables", () -> WEB + "    environment: [" + repeat(150_000, i -> "K" + i + "=v,") + "]\n"),
                one("many labels", () -> WEB + "    labels: {" + repeat(150_000, i -> "k" + i + ": v,") + "}\n"),
                one("many volumes", () -> WEB + "    volumes: [" + repeat(50_000, i -> "/v" + i + ",") + "]\n"),
                one("many networks", () -> WEB + "networks: {" + repeat(100_000, i -> "n" + i + ": {},") + "}\n"),
                one("many words", () -> WEB + "    command: " + "a ".repeat(90_000) + "\n"),
                one(
                        "many levels of extends",
                        () -> "services:\n  s0: {image: x}\n"
                                + repeat(40, i -> "  s" + (i + 1) + ": {extends: s" + i + "}\n")),
                one("a long comment", () -> "#" + "x".repeat(4 * MIB) + "\n" + WEB),
                one("a long text", () -> WEB + "x-a: \"" + "\\x41".repeat(MIB) + "\"\n"),
                one("a long block", () -> WEB + "x-a: |\n" + "  line\n".repeat(500_000)),
                one("a long line without meaning", () -> WEB + "x-a: " + "a ".repeat(2 * MIB) + "\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void reads(String name, Supplier<String> text) throws IOException {
        Path file = Files.writeString(directory.resolve("compose.yml"), text.get());
        assertThat(ComposeFile.load(file).stack().services()).isNotEmpty();
    }

    @Test
    void hasLittleMemoryHere() {
        assertThat(Runtime.getRuntime().maxMemory()).as("the heap of the tests").isLessThanOrEqualTo(600L * MIB);
    }

    @Test
    void refusesBinaryFiles() throws IOException {
        Random random = new Random(1);
        for (int size : new int[] {1, 10, 1000, MIB}) {
            byte[] junk = new byte[size];
            random.nextBytes(junk);
            junk[0] = (byte) 0xFF;
            Path file = Files.write(directory.resolve("compose.yml"), junk);
            assertThat(refusal(file)).hasMessageContaining("the Compose file " + file + " is not UTF-8 text");
        }
        Path utf16 = Files.write(directory.resolve("compose.yml"), WEB.getBytes(StandardCharsets.UTF_16));
        assertThat(refusal(utf16)).hasMessageContaining("is not UTF-8 text");
    }

    @Test
    void refusesWhatIsNoFile() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Path loop = directory.resolve("loop");
        Files.createSymbolicLink(loop, loop);
        assertThat(refusal(directory)).hasMessageContaining("is a directory");
        assertThat(refusal(directory.resolve("none.yml"))).hasMessageContaining("does not exist");
        assertThat(refusal(directory.resolve("n".repeat(300)))).hasMessageContaining("does not exist");
        assertThat(refusal(pipe)).hasMessageContaining("is no regular file");
        assertThat(refusal(loop)).hasMessageContaining("does not exist");
        assertThat(refusal(Path.of("/dev/zero"))).hasMessageContaining("is larger than");
        assertThat(refusal(Path.of("/dev/null"))).hasMessageContaining("the file is empty");
    }

    @Test
    void refusesFilesThatIncludeThemselves() throws IOException {
        Path self = Files.writeString(directory.resolve("self.yml"), "include: [self.yml]\n" + WEB);
        assertThat(refusal(self)).hasMessageContaining("includes itself");
        Path first = Files.writeString(directory.resolve("first.yml"), "include: [./second.yml]\n" + WEB);
        Files.writeString(directory.resolve("second.yml"), "include: [{path: [x/../third.yml]}]\n" + WEB);
        Files.writeString(directory.resolve("third.yml"), "include: [first.yml]\n" + WEB);
        assertThat(refusal(first)).hasMessageContaining("includes itself");
        Files.createSymbolicLink(directory.resolve("other.yml"), first);
        Files.writeString(directory.resolve("third.yml"), "include: [other.yml]\n" + WEB);
        assertThat(refusal(first)).hasMessageContaining("includes itself");
    }

    @Test
    void refusesTreesOfIncludesThatWouldNotEnd() throws IOException {
        for (int i = 0; i < 40; i++) {
            String next = "n" + (i + 1) + ".yml";
            Files.writeString(directory.resolve("n" + i + ".yml"), "include: [" + next + ", " + next + "]\n" + WEB);
        }
        Files.writeString(directory.resolve("n40.yml"), WEB);
        assertThat(refusal(directory.resolve("n0.yml"))).hasMessageContaining("more than 200 includes");
    }

    @Test
    void refusesToIncludeLargeFilesOverAndOver() throws IOException {
        Files.writeString(
                directory.resolve("large.yml"), WEB + "x-a: [" + "x,".repeat(490_000) + "]\n#" + "x".repeat(6 * MIB));
        Path main =
                Files.writeString(directory.resolve("main.yml"), "include: [" + "large.yml,".repeat(150) + "]\n" + WEB);
        assertThat(refusal(main)).hasMessageContaining("more than");
    }

    @Test
    void refusesServicesThatExtendThemselves() throws IOException {
        assertThat(refusal(Files.writeString(directory.resolve("a.yml"), WEB + "    extends: web\n")))
                .hasMessageContaining("the service extends itself");
        Path first = Files.writeString(
                directory.resolve("first.yml"), "services: {web: {extends: {file: second.yml, service: web}}}");
        Files.writeString(
                directory.resolve("second.yml"), "services: {web: {extends: {file: first.yml, service: web}}}");
        assertThat(refusal(first)).hasMessageContaining("the service extends itself");
        Path circle = Files.writeString(
                directory.resolve("circle.yml"),
                "services: {c: {extends: a}, a: {extends: b}, b: {extends: a}, d: {extends: b}}");
        assertThat(refusal(circle).problems()).hasSize(1);
        String chain =
                "services:\n  s0: {image: x}\n" + repeat(1_000, i -> "  s" + (i + 1) + ": {extends: s" + i + "}\n");
        assertThat(refusal(Files.writeString(directory.resolve("chain.yml"), chain)))
                .hasMessageContaining("extends");
    }

    @Test
    void refusesHostileFilesOfVariables() throws IOException {
        Path main =
                Files.writeString(directory.resolve("main.yml"), WEB + "    env_file: x.env\n    label_file: x.env\n");
        Files.writeString(directory.resolve("x.env"), "A=$A".repeat(MIB));
        assertThat(refusal(main)).hasMessageContaining("is larger than");
        Files.writeString(directory.resolve("x.env"), "A='" + "\n".repeat(MIB - 10));
        assertThat(refusal(main)).hasMessageContaining("no closing quote");
        Files.delete(directory.resolve("x.env"));
        Files.createDirectory(directory.resolve("x.env"));
        assertThat(refusal(main)).hasMessageContaining("is a directory");
        Path odd =
                Files.writeString(directory.resolve("odd.yml"), WEB + "    env_file: \"a\\0b\"\ninclude: [\"\\0\"]\n");
        assertThat(refusal(odd)).hasMessageContaining("path");
    }

    private static ComposeException refusal(Path file) {
        ComposeException refusal = catchThrowableOfType(ComposeException.class, () -> ComposeFile.load(file));
        assertThat(refusal).as("%s", file).isNotNull();
        return refusal;
    }
}
