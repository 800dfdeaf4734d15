package dev.prodstack.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests of which each costs the service so many milliseconds of processor time, as many a second as make up a
 * load in processors. It does not wait for answers before it sends on, as people who visit a shop do not.
 */
final class LoadGenerator implements AutoCloseable {
    private static final int CLIENTS = 16;
    private static final double MILLIS_A_REQUEST = 20;
    private static final double MILLIS = 1_000;
    private static final double NANOS = 1e6;

    private final HttpClient client;
    private final HttpRequest request;
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final Thread pace;
    private volatile double load;

    LoadGenerator(HttpClient client, URI server) {
        this.client = client;
        request = HttpRequest.newBuilder(server.resolve("/api/demo/load?milliseconds=" + Math.round(MILLIS_A_REQUEST)))
                .timeout(Duration.ofSeconds(30))
                .build();
        pace = new Thread(this::run, "load");
        pace.setDaemon(true);
        pace.start();
    }

    /** From now on so many processors' worth of requests. */
    void set(double processors) {
        load = processors;
    }

    double load() {
        return load;
    }

    /** How many requests were answered with 200. */
    int answered() {
        return answered.get();
    }

    /** The requests that were not, and how. */
    Queue<String> failures() {
        return failures;
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            double now = load;
            if (now > 0) {
                clients.execute(this::ask);
            }
            LockSupport.parkNanos((long) (NANOS * (now > 0 ? MILLIS_A_REQUEST / now : MILLIS / 10)));
        }
    }

    private void ask() {
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status == 200) {
                answered.incrementAndGet();
            } else {
                failures.add("status " + status);
            }
        } catch (IOException e) {
            failures.add(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        pace.interrupt();
        clients.shutdownNow();
    }
}
