package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A stack on a real engine such as {@code lab/swarm} brings up, with a repository in a directory that nodes see and a
 * file {@code password}. The command runs in this process, on the Compose file of a directory.
 */
final class EngineStack {
    private final String name;
    private final String host;
    private final Path directory;
    private final Path repository;
    private String image = "";

    /** Begins with nothing; the test is skipped where there is no engine. */
    EngineStack(Path directory) throws IOException {
        this(directory, "t" + Long.toString(System.nanoTime(), 36), LabVariable.of("PRODSTACK_TEST_DOCKER_HOST"));
    }

    private EngineStack(Path directory, String name, String host) throws IOException {
        this.name = name;
        this.host = host;
        this.directory = directory;
        this.repository = Files.createTempDirectory(Path.of("/var/tmp"), "prodstack-repository-");
        Files.setPosixFilePermissions(
                Files.writeString(directory.resolve("password"), "a password"),
                PosixFilePermissions.fromString("rw-------"));
    }

    /** Begins with nothing on the engine of a lab of its own. */
    static EngineStack at(String host, Path directory) throws IOException {
        return new EngineStack(directory, "t" + Long.toString(System.nanoTime(), 36), host);
    }

    /** One of the same name on another engine, which knows nothing of it. */
    EngineStack on(String otherHost, Path otherDirectory) throws IOException {
        return new EngineStack(otherDirectory, name, otherHost);
    }

    /** The stack's name. */
    String name() {
        return name;
    }

    /** Where the engine answers. */
    String host() {
        return host;
    }

    /** Where backups go. */
    Path repository() {
        return repository;
    }

    /** The image that jobs run in. */
    String image() {
        return image;
    }

    void jobsRunIn(String its) {
        image = its;
    }

    void file(String compose) throws IOException {
        Files.writeString(directory.resolve("compose.yaml"), compose);
    }

    /** The command, about to run. */
    CommandRun command() {
        return CommandRun.in(directory).env("DOCKER_HOST", host).env("PRODSTACK_IMAGE", image);
    }

    /** A guide's block, about to be run as by somebody in the stack's directory. */
    GuideBlock at(GuideBlock block) throws IOException {
        return block.in(directory).with("DOCKER_HOST", host).with("PRODSTACK_IMAGE", image);
    }

    CommandRun.Outcome prodstack(String... arguments) {
        return command().run(arguments);
    }

    CommandRun.Outcome succeeds(String... arguments) {
        return succeeded(prodstack(arguments));
    }

    static CommandRun.Outcome succeeded(CommandRun.Outcome outcome) {
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
        return outcome;
    }

    /** What {@code docker} says, whether it succeeds or not. */
    String docker(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("docker", "-H", host));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    /** The container of a service, once there is one. */
    String container(String service) throws Exception {
        return container(name, service);
    }

    private String container(String stack, String service) throws Exception {
        String container = "";
        for (int i = 0; i < 300 && container.isEmpty(); i++) {
            container = docker("ps", "-q", "--filter", "name=" + stack + "_" + service + "\\.")
                    .lines()
                    .findFirst()
                    .orElse("");
            Thread.sleep(container.isEmpty() ? 100 : 0);
        }
        return container;
    }

    /** What a program in a service's container says. */
    String inside(String service, String script) throws Exception {
        return exec(name, service, "sh", "-c", script);
    }

    /** What a program in the container of another stack's service says. */
    String exec(String stack, String service, String... command) throws Exception {
        List<String> words = new ArrayList<>(List.of("exec", container(stack, service)));
        words.addAll(List.of(command));
        return docker(words.toArray(new String[0]));
    }

    /** Removes a stack with volumes of it, and what was rotated. */
    void remove(String stack, String... volumes) throws Exception {
        List<String> words = new ArrayList<>(List.of("rm", "--stack", stack, "--confirm", stack));
        for (String volume : volumes) {
            words.addAll(List.of("--prune-volume", volume));
        }
        succeeds(words.toArray(new String[0]));
        assertThat(docker("volume", "ls", "-q")).doesNotContain(stack + "_");
        for (String config : docker("config", "ls", "--format", "{{.Name}}").split("\n", -1)) {
            if (config.endsWith("." + stack)) {
                docker("config", "rm", config);
            }
        }
    }

    /** Removes the repository and the image of jobs. */
    void forget() throws Exception {
        docker("image", "rm", "--force", image);
        delete(repository);
    }

    static void delete(Path place) throws IOException {
        try (Stream<Path> walk = Files.walk(place)) {
            for (Path file : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
