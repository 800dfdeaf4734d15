package dev.prodstack.cli;

import dev.prodstack.core.print.JsonText;
import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.audit.AuditEntry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends entries of the audit trail to Sentry, or to what relays to it, as envelopes with one event. */
final class Relay {
    private static final Pattern DSN = Pattern.compile("(https?)://([^:@/]+)(?::[^@/]*)?@([^/]+)((?:/[^/]+)*)/(\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final URI envelopes;
    private final String key;

    private Relay(URI envelopes, String key) {
        this.envelopes = envelopes;
        this.key = key;
    }

    /**
     * The relay of a DSN, {@code https://KEY@HOST/PROJECT}.
     *
     * @throws IllegalArgumentException if it is none; the message does not repeat it
     */
    static Relay at(String dsn) {
        Matcher parts = DSN.matcher(dsn);
        if (!parts.matches()) {
            throw new IllegalArgumentException("its DSN is not of the form https://KEY@HOST/PROJECT");
        }
        return new Relay(
                URI.create(parts.group(1) + "://" + parts.group(3) + parts.group(4) + "/api/" + parts.group(5)
                        + "/envelope/"),
                parts.group(2));
    }

    /**
     * Sends an entry.
     *
     * @throws IOException if it does not arrive
     */
    void send(AuditEntry entry) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(envelopes)
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-sentry-envelope")
                .header("X-Sentry-Auth", "Sentry sentry_version=7, sentry_client=prodstack, sentry_key=" + key)
                .POST(HttpRequest.BodyPublishers.ofString(envelope(entry)))
                .build();
        try {
            int status = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status >= 300) {
                throw new IOException(envelopes.getHost() + " answers " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    static String envelope(AuditEntry entry) {
        Map<String, Data> event = new LinkedHashMap<>();
        event.put("event_id", Data.of(entry.id()));
        event.put("timestamp", Data.of(entry.time().toString()));
        event.put("platform", Data.of("other"));
        event.put("logger", Data.of("prodstack.audit"));
        event.put("level", Data.of(entry.outcome().equals("done") ? "info" : "error"));
        event.put("server_name", Data.of(entry.host()));
        event.put(
                "message",
                Data.of(Map.of(
                        "formatted",
                        Data.of(entry.command() + " of " + entry.stack() + ": " + entry.outcome()
                                + (entry.message().isEmpty() ? "" : ", " + entry.message())))));
        event.put("user", Data.of(Map.of("username", Data.of(entry.user()))));
        Map<String, Data> tags = new LinkedHashMap<>();
        tags.put("stack", Data.of(entry.stack()));
        tags.put("command", Data.of(entry.command()));
        tags.put("outcome", Data.of(entry.outcome()));
        event.put("tags", Data.of(tags));
        event.put(
                "extra",
                Data.of(Map.of(
                        "changes",
                        Data.of(entry.changes().stream().map(Data::of).toList()))));
        return JsonText.compact(Data.of(Map.of("event_id", Data.of(entry.id())))) + "\n{\"type\":\"event\"}\n"
                + JsonText.compact(Data.of(event)) + "\n";
    }
}
