package dev.prodstack.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.plan.PlanOptions;
import dev.prodstack.swarm.plan.PlanOptions.ImageResolution;
import dev.prodstack.swarm.plan.PlanOptions.Orphans;
import dev.prodstack.swarm.progress.DeployEvent;
import dev.prodstack.swarm.progress.DeployOptions;
import dev.prodstack.swarm.progress.DeployOutcome;
import dev.prodstack.swarm.progress.DeployOutcome.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A stack of its own on a real engine, such as {@code lab/swarm} brings up; gone when it is closed. */
public final class LiveStack implements AutoCloseable {
    private final String name = "t" + Long.toString(System.nanoTime(), 36);
    private final List<DeployEvent> events = new ArrayList<>();
    private final String image;
    private final Path directory;
    private final Swarm swarm;

    /** With its files in a directory. */
    public LiveStack(Path directory) {
        this.directory = directory;
        this.image = LabVariable.of("PRODSTACK_TEST_IMAGE");
        this.swarm = connect();
    }

    /** Another connection, as an operator on another machine would have. */
    public static Swarm connect() {
        return Swarm.connect(Connection.fromEnvironment().to(LabVariable.of("PRODSTACK_TEST_DOCKER_HOST")));
    }

    /** The stack's name. */
    public String name() {
        return name;
    }

    /** The connection. */
    public Swarm swarm() {
        return swarm;
    }

    /** What happened during the last deploy. */
    public List<DeployEvent> events() {
        return List.copyOf(events);
    }

    /** A file beside the Compose file. */
    public void file(String file, String content) throws IOException {
        Files.writeString(directory.resolve(file), content);
    }

    /** Reads a Compose file's text, in which IMAGE stands for the lab's. */
    public Stack stack(String text) throws IOException {
        Path file = directory.resolve("compose.yml");
        Files.writeString(file, "name: " + name + "\n" + text.replace("IMAGE", image));
        return ComposeFile.load(file).stack();
    }

    /** The plan for it; what is no longer in it goes. */
    public Plan plan(String text) throws IOException {
        return swarm.plan(stack(text), new PlanOptions(ImageResolution.ALWAYS, Orphans.REMOVE));
    }

    /** Deploys it, which has to succeed. */
    public void deploy(String text) throws IOException {
        assertThat(apply(plan(text)).ending()).isEqualTo(Ending.DONE);
    }

    /** Applies a plan that nothing is in the way of. */
    public DeployOutcome apply(Plan plan) {
        return apply(plan, DeployOptions.standard());
    }

    /** Applies a plan that nothing is in the way of. */
    public DeployOutcome apply(Plan plan, DeployOptions options) {
        assertThat(plan.obstacles()).isEmpty();
        events.clear();
        return swarm.apply(plan, options.within(Duration.ofSeconds(90)), events::add);
    }

    @Override
    public void close() {
        try (swarm) {
            assertThat(swarm.apply(swarm.planRemoval(name), events::add).ending())
                    .isEqualTo(Ending.DONE);
            swarm.forgetReleases(name);
        }
    }
}
