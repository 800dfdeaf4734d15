package dev.prodstack.autoscale.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prodstack.core.scaling.MetricSources.Credentials;
import dev.prodstack.core.scaling.MetricSources.Endpoint;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP service that answers in JSON. What fails on the way, and what the server says is its own fault (5xx, 429), is
 * asked again after a pause of chance length, as long as there is time.
 */
final class HttpEndpoint implements AutoCloseable {
    private static final long MOST_BYTES = 64L << 20;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int EXCERPT = 200;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Endpoint endpoint;
    private final Secrets secrets;
    private final Patience patience;
    private final OkHttpClient client;

    HttpEndpoint(Endpoint endpoint, Secrets secrets, Patience patience) {
        this.endpoint = endpoint;
        this.secrets = secrets;
        this.patience = patience;
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .callTimeout(patience.attempt())
                .connectTimeout(patience.attempt())
                .readTimeout(patience.attempt())
                .retryOnConnectionFailure(false);
        endpoint.caFile().ifPresent(file -> TrustedCertificates.of(file).applyTo(builder));
        client = builder.build();
    }

    /** Its address, for messages. */
    String address() {
        return endpoint.address().toString();
    }

    /** The base address, to which segments are added. */
    HttpUrl.Builder url() {
        return Objects.requireNonNull(HttpUrl.get(endpoint.address().uri()), "an HTTP address")
                .newBuilder();
    }

    /**
     * An answer.
     *
     * @param status the HTTP status
     * @param body what it says
     * @param serverTime the server's clock when it answered, cut to a second
     */
    record Reply(int status, JsonNode body, Optional<Instant> serverTime) {}

    /**
     * Sends a request and reads the answer. Statuses from 400 on that are not the server's fault are answers too.
     *
     * @throws SourceFailure if there is no answer in time, or none that is JSON
     */
    Reply send(Request.Builder request) {
        long end = System.nanoTime() + patience.whole().toNanos();
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                return once(authorised(request).build());
            } catch (Unlucky e) {
                long millis = pause.toMillis() / 2 + ThreadLocalRandom.current().nextLong(pause.toMillis());
                boolean late = System.nanoTime() + Duration.ofMillis(millis).toNanos() > end;
                if (attempt >= patience.attempts() || late) {
                    throw new SourceFailure(e.words(), e);
                }
                sleep(millis, e);
                pause = pause.multipliedBy(2);
            }
        }
    }

    private static void sleep(long millis, Unlucky reason) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceFailure(reason.words(), e);
        }
    }

    private Request.Builder authorised(Request.Builder request) {
        if (endpoint.credentials() instanceof Credentials.Basic basic) {
            String header =
                    okhttp3.Credentials.basic(basic.user(), secrets.read(basic.password()), StandardCharsets.UTF_8);
            return request.header("Authorization", header);
        }
        if (endpoint.credentials() instanceof Credentials.Bearer bearer) {
            return request.header("Authorization", "Bearer " + secrets.read(bearer.token()));
        }
        return request;
    }

    private Reply once(Request request) throws Unlucky {
        try (Response response = client.newCall(request).execute()) {
            BufferedSource source = response.body().source();
            if (source.request(MOST_BYTES + 1)) {
                throw new SourceFailure(address() + " answers with more than " + (MOST_BYTES >> 20) + " MiB");
            }
            String body = source.readUtf8();
            int status = response.code();
            if (status >= SERVER_ERROR || status == TOO_MANY_REQUESTS) {
                throw new Unlucky(address() + " answers " + status + excerpt(body), null);
            }
            Optional<Instant> time =
                    Optional.ofNullable(response.headers().getDate("Date")).map(Date::toInstant);
            return new Reply(status, parse(status, body), time);
        } catch (InterruptedIOException e) {
            throw new Unlucky(
                    address() + " does not answer within " + patience.attempt().toMillis() + " ms", e);
        } catch (IOException e) {
            throw new Unlucky(address() + " cannot be reached (" + words(e) + ")", e);
        }
    }

    private JsonNode parse(int status, String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new SourceFailure(address() + " answers " + status + " without JSON" + excerpt(body), e);
        }
    }

    private static String excerpt(String body) {
        String line = body.strip().replaceAll("\\s+", " ");
        return line.isEmpty() ? "" : ": " + line.substring(0, Math.min(EXCERPT, line.length()));
    }

    private static String words(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** Something that may go well when tried again. */
    private static final class Unlucky extends Exception {
        private static final long serialVersionUID = 1L;

        private final String words;

        Unlucky(String words, @Nullable IOException cause) {
            super(words, cause);
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
