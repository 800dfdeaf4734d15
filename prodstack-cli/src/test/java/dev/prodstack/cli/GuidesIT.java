package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.prodstack.cli.Guide.Place;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the guides' blocks on the reference stack, as {@code ./quickstart} brings it up. Where
 * {@code PRODSTACK_GUIDES_LAB} names a lab in which it runs already, it is taken as it is and left;
 * {@code PRODSTACK_QUICKSTART_DIR} then has its certificate and the names of its images.
 */
@Tag("engine")
@Tag("long")
@Timeout(3000)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuidesIT {
    private final Optional<String> running = Optional.ofNullable(System.getenv("PRODSTACK_GUIDES_LAB"));

    @TempDir
    private Path directory = Path.of("");

    private Path lab = Path.of("");
    private Path made = Path.of("");

    @BeforeAll
    void up() throws Exception {
        assumeThat(Files.isWritable(Path.of("/proc/sys/net/ipv4/ip_forward")))
                .as("needs root, for a node of its own")
                .isTrue();
        if (running.isPresent()) {
            lab = Path.of(running.get());
            made = Path.of(System.getenv("PRODSTACK_QUICKSTART_DIR"));
        } else {
            lab = LabPlace.make();
            made = directory.resolve("quickstart");
            quickstart("--lab");
        }
    }

    @AfterAll
    void down() throws Exception {
        if (running.isEmpty() && !lab.toString().isEmpty()) {
            quickstart("--down");
            Files.deleteIfExists(lab);
        }
    }

    private void quickstart(String option) throws Exception {
        File output = directory.resolve("quickstart.log").toFile();
        ProcessBuilder builder = new ProcessBuilder("./quickstart", option)
                .directory(Guides.ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().put("PRODSTACK_LAB_STATE", lab.toString());
        builder.environment().put("PRODSTACK_QUICKSTART_DIR", made.toString());
        builder.environment().remove("DOCKER_HOST");
        assertThat(builder.start().waitFor())
                .as(() -> {
                    try {
                        return Files.readString(output.toPath());
                    } catch (IOException e) {
                        return e.toString();
                    }
                })
                .isZero();
    }

    @TestFactory
    Stream<DynamicTest> everyBlockDoesWhatItSays() throws IOException {
        return Guides.chosen().stream()
                .filter(guide -> guide.hasStepsFor(Place.REFERENCE_STACK))
                .map(guide -> DynamicTest.dynamicTest(guide.name(), () -> run(guide)));
    }

    private void run(Guide guide) throws Exception {
        Path work = Files.createDirectories(directory.resolve(guide.name()));
        copy(Guides.ROOT.resolve("stack"), work.resolve("stack"));
        // Where the script that builds images finds the version.
        Files.copy(Guides.ROOT.resolve("pom.xml"), work.resolve("pom.xml"));
        // Watched for 25 s after an update, so that the guides' many deploys do not take hours.
        Path file = work.resolve("stack/docker-compose.prod.yml");
        Files.writeString(file, Files.readString(file).replaceAll("monitor: (90s|3m)", "monitor: 25s"));
        String images = Files.readString(made.resolve("images.env"));
        String registry = images.replaceFirst("(?s)^[A-Z_]+=([^/]+)/.*", "$1");
        // The images as this registry has them, in place of those of public registries.
        Path template = work.resolve("stack/.env.prod.template");
        List<String> others = Files.readAllLines(template).stream()
                .filter(line -> !images.contains(line.replaceFirst("=.*", "=")) || line.indexOf('=') < 0)
                .toList();
        Files.writeString(template, String.join("\n", others) + "\n" + images);
        new GuideSession(work)
                .with("DOCKER_HOST", "unix://" + lab.resolve("nodes/n1/docker.sock"))
                .with("REGISTRY", registry)
                .with("LAB", Guides.ROOT.resolve("lab/swarm").toString())
                .with("PRODSTACK_LAB_STATE", lab.toString())
                .with("LAB_ADDRESS", registry.replaceFirst("\\.1:.*", ".11"))
                .with("LAB_CERTIFICATE", made.resolve("certificate.pem").toString())
                .with("LAB_KEY", made.resolve("key.pem").toString())
                .with("LAB_BUILD", Guides.ROOT.resolve("stack/images/build").toString())
                .with(
                        "GUIDE_FUNCTIONS",
                        Path.of("src/test/resources/guides/functions.sh")
                                .toAbsolutePath()
                                .toString())
                .run(guide, Place.REFERENCE_STACK);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (file.startsWith(from.resolve("images/prodstack/target"))) {
                    continue;
                }
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
