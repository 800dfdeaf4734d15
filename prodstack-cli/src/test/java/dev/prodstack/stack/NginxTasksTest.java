package dev.prodstack.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real nginx with the stack's configuration, while tasks come, go and die behind it. */
@Tag("engine")
@Timeout(120)
class NginxTasksTest {
    private static final String FIRST = "127.83.0.1";
    private static final String SECOND = "127.83.0.2";
    private static final String DEAD = "127.83.0.9";

    /** What Swarm leaves between taking a task from its DNS and telling it to stop. */
    private static final long FROM_DNS_TO_STOP = 2000;

    private final DnsServer dns = new DnsServer();
    private final Nginx nginx;
    private final Task first;
    private final Task second;
    private final HttpClient client;

    NginxTasksTest(@TempDir Path directory) throws Exception {
        nginx = new Nginx(directory, dns.port());
        first = new Task("first", FIRST, nginx.services());
        second = new Task("second", SECOND, nginx.services());
        client = nginx.client();
    }

    @AfterEach
    void stop() throws Exception {
        nginx.close();
        first.close();
        second.close();
        dns.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        // HTTP/1.1 says cleanly when a connection ends; Java takes the end of an HTTP/2 connection for an error.
        return client.send(request.version(HttpClient.Version.HTTP_1_1).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The first words of the answers to so many requests. */
    private Set<String> answers(int requests) throws Exception {
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < requests; i++) {
            HttpResponse<String> response = send(nginx.https("/page"));
            seen.add(response.statusCode() == 200 ? response.body() : response.statusCode() + "");
        }
        return seen;
    }

    @Test
    void everyTaskHasItsShare() throws Exception {
        dns.set("tasks.frontend", FIRST, SECOND);

        assertThat(answers(100)).containsExactly("first /page", "second /page");
    }

    @Test
    void tasksThatComeAndGoAreFollowed() throws Exception {
        dns.set("tasks.frontend", FIRST);
        assertThat(answers(20)).containsExactly("first /page");

        dns.set("tasks.frontend", SECOND);
        for (int i = 0; i < 100 && !answers(1).contains("second /page"); i++) {
            Thread.sleep(100);
        }
        first.close();
        assertThat(answers(20)).containsExactly("second /page");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void aDeadTaskCostsNoRequest(String method) throws Exception {
        dns.set("tasks.frontend", FIRST, DEAD);
        for (int i = 0; i < 100; i++) {
            assertThat(send(nginx.https("/page").method(method, HttpRequest.BodyPublishers.ofString("order")))
                            .body())
                    .isEqualTo("first /page");
        }

        assertThat(Files.readString(nginx.log()))
                .as("it was tried")
                .contains("\"upstream\":\"%s:%d, %s:%d\",\"upstream_status\":\"502, 200\""
                        .formatted(DEAD, nginx.services(), FIRST, nginx.services()));
    }

    @Test
    void noRequestIsLostWhileEveryTaskIsReplaced() throws Exception {
        dns.set("tasks.frontend", FIRST);
        AtomicBoolean replaced = new AtomicBoolean();
        CompletableFuture<Set<String>> seen = CompletableFuture.supplyAsync(() -> {
            Set<String> all = new TreeSet<>();
            try {
                while (!replaced.get()) {
                    all.addAll(answers(10));
                }
                all.addAll(answers(10));
            } catch (Exception e) {
                all.add(e.toString());
            }
            return all;
        });
        Thread.sleep(FROM_DNS_TO_STOP / 4);
        dns.set("tasks.frontend", FIRST, SECOND);
        dns.set("tasks.frontend", SECOND);
        Thread.sleep(FROM_DNS_TO_STOP);
        first.close();
        Thread.sleep(FROM_DNS_TO_STOP / 4);
        replaced.set(true);

        assertThat(seen.get(60, TimeUnit.SECONDS)).containsExactly("first /page", "second /page");
    }

    @Test
    void aServiceWithoutTasksIsABadGatewayUntilItHasSome() throws Exception {
        assertThat(answers(1)).containsExactly("502");

        dns.set("tasks.frontend", FIRST);
        for (int i = 0; i < 100 && answers(1).contains("502"); i++) {
            Thread.sleep(100);
        }
        assertThat(answers(20)).containsExactly("first /page");
    }
}
