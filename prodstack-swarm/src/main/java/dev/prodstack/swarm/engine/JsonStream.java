package dev.prodstack.swarm.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import dev.prodstack.swarm.problem.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Objects that an engine sends one after another as they come about, such as events. One thread reads; any may close.
 */
public final class JsonStream implements AutoCloseable {
    private final String request;
    private final InputStream in;
    private @Nullable MappingIterator<JsonNode> objects;
    private volatile boolean closed;

    JsonStream(String request, InputStream in) {
        this.request = request;
        this.in = in;
    }

    /**
     * Waits for the next object.
     *
     * @return the object, or nothing once the engine has sent its last or this stream was closed
     * @throws EngineException if the connection breaks or what comes is no JSON
     */
    public Optional<JsonNode> next() {
        try {
            if (objects == null) {
                // Not before: it waits for the first bytes.
                objects = Json.parseMany(in);
            }
            return objects.hasNextValue() ? Optional.of(objects.nextValue()) : Optional.empty();
        } catch (JsonProcessingException e) {
            if (closed) {
                // In the middle of an object.
                return Optional.empty();
            }
            throw EngineException.of(
                    EngineException.Kind.GARBLED,
                    request,
                    "expected JSON: " + e.getOriginalMessage(),
                    "see whether a proxy is in between",
                    e);
        } catch (IOException e) {
            if (closed) {
                return Optional.empty();
            }
            throw Failures.broken(request, e);
        }
    }

    @Override
    public void close() {
        closed = true;
        Failures.ignoring(in);
    }
}
