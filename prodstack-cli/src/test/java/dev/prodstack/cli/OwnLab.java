package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A swarm of its own, one or three managers, which {@code lab/swarm} brings up, breaks, heals, and takes down. */
final class OwnLab implements AutoCloseable {
    private static final Path LAB =
            Path.of("").toAbsolutePath().resolveSibling("lab").resolve("swarm");

    private final Path state;

    /** Brings it up. */
    OwnLab(int nodes) throws IOException {
        state = LabPlace.make();
        lab("up", "--nodes", Integer.toString(nodes));
    }

    /** Where it lives. */
    Path state() {
        return state;
    }

    /** What a lab command prints; one that fails is a failure. */
    String lab(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(LAB.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PRODSTACK_LAB_STATE", state.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    /** How a node's engine is reached. */
    String host(String node) {
        return "unix://" + state.resolve("nodes").resolve(node).resolve("docker.sock");
    }

    /** The image that all nodes have. */
    String image() throws IOException {
        return variable("PRODSTACK_TEST_IMAGE");
    }

    /** Where its registry is. */
    String registry() throws IOException {
        return variable("PRODSTACK_TEST_REGISTRY");
    }

    private String variable(String name) throws IOException {
        return lab("env")
                .lines()
                .filter(line -> line.contains(name + "="))
                .map(line -> line.replaceFirst(".*" + name + "=", ""))
                .collect(Collectors.joining());
    }

    @Override
    public void close() throws IOException {
        lab("down");
        Files.deleteIfExists(state);
    }
}
