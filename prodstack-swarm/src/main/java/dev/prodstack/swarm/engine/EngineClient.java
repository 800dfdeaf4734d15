package dev.prodstack.swarm.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.swarm.problem.EngineException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * A client of one engine, which has agreed with it on a version of the API. Safe for several threads.
 *
 * <p>Nothing waits for longer than its deadlines, but for the reading of streams, which ends when they are closed.
 */
public final class EngineClient implements AutoCloseable {
    private final EngineTransport transport;
    private final ApiVersion version;
    private final Duration endurance;
    private final Duration absence;

    private EngineClient(EngineTransport transport, ApiVersion version, Duration endurance, Duration absence) {
        this.transport = transport;
        this.version = version;
        this.endurance = endurance;
        this.absence = absence;
    }

    /**
     * The same connection, for who would rather wait than give up while the managers have no leader: what only reads is
     * asked again for some time. Closing either closes both.
     *
     * @param time for how long after the first failure
     */
    public EngineClient enduring(Duration time) {
        return new EngineClient(transport, version, time, absence);
    }

    /**
     * The same connection, for work that goes on in the cluster whether somebody watches it or not: while nothing
     * answers at the engine's address, as when the engine or what leads to it is started again, everything is asked
     * again for some time, changes too, since they were not carried out. Closing either closes both.
     *
     * @param time for how long after the first failure
     */
    public EngineClient awaiting(Duration time) {
        return new EngineClient(transport, version, endurance, time);
    }

    /**
     * Connects to an engine and agrees on the newest version of the API that both speak.
     *
     * @throws EngineException if there is no engine, or none of a version that can be spoken to
     */
    public static EngineClient connect(EngineEndpoint endpoint, Deadlines deadlines) {
        EngineTransport transport = new EngineTransport(endpoint, deadlines);
        try {
            return new EngineClient(transport, negotiate(transport), Duration.ZERO, Duration.ZERO);
        } catch (RuntimeException e) {
            transport.close();
            throw e;
        }
    }

    /** {@code /_ping} has no version in its path, and answers with the engine's newest in a header. */
    private static ApiVersion negotiate(EngineTransport transport) {
        EngineRequest ping = EngineRequest.get("_ping");
        Optional<ApiVersion> newest =
                transport.ask(ping, ping.target()).apiVersion().flatMap(ApiVersion::parse);
        if (newest.isEmpty()) {
            throw EngineException.of(
                    EngineException.Kind.GARBLED,
                    "GET " + ping.target(),
                    "what answers at " + transport.endpoint() + " does not say which Docker API it speaks",
                    "see whether a Docker engine listens there");
        }
        if (newest.get().compareTo(ApiVersion.OLDEST) < 0) {
            throw EngineException.of(
                    EngineException.Kind.GARBLED,
                    "GET " + ping.target(),
                    "the engine at " + transport.endpoint() + " speaks API " + newest.get() + "; prodstack speaks "
                            + ApiVersion.OLDEST + " and newer",
                    "upgrade it to Docker 20.10 or newer");
        }
        return newest.get().compareTo(ApiVersion.NEWEST) < 0 ? newest.get() : ApiVersion.NEWEST;
    }

    /** Where the engine listens. */
    public EngineAddress address() {
        return transport.endpoint().address();
    }

    /** The version of the API that is spoken. */
    public ApiVersion version() {
        return version;
    }

    /**
     * Sends a request and reads the whole answer.
     *
     * @return the answer; a missing node where the engine answers with nothing
     * @throws EngineException if the engine cannot be reached, does not answer in time, or refuses
     */
    public JsonNode send(EngineRequest request) {
        return request.method() == EngineRequest.Method.GET && !endurance.isZero()
                ? Leaderless.enduring(endurance, () -> sendOnce(request))
                : sendOnce(request);
    }

    /** Only the way to the engine is waited for here, which every request needs first. */
    private EngineTransport.Answer ask(EngineRequest request) {
        return Leaderless.enduring(absence, EngineClient::isAbsent, () -> transport.ask(request, target(request)));
    }

    private InputStream open(EngineRequest request) {
        return Leaderless.enduring(absence, EngineClient::isAbsent, () -> transport.open(request, target(request)));
    }

    private static boolean isAbsent(EngineException failure) {
        return failure.kind() == EngineException.Kind.UNREACHABLE;
    }

    private JsonNode sendOnce(EngineRequest request) {
        EngineTransport.Answer answer = ask(request);
        try {
            return Json.parse(answer.body());
        } catch (JsonProcessingException e) {
            throw Failures.garbled(line(request), answer);
        }
    }

    /**
     * Sends a request that is answered with objects as they come about.
     *
     * @throws EngineException if the engine cannot be reached, does not begin to answer in time, or refuses
     */
    public JsonStream objects(EngineRequest request) {
        return new JsonStream(line(request), open(request));
    }

    /**
     * Sends a request that is answered with log output.
     *
     * @throws EngineException if the engine cannot be reached, does not begin to answer in time, or refuses
     */
    public LogFrames frames(EngineRequest request) {
        return new LogFrames(line(request), open(request));
    }

    /**
     * Sends a request that is answered with the log output of containers that have a terminal.
     *
     * @throws EngineException if the engine cannot be reached, does not begin to answer in time, or refuses
     */
    public TerminalOutput terminal(EngineRequest request) {
        return new TerminalOutput(line(request), open(request));
    }

    private String target(EngineRequest request) {
        return "/v" + version + request.target();
    }

    private String line(EngineRequest request) {
        return request.method() + " " + target(request);
    }

    /** Ends what is under way, but for open streams, which are closed on their own. */
    @Override
    public void close() {
        transport.close();
    }
}
