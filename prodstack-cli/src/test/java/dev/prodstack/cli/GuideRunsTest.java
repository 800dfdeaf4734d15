package dev.prodstack.cli;

import dev.prodstack.cli.Guide.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the guides' blocks on three nodes, with a small stack whose services are called as those of the large one. */
@Tag("engine")
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuideRunsTest {
    private static final Path SMALL = Path.of("src/test/resources/guides");

    private static final Place PLACE =
            "full".equals(System.getProperty("prodstack.tier")) ? Place.THREE_NODES_AT_LENGTH : Place.THREE_NODES;

    @TempDir
    private Path directory = Path.of("");

    private OwnLab nodes;

    @BeforeAll
    void up() throws IOException {
        LabVariable.of("PRODSTACK_TEST_DOCKER_HOST");
        nodes = new OwnLab(3);
    }

    @AfterAll
    void down() throws IOException {
        if (nodes != null) {
            nodes.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyBlockDoesWhatItSays() throws IOException {
        return Guides.chosen().stream()
                .filter(guide -> guide.hasStepsFor(PLACE))
                .map(guide -> DynamicTest.dynamicTest(guide.name(), () -> run(guide)));
    }

    private void run(Guide guide) throws IOException, InterruptedException {
        Path work = Files.createDirectories(directory.resolve(guide.name()));
        String registry = nodes.image().replaceFirst("/.*", "");
        Path stack = Files.createDirectories(work.resolve("stack"));
        for (String name : new String[] {"docker-compose.prod.yml", "docker-compose.ops.yml"}) {
            Files.copy(SMALL.resolve(name), stack.resolve(name));
        }
        Files.writeString(
                stack.resolve(".env.prod.template"),
                Files.readString(SMALL.resolve("env.prod.template")).replace("REGISTRY", registry));
        new GuideSession(work)
                .with("DOCKER_HOST", nodes.host("n1"))
                .with("REGISTRY", registry)
                .with("LAB_IMAGE", nodes.image())
                .with("LAB", Guides.ROOT.resolve("lab/swarm").toString())
                .with("PRODSTACK_LAB_STATE", nodes.state().toString())
                .with("LAB_ADDRESS", registry.replaceFirst("\\.1:.*", ".11"))
                .with(
                        "GUIDE_FUNCTIONS",
                        SMALL.resolve("functions.sh").toAbsolutePath().toString())
                .run(guide, PLACE);
    }
}
