package dev.prodstack.core.stack;

import dev.prodstack.core.value.Copies;
import dev.prodstack.core.value.Data;
import java.util.List;
import java.util.Map;

/**
 * How a service is attached to a network.
 *
 * @param aliases further names of the service on the network
 * @param driverOptions options for the network's driver
 * @param composeOnly settings that Swarm ignores, such as a fixed address
 */
public record NetworkAttachment(
        List<String> aliases, Map<String, String> driverOptions, Map<String, Data> composeOnly) {
    /** Copies the collections. */
    public NetworkAttachment {
        aliases = List.copyOf(aliases);
        driverOptions = Copies.of(driverOptions);
        composeOnly = Copies.of(composeOnly);
    }

    /** An attachment without any settings. */
    public static NetworkAttachment plain() {
        return new NetworkAttachment(List.of(), Map.of(), Map.of());
    }
}
