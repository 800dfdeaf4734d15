package dev.prodstack.backup.http;

import dev.prodstack.backup.server.Account;
import dev.prodstack.backup.server.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/**
 * A server with an API over HTTP, inside the stack's networks.
 *
 * @param product what it is, for messages
 * @param server where it is
 * @param account who one is; nobody where absent
 */
public record HttpServer(String product, Server server, Optional<Account> account) {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofMinutes(10);
    private static final int SUCCESS = 2;
    private static final int SHOWN = 300;

    /** Checks that nothing is missing. */
    public HttpServer {
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(account, "account");
    }

    /**
     * Asks, and returns the body of the answer.
     *
     * @param doing what for, such as {@code list the users}
     * @throws IOException if it cannot be reached or answers with a failure; says what to do
     */
    public byte[] ask(String doing, String method, String path, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + server + path))
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (account.isPresent()) {
            String login = account.get().user() + ":" + account.get().password();
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        }
        HttpResponse<byte[]> answer;
        try {
            answer = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .build()
                    .send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new IOException(
                    product + " at " + server + ": cannot " + doing + ": " + why
                            + ". See that it runs and can be reached from here.",
                    e);
        }
        if (answer.statusCode() / 100 != SUCCESS) {
            throw new IOException(product + " at " + server + ": cannot " + doing + ": it answers "
                    + answer.statusCode() + " " + shown(answer.body()) + "." + advice(answer.statusCode()));
        }
        return answer.body();
    }

    private static String shown(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    }

    private static String advice(int status) {
        return switch (status) {
            case 401 -> " See that user and password file are right.";
            case 403 -> " Give the user the rights of an administrator.";
            case 404 -> " See that the port is that of its API, and that the API is switched on.";
            default -> " See its log.";
        };
    }
}
