package dev.prodstack.swarm;

import dev.prodstack.core.stack.Stack;
import dev.prodstack.swarm.doctor.Doctor;
import dev.prodstack.swarm.doctor.Finding;
import dev.prodstack.swarm.engine.Deadlines;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineEndpoint;
import dev.prodstack.swarm.engine.EngineFinder;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.engine.JsonStream;
import dev.prodstack.swarm.problem.EngineException;
import dev.prodstack.swarm.state.StackStates;
import dev.prodstack.swarm.status.StackStatus;
import dev.prodstack.swarm.status.StackStatuses;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A connection to a swarm through one of its engines. Safe for several threads. */
public final class Swarm implements AutoCloseable {
    private final EngineClient engine;

    private Swarm(EngineClient engine) {
        this.engine = engine;
    }

    /**
     * Connects to the engine that the Docker command line would talk to.
     *
     * @throws EngineException if none is there, or none that can be spoken to; the message says where it was looked for
     */
    public static Swarm connect() {
        return connect(Connection.fromEnvironment());
    }

    /**
     * Connects to an engine.
     *
     * @throws EngineException if none is there, or none that can be spoken to; the message says where it was looked for
     */
    public static Swarm connect(Connection connection) {
        EngineFinder finder = new EngineFinder(connection.environment(), connection.home());
        EngineEndpoint endpoint = connection
                .host()
                .map(finder::at)
                .or(() -> connection.context().map(finder::inContext))
                .orElseGet(finder::find);
        return new Swarm(
                EngineClient.connect(endpoint, new Deadlines(connection.connectWithin(), connection.answerWithin())));
    }

    /**
     * Asks the engine about itself.
     *
     * @throws EngineException if it does not answer
     */
    public SwarmInfo info() {
        return SwarmInfo.of(
                engine.send(EngineRequest.get("info")), engine.version().toString());
    }

    /**
     * The names of the stacks that have services, in their order.
     *
     * @throws EngineException if the engine does not answer or is no manager
     */
    public List<String> stacks() {
        return StackStates.stacks(engine);
    }

    /**
     * How a stack is doing: its services, their tasks, and what keeps these from running.
     *
     * @return the status; without services if there is no such stack
     * @throws EngineException if the engine does not answer or is no manager
     */
    public StackStatus status(String stack) {
        return StackStatuses.read(engine, stack);
    }

    /**
     * Whether the swarm is fit to run stacks, and the given one in particular.
     *
     * @throws EngineException if the engine does not answer
     */
    public List<Finding> examine(Optional<Stack> stack) {
        return Doctor.examine(engine, stack);
    }

    /**
     * What happens from an instant on, as it happens. Services, nodes, secrets and configs are reported by managers
     * only; containers, images and volumes are those of this engine's node. Engines remember the last 256 events, so
     * that an instant shortly before misses nothing.
     *
     * <p>The stream waits for events without end. Closing it, also from another thread, ends it.
     *
     * @param since by the engine's clock
     * @return events in the order in which they happened, read by one thread
     * @throws EngineException if the engine does not answer; the stream's operations throw it if the connection breaks
     */
    public Stream<SwarmEvent> events(Instant since) {
        JsonStream events = engine.objects(EngineRequest.get("events").with("since", timestamp(since)));
        return StreamSupport.stream(new EventSequence(events), false).onClose(events::close);
    }

    private static String timestamp(Instant instant) {
        return String.format(Locale.ROOT, "%d.%09d", instant.getEpochSecond(), instant.getNano());
    }

    /** Ends the connection. Open streams of events are closed on their own. */
    @Override
    public void close() {
        engine.close();
    }
}
