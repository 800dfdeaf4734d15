package dev.prodstack.swarm.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.prodstack.swarm.problem.EngineException;
import dev.prodstack.swarm.problem.EngineException.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says what went wrong with a request, and what to do about it. */
final class Failures {
    private static final int EXCERPT = 300;
    private static final String STILL_RUNS = "see whether the engine still runs";

    private Failures() {}

    /** A request that could not be sent, or whose answer did not come. */
    static EngineException unreachable(EngineEndpoint endpoint, String request, IOException e, Optional<String> ssh) {
        if (ssh.isPresent()) {
            return EngineException.of(
                    Kind.UNREACHABLE,
                    request,
                    "ssh does not lead to the engine of " + endpoint + ": " + ssh.get(),
                    "try it: ssh " + sshDestination(endpoint) + " docker version",
                    e);
        }
        String fix = fix(endpoint, e);
        if (!fix.isEmpty()) {
            return EngineException.of(
                    Kind.UNREACHABLE, request, "no engine at " + endpoint + ": " + message(e), fix, e);
        }
        boolean plain = endpoint.address() instanceof EngineAddress.Network network
                && network.tls().isEmpty();
        return EngineException.of(
                Kind.UNANSWERED,
                request,
                "the connection to " + endpoint + " broke: " + message(e),
                plain ? "see whether the engine still runs, and whether it wants TLS: DOCKER_TLS_VERIFY" : STILL_RUNS,
                e);
    }

    private static String sshDestination(EngineEndpoint endpoint) {
        return endpoint.address() instanceof EngineAddress.Ssh ssh
                ? (ssh.port().isPresent() ? "-p " + ssh.port().getAsInt() + " " : "")
                        + ssh.user().map(user -> user + "@").orElse("")
                        + ssh.host()
                : "";
    }

    private static String fix(EngineEndpoint endpoint, IOException e) {
        if (e instanceof SSLException) {
            return "compare ca.pem, cert.pem and key.pem with those of the engine, and the host with its certificate";
        }
        if (message(e).contains("Permission denied")) {
            return "run as root or as a member of the socket's group, mostly docker";
        }
        boolean notConnected = e instanceof ConnectException
                || e instanceof NoRouteToHostException
                || e instanceof UnknownHostException
                || e instanceof SocketTimeoutException
                || (e instanceof SocketException && message(e).contains("No such file"));
        if (!notConnected) {
            return "";
        }
        return endpoint.address() instanceof EngineAddress.LocalSocket
                ? "start the engine, or say with DOCKER_HOST or DOCKER_CONTEXT where it is"
                : "see whether the engine runs and listens there, and whether a firewall is in between";
    }

    /** A stream whose connection broke. */
    static EngineException broken(String request, IOException e) {
        return EngineException.of(
                Kind.UNANSWERED,
                request,
                "the connection broke: " + message(e),
                "see whether the engine still runs",
                e);
    }

    static EngineException late(EngineEndpoint endpoint, String request, Duration deadline) {
        return EngineException.of(
                Kind.UNANSWERED,
                request,
                "no answer within " + deadline.toMillis() + " ms from " + endpoint,
                "see whether the engine is overloaded or stuck, or allow it more time");
    }

    static EngineException interrupted(String request, InterruptedException e) {
        Thread.currentThread().interrupt();
        return EngineException.of(Kind.UNANSWERED, request, "interrupted while waiting for the answer", "", e);
    }

    /** An answer with an error status. */
    static EngineException refused(String request, EngineTransport.Answer answer) {
        String reason = reason(answer);
        return EngineException.refused(answer.status(), request, answer.status() + " " + reason, fix(answer, reason));
    }

    private static String reason(EngineTransport.Answer answer) {
        String body = answer.body().strip();
        try {
            String message = Json.parse(body).path("message").asText("").strip();
            if (!message.isEmpty()) {
                return message;
            }
        } catch (JsonProcessingException e) {
            // Then whatever it is.
        }
        if (body.isEmpty()) {
            return "without a word";
        }
        return excerpt(body);
    }

    private static String fix(EngineTransport.Answer answer, String reason) {
        if (reason.contains("HTTP request to an HTTPS server")) {
            return "set DOCKER_TLS_VERIFY=1, and DOCKER_CERT_PATH to the directory with ca.pem, cert.pem and key.pem";
        }
        if (reason.contains("is too old")) {
            return "this prodstack speaks API " + ApiVersion.OLDEST + " to " + ApiVersion.NEWEST + "; use a newer one";
        }
        if (reason.contains("update out of sequence")) {
            return "something else changed it in the meantime; try again";
        }
        if (reason.contains("not a swarm manager")) {
            return reason.contains("Worker nodes")
                    ? "connect to a manager: DOCKER_HOST or DOCKER_CONTEXT"
                    : "make this engine a swarm with \"docker swarm init\", or connect to a manager with DOCKER_HOST";
        }
        return switch (answer.status()) {
            case 401, 403 -> "see what the engine's authorization plugin, or the proxy before its socket, allows";
            default -> "";
        };
    }

    /** An answer that is no JSON. */
    static EngineException garbled(String request, EngineTransport.Answer answer) {
        return EngineException.of(
                Kind.GARBLED,
                request,
                "expected JSON, not " + answer.contentType() + ": "
                        + excerpt(answer.body().strip()),
                "see whether a Docker engine listens there");
    }

    static void ignoring(Closeable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            // What does not close well is closed nevertheless.
        }
    }

    private static String excerpt(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT) + "...";
    }

    private static String message(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
