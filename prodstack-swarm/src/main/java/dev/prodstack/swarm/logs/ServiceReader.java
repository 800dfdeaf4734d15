package dev.prodstack.swarm.logs;

import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.problem.EngineException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** Reads the logs of one service; where what is still to be written is wanted too, again after every break. */
final class ServiceReader implements Runnable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final EngineClient engine;
    private final Service service;
    private final LogQuery query;
    private final TaskNames names;
    private final BlockingQueue<Arrival> arrivals;
    private final Told told = new Told();
    private final Instant opened = Instant.now();
    private String complaint = "";
    private boolean again;
    private volatile @Nullable PieceSource source;
    private volatile boolean closed;
    private volatile long heard = System.nanoTime();

    /**
     * A service.
     *
     * @param name its name in the stack
     * @param fullName its name in the cluster
     * @param form in which form its logs are sent
     */
    record Service(String name, String fullName, PieceSource.Form form) {}

    ServiceReader(
            EngineClient engine, Service service, LogQuery query, TaskNames names, BlockingQueue<Arrival> arrivals) {
        this.engine = engine;
        this.service = service;
        this.query = query;
        this.names = names;
        this.arrivals = arrivals;
    }

    Service service() {
        return service;
    }

    /** For how long nothing has come. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heard);
    }

    /** Ends reading, and says whether it had not been ended before; the end is announced nevertheless. */
    boolean close() {
        boolean first = !closed;
        closed = true;
        PieceSource reading = source;
        if (reading != null) {
            reading.close();
        }
        return first;
    }

    @Override
    public void run() {
        try {
            try {
                read();
            } finally {
                arrivals.put(new Arrival.End(this));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (!closed) {
            try {
                if (readOnce()) {
                    pause = FIRST_PAUSE;
                }
            } catch (EngineException e) {
                if (closed) {
                    return;
                }
                complain(e.reason());
                if (e.status().orElse(0) == 404) {
                    return;
                }
            }
            if (!query.follows()) {
                return;
            }
            again = true;
            Thread.sleep(pause.toMillis());
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
    }

    /** Reads until there is no more, and says whether there was anything new. */
    private boolean readOnce() throws InterruptedException {
        LineJoiner joiner = new LineJoiner();
        boolean any = false;
        try (PieceSource reading = PieceSource.open(engine, request(), service.form())) {
            source = reading;
            // Whoever closed before there was something to close has not closed this.
            Optional<List<Piece>> next = closed ? Optional.empty() : reading.next(this::complain);
            while (next.isPresent()) {
                heard = System.nanoTime();
                for (Piece piece : next.get()) {
                    Optional<Piece> line = joiner.add(piece);
                    any |= line.isPresent() && tell(line.get());
                }
                next = reading.next(this::complain);
            }
        } finally {
            source = null;
            if (!query.follows()) {
                for (Piece line : joiner.rest()) {
                    any |= tell(line);
                }
            }
        }
        return any;
    }

    private boolean tell(Piece line) throws InterruptedException {
        if (!told.isNew(line)) {
            return false;
        }
        complaint = "";
        String text = line.text();
        if (query.wants(text)) {
            arrivals.put(new Arrival.Event(new LogLine(
                    line.time(),
                    service.name(),
                    names.task(service.name(), service.fullName(), line.task()),
                    line.task(),
                    names.node(line.node()),
                    line.output(),
                    text)));
        }
        return true;
    }

    /** The same complaint is made once, until something was read again. */
    private void complain(String reason) {
        String plain = reason.replaceFirst("^Error grabbing logs: ", "")
                .replaceFirst("^rpc error: code = \\S+ desc = ", "")
                .replaceFirst("^warning: ", "");
        if (plain.equals(complaint)) {
            return;
        }
        complaint = plain;
        try {
            arrivals.put(new Arrival.Event(new LogTrouble(service.name(), names.withNodes(plain))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private EngineRequest request() {
        EngineRequest request = EngineRequest.get("services", service.fullName(), "logs")
                .with("stdout", "1")
                .with("stderr", "1")
                .with("timestamps", "1")
                .with("details", "1");
        if (query.follows()) {
            request = request.with("follow", "1");
        }
        Optional<Instant> since = again ? told.startAgain().or(this::afterOpening) : query.since();
        if (since.isPresent()) {
            Instant from = query.since().filter(its -> its.isAfter(since.get())).orElse(since.get());
            request =
                    request.with("since", String.format(Locale.ROOT, "%d.%09d", from.getEpochSecond(), from.getNano()));
        }
        return query.tail().isPresent() && !again
                ? request.with("tail", Integer.toString(query.tail().getAsInt()))
                : request;
    }

    /** Nothing was told yet: where only the last lines were wanted, those before are not wanted now. */
    private Optional<Instant> afterOpening() {
        return query.tail().isPresent() ? Optional.of(opened) : query.since();
    }
}
