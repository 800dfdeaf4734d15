package dev.prodstack.core.compose.read;

import dev.prodstack.core.stack.Deploy;
import dev.prodstack.core.stack.Operations;
import dev.prodstack.core.stack.StackOperations;

/** Reads prodstack's own extension, {@value dev.prodstack.core.stack.Operations#KEY}. */
public interface OperationsReading {
    /**
     * What the extension says beside a service.
     *
     * @param name the service's name
     * @param service the service's fields
     * @param deploy how Swarm runs the service
     */
    Operations service(String name, Fields service, Deploy deploy);

    /** What the extension says at the top of the file. */
    StackOperations stack(Fields root);

    /** Checks what the extension says beside a network, volume, secret or config, which is kept as plain data. */
    void resource(Place resource);
}
