package dev.prodstack.swarm.engine;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.prodstack.swarm.engine.EngineAddress.LocalSocket;
import dev.prodstack.swarm.engine.EngineAddress.NamedPipe;
import dev.prodstack.swarm.engine.EngineAddress.Network;
import dev.prodstack.swarm.engine.EngineAddress.Ssh;
import dev.prodstack.swarm.problem.EngineException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/** Carries requests to an engine and answers back, within deadlines. Safe for several threads. */
final class EngineTransport implements AutoCloseable {
    /** Enough for a program that deploys many services side by side. */
    private static final int CONNECTIONS = 32;

    private final EngineEndpoint endpoint;
    private final Deadlines deadlines;
    private final Optional<SSLContext> tls;
    private final Optional<SshForward> forward;
    private final URI uri;
    private final DockerHttpClient pool;
    private final Timed timed = new Timed();

    /**
     * An answer.
     *
     * @param status the HTTP status
     * @param apiVersion the header that says the engine's API version
     * @param contentType the header that says what the body is
     * @param body the body
     */
    record Answer(int status, Optional<String> apiVersion, String contentType, String body) {}

    EngineTransport(EngineEndpoint endpoint, Deadlines deadlines) {
        this.endpoint = endpoint;
        this.deadlines = deadlines;
        EngineAddress address = endpoint.address();
        this.tls = address instanceof Network network ? network.tls().map(TlsContext::of) : Optional.empty();
        this.forward =
                address instanceof Ssh ssh ? Optional.of(SshForward.to(ssh, deadlines.connect())) : Optional.empty();
        this.uri = uri(
                forward.<EngineAddress>map(its -> new LocalSocket(its.socket())).orElse(address));
        // A little later than the deadline, to end what is left behind when it passed; Unix sockets do not heed it.
        this.pool = client(CONNECTIONS)
                .responseTimeout(deadlines.answer().plusSeconds(1))
                .build();
    }

    EngineEndpoint endpoint() {
        return endpoint;
    }

    /**
     * Sends a request and reads the whole answer.
     *
     * @param target the encoded path and query
     * @throws EngineException if there is no answer, or it is an error
     */
    Answer ask(EngineRequest request, String target) {
        DockerHttpClient.Request sent = encode(request, target);
        return checked(request, target, () -> {
            try (DockerHttpClient.Response response = pool.execute(sent)) {
                return answer(response);
            }
        });
    }

    /**
     * Sends a request and leaves the answer's body to be read, with no deadline. It has a connection of its own, which
     * is cut when the body is closed: that ends a read that another thread is waiting in.
     *
     * @param target the encoded path and query
     * @throws EngineException if there is no answer, or it is an error
     */
    InputStream open(EngineRequest request, String target) {
        DockerHttpClient.Request sent = encode(request, target);
        DockerHttpClient own = client(1).build();
        boolean opened = false;
        try {
            InputStream body = checkedBody(request, target, own, sent);
            opened = true;
            return body;
        } finally {
            if (!opened) {
                Failures.ignoring(own);
            }
        }
    }

    private InputStream checkedBody(
            EngineRequest request, String target, DockerHttpClient own, DockerHttpClient.Request sent) {
        return within(request, target, () -> {
            DockerHttpClient.Response response = own.execute(sent);
            if (response.getStatusCode() >= 400) {
                throw Failures.refused(line(request, target), answer(response));
            }
            return new OwnedBody(response, own);
        });
    }

    private Answer checked(EngineRequest request, String target, Callable<Answer> exchange) {
        Answer answer = within(request, target, exchange);
        if (answer.status() >= 400) {
            throw Failures.refused(line(request, target), answer);
        }
        return answer;
    }

    private <T> T within(EngineRequest request, String target, Callable<T> exchange) {
        String line = line(request, target);
        try {
            return timed.run(deadlines.answer(), exchange);
        } catch (IOException e) {
            throw Failures.unreachable(endpoint, line, e, forward.flatMap(SshForward::complaint));
        } catch (TimeoutException e) {
            throw Failures.late(endpoint, line, deadlines.answer());
        } catch (InterruptedException e) {
            throw Failures.interrupted(line, e);
        }
    }

    private static String line(EngineRequest request, String target) {
        return request.method() + " " + target;
    }

    private static Answer answer(DockerHttpClient.Response response) throws IOException {
        try (InputStream in = response.getBody()) {
            byte[] body = in.readAllBytes();
            if (body.length == 0 && bodyMustBeAnnounced(response)) {
                throw new EOFException("the answer ends in its header");
            }
            return new Answer(
                    response.getStatusCode(),
                    Optional.ofNullable(response.getHeader("Api-Version")),
                    Optional.ofNullable(response.getHeader("Content-Type")).orElse("nothing"),
                    new String(body, StandardCharsets.UTF_8));
        }
    }

    /** The transport takes a header that is cut off for one that has ended; engines always say how long a body is. */
    private static boolean bodyMustBeAnnounced(DockerHttpClient.Response response) {
        return response.getStatusCode() != 204
                && response.getStatusCode() != 304
                && response.getHeader("Content-Length") == null
                && response.getHeader("Transfer-Encoding") == null;
    }

    private static DockerHttpClient.Request encode(EngineRequest request, String target) {
        DockerHttpClient.Request.Builder builder = DockerHttpClient.Request.builder();
        builder.method(request.method().name()).path(target);
        request.headers().forEach(builder::putHeader);
        // As a stream: the transport sends a body of bytes once more when the answer is 503, which may come after the
        // engine has begun to do what it was asked.
        request.body()
                .ifPresent(object -> builder.putHeader("Content-Type", "application/json")
                        .body(new ByteArrayInputStream(Json.bytes(object))));
        return builder.build();
    }

    private ZerodepDockerHttpClient.Builder client(int connections) {
        ZerodepDockerHttpClient.Builder builder = new ZerodepDockerHttpClient.Builder()
                .dockerHost(uri)
                .maxConnections(connections)
                .connectionTimeout(deadlines.connect());
        tls.ifPresent(context -> builder.sslConfig(() -> context));
        return builder;
    }

    private static URI uri(EngineAddress address) {
        try {
            if (address instanceof LocalSocket socket) {
                return new URI("unix", null, socket.path().toAbsolutePath().toString(), null);
            } else if (address instanceof NamedPipe pipe) {
                return new URI("npipe://" + pipe.name());
            } else if (address instanceof Network network) {
                return new URI("tcp", null, network.host(), network.port(), network.basePath(), null, null);
            }
            throw new IllegalArgumentException(address + " is reached through another");
        } catch (URISyntaxException e) {
            throw EngineException.address("no URI can be made of " + address + ": " + e.getReason(), "correct it", e);
        }
    }

    @Override
    public void close() {
        timed.close();
        Failures.ignoring(pool);
        forward.ifPresent(SshForward::close);
    }
}
