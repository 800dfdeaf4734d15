package dev.prodstack.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that ask without pause until they are closed, and remember each answer that is not 200 and each request
 * without one. They stay below the rate limit of nginx (50 requests a second to the API).
 */
final class Hammer implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(60);

    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicInteger answered = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> clients = new ArrayList<>();

    /** Starts one client for each address. */
    Hammer(HttpClient client, List<URI> addresses) {
        for (URI address : addresses) {
            Thread thread = new Thread(() -> ask(client, address), "hammer " + address.getPath());
            thread.setDaemon(true);
            thread.start();
            clients.add(thread);
        }
    }

    private void ask(HttpClient client, URI address) {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30)).build();
        try {
            while (!closed.get()) {
                try {
                    int status = client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode();
                    if (status == 200) {
                        answered.incrementAndGet();
                    } else {
                        failures.add(address.getPath() + ": " + status);
                    }
                } catch (IOException e) {
                    failures.add(address.getPath() + ": " + e);
                }
                Thread.sleep(BETWEEN.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many requests were answered with 200. */
    int answered() {
        return answered.get();
    }

    /** The requests that were not, and how. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Asks no more, and returns when the last request has its answer. */
    void stop() throws InterruptedException {
        closed.set(true);
        for (Thread client : clients) {
            client.join();
        }
    }

    @Override
    public void close() {
        closed.set(true);
    }
}
