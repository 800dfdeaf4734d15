package dev.prodstack.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.prodstack.cli.LabPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The lab, brought up and taken down beside the one that other tests run on. */
@Tag("engine")
@Timeout(400)
class LabTest {
    private static final Path SWARM = RunningStack.ROOT.resolve("lab/swarm");

    private Path state = Path.of("");

    @BeforeEach
    void ownPlace() throws IOException {
        assumeThat(Files.isWritable(Path.of("/proc/sys/net/ipv4/ip_forward")))
                .as("needs root, for a node of its own")
                .isTrue();
        state = LabPlace.make();
        Files.delete(state);
    }

    @AfterEach
    void down() {
        if (!state.toString().isEmpty()) {
            lab("down");
        }
    }

    private Programs.Ended lab(String... arguments) {
        List<String> command = new ArrayList<>(List.of(SWARM.toString()));
        command.addAll(List.of(arguments));
        return Programs.run(
                RunningStack.ROOT, command, Map.of("PRODSTACK_LAB_STATE", state.toString()), Duration.ofMinutes(3));
    }

    private String succeeded(String... arguments) {
        Programs.Ended ended = lab(arguments);
        assertThat(ended.code()).as(ended.output()).isZero();
        return ended.output();
    }

    private String swarm() {
        return succeeded("exec", "n1", "--", "docker", "info", "--format", "{{.Swarm.Cluster.ID}}")
                .strip();
    }

    /** Everything of this machine that bears the lab's name: processes, and what networks and mounts it has. */
    private List<String> traces() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .map(LabTest::commandLine)
                    .filter(line -> line.contains(state.toString()))
                    .forEach(found::add);
        }
        Files.readString(Path.of("/proc/self/mountinfo"))
                .lines()
                .filter(line -> line.contains(state.toString()))
                .forEach(found::add);
        Programs.run("ip", "-o", "link")
                .output()
                .lines()
                .filter(line -> line.contains(": psl" + id()))
                .forEach(found::add);
        Programs.run("ip", "netns")
                .output()
                .lines()
                .filter(line -> line.startsWith("psl" + id()))
                .forEach(found::add);
        return found;
    }

    /** What the lab's interfaces are called after. */
    private String id() {
        return Programs.run("sh", "-c", "printf %s '" + state + "' | sha256sum | cut -c1-4")
                .output()
                .strip();
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline")).replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void comesUpOnceAndGoesWithoutATrace() throws IOException {
        succeeded("up");
        String first = swarm();
        assertThat(first).matches("[a-z0-9]{25}");
        assertThat(traces()).isNotEmpty();

        succeeded("up");
        assertThat(swarm()).as("a second up keeps what is there").isEqualTo(first);
        assertThat(lab("up", "--nodes", "3").code()).as("it has one node").isEqualTo(1);
        assertThat(lab("up", "--nodes", "2").code()).isEqualTo(2);

        succeeded("kill", "n1");
        assertThat(lab("exec", "n1", "--", "true").code()).isNotZero();
        succeeded("heal");
        assertThat(swarm()).as("a node that lost power comes back as itself").isEqualTo(first);

        succeeded("down");
        assertThat(traces()).isEmpty();
        assertThat(state).doesNotExist();
        succeeded("down");
    }

    @Test
    void aKilledRunIsCompletedOrTakenDown() throws Exception {
        for (int tenths : new int[] {5, 20, 40}) {
            killAfter(tenths);
            succeeded("up");
            assertThat(swarm()).matches("[a-z0-9]{25}");
            succeeded("down");
            assertThat(traces()).isEmpty();

            killAfter(tenths);
            succeeded("down");
            assertThat(traces()).isEmpty();
        }
    }

    private void killAfter(int tenths) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(SWARM.toString(), "up")
                .directory(RunningStack.ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PRODSTACK_LAB_STATE", state.toString());
        Process up = builder.start();
        // A moment of its run is what is tried here.
        Thread.sleep(tenths * 100L);
        up.destroyForcibly().waitFor();
    }

    @Test
    void endsOnlyWhatItStarted() throws Exception {
        Process bystander = new ProcessBuilder("bash", "-c", "exec -a dockerd sleep 300")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Files.createDirectories(state);
            Path own = Files.writeString(state.resolve("notes"), "mine");
            succeeded("up");
            succeeded("down");
            assertThat(bystander.isAlive()).isTrue();
            assertThat(own).hasContent("mine");
            Files.delete(own);
            Files.delete(state);
        } finally {
            bystander.destroyForcibly();
        }
    }
}
