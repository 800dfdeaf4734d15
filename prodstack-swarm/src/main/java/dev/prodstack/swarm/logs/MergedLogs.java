package dev.prodstack.swarm.logs;

import dev.prodstack.swarm.engine.EngineClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Merges what the readers of services read, each in a thread of its own. */
final class MergedLogs extends Spliterators.AbstractSpliterator<LogEvent> {
    /** How long lines wait for earlier ones of other services. */
    private static final Duration WINDOW = Duration.ofMillis(300);

    private static final long LOOK_EVERY_MILLIS = 50;

    /** How far readers may be ahead of who merges. */
    private static final int AHEAD = 10_000;

    private final LogQuery query;
    private final Duration patience;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>(AHEAD);
    private final Map<ServiceReader, Thread> readers = new ConcurrentHashMap<>();
    private final Queue<LogTrouble> troubles = new ArrayDeque<>();
    private final LineOrder order;
    private int running;
    private volatile boolean closed;

    MergedLogs(LogQuery query, Duration patience) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.query = query;
        this.patience = patience;
        this.order = query.follows() ? LineOrder.within(WINDOW) : LineOrder.ofAll();
    }

    void tell(LogTrouble trouble) {
        troubles.add(trouble);
    }

    void read(EngineClient engine, ServiceReader.Service service, TaskNames names) {
        ServiceReader reader = new ServiceReader(engine, service, query, names, arrivals);
        Thread thread = new Thread(reader, "prodstack-logs-" + service.fullName());
        thread.setDaemon(true);
        readers.put(reader, thread);
        running++;
        thread.start();
    }

    @Override
    public boolean tryAdvance(Consumer<? super LogEvent> action) {
        while (!closed) {
            Optional<? extends LogEvent> next = next();
            if (next.isPresent()) {
                action.accept(next.get());
                return true;
            }
            if (running == 0 && arrivals.isEmpty()) {
                return false;
            }
            try {
                await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    private Optional<? extends LogEvent> next() {
        if (!troubles.isEmpty()) {
            return Optional.of(troubles.remove());
        }
        if (running == 0 && arrivals.isEmpty()) {
            order.complete();
        }
        return order.poll(System.nanoTime());
    }

    private void await() throws InterruptedException {
        Optional<Arrival> first = Optional.ofNullable(arrivals.poll(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS));
        first.ifPresent(this::take);
        // No more than were there at once, so that those who write much do not keep others from being told.
        for (int left = arrivals.size(); left > 0; left--) {
            take(arrivals.remove());
        }
        if (first.isEmpty() && !query.follows()) {
            giveUpOnTheSilent();
        }
    }

    private void take(Arrival arrival) {
        if (arrival instanceof Arrival.End end) {
            running--;
            readers.remove(end.reader());
        } else if (arrival instanceof Arrival.Event event) {
            if (event.event() instanceof LogLine line) {
                order.add(line, System.nanoTime());
            } else if (event.event() instanceof LogTrouble trouble) {
                troubles.add(trouble);
            }
        }
    }

    private void giveUpOnTheSilent() {
        for (ServiceReader reader : readers.keySet()) {
            if (reader.silence().compareTo(patience) > 0 && reader.close()) {
                troubles.add(new LogTrouble(
                        reader.service().name(),
                        "the engine has sent nothing more for " + patience.toSeconds()
                                + " s; it may wait for a node that is gone"));
            }
        }
    }

    void close() {
        closed = true;
        readers.forEach((reader, thread) -> {
            reader.close();
            thread.interrupt();
        });
    }
}
