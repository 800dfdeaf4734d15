package dev.prodstack.core.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.generate.Draw;
import dev.prodstack.core.generate.Mutation;
import dev.prodstack.core.generate.Property;
import dev.prodstack.core.generate.StackFileGenerator;
import dev.prodstack.core.print.YamlText;
import dev.prodstack.core.value.Data;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is damaged in a project's files, reading them gives a stack or problems, and nothing else. */
class FuzzTest {
    private static final String ENV = "A=1\nB='two'\nexport C=\"three $A\" # four\nD=${E:-five}\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void damagedProjectsGiveAStackOrProblems() {
        int[] outcomes = new int[2];
        Property.holds(3_000, 60_000, random -> {
            List<Path> files = write(random);
            ComposeSource source = ComposeSource.of(files.toArray(Path[]::new))
                    .withEnvironment(Map.of("HOME", "/home/op"))
                    .withProfiles(Set.of("*"));
            try {
                ComposeFile read = ComposeFile.load(source);
                outcomes[0]++;
                survivesPrinting(read, source);
            } catch (ComposeException e) {
                outcomes[1]++;
                assertThat(e.problems()).isNotEmpty().allSatisfy(problem -> {
                    assertThat(problem.message())
                            .isNotBlank()
                            .doesNotContain("Exception", "\n")
                            .doesNotContainPattern("(^|: )null($|,)");
                    assertThat(problem.position().file()).isNotBlank();
                });
            }
        });
        if (Long.getLong("prodstack.seed") == null) {
            assertThat(outcomes).as("stacks and refusals").satisfies(counts -> {
                assertThat(counts[0]).isGreaterThan(100);
                assertThat(counts[1]).isGreaterThan(100);
            });
        }
    }

    private void survivesPrinting(ComposeFile read, ComposeSource source) throws IOException {
        String printed = YamlText.of(read.toData());
        Path file = Files.writeString(directory.resolve("printed.yml"), printed);
        try {
            ComposeFile again = ComposeFile.load(
                    ComposeSource.of(file).withEnvironment(source.environment()).withProfiles(source.profiles()));
            assertThat(again.stack()).isEqualTo(read.stack());
        } catch (ComposeException e) {
            throw new AssertionError("printed, it is refused: " + e.getMessage() + "\n" + printed, e);
        }
    }

    private List<Path> write(Random random) throws IOException {
        Draw draw = new Draw(random);
        Mutation mutation = new Mutation(random);
        Data included = new StackFileGenerator(random).file();
        Map<String, Data> main = new LinkedHashMap<>(fields(new StackFileGenerator(random).file()));
        Map<String, Data> services = new LinkedHashMap<>(fields(main.getOrDefault("services", Data.of(""))));
        services.put(
                "derived",
                draw.fields()
                        .with(
                                "extends",
                                draw.oneOf(
                                        () -> Data.of("web"),
                                        () -> draw.fields()
                                                .with("service", Data.of("web"))
                                                .with("file", Data.of("inner.yml"))
                                                .toData()))
                        .maybe(
                                "env_file",
                                () -> draw.oneOf(
                                        () -> Data.of("x.env"),
                                        () -> Data.of(List.of(draw.fields()
                                                .with("path", Data.of("x.env"))
                                                .maybe("required", draw::bool)
                                                .maybe("format", () -> Data.of("raw"))
                                                .toData()))))
                        .maybe("label_file", () -> Data.of("x.env"))
                        .maybe("profiles", () -> draw.list(draw::wordData))
                        .toData());
        main.put("services", Data.of(services));
        if (draw.once(3)) {
            main.put("include", Data.of(List.of(Data.of("inner.yml"))));
        }
        write(
                "inner.yml",
                YamlText.of(
                        draw.once(2)
                                ? mutation.tree(included)
                                : Data.of(Map.of(
                                        "services", Data.of(Map.of("web", Data.of(Map.of("image", Data.of("x")))))))));
        write(".env", draw.once(4) ? mutation.text(ENV) : ENV);
        write("x.env", draw.once(4) ? mutation.text(ENV) : ENV);
        Data tree = Data.of(main);
        for (int i = draw.below(3); i > 0; i--) {
            tree = mutation.tree(tree);
        }
        String text = YamlText.of(tree);
        Path file = write("compose.yml", draw.once(2) ? mutation.text(text) : text);
        return draw.once(4)
                ? List.of(file, write("over.yml", YamlText.of(mutation.tree(new StackFileGenerator(random).file()))))
                : List.of(file);
    }

    private Path write(String name, String text) throws IOException {
        // A character that was cut in two becomes a question mark.
        return Files.write(directory.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Data> fields(Data data) {
        return data instanceof Data.Fields fields ? fields.fields() : Map.of();
    }
}
