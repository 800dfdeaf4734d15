package dev.prodstack.core.stack;

import dev.prodstack.core.value.Copies;
import java.util.Map;
import java.util.Optional;

/**
 * Where a container's output goes.
 *
 * @param driver the logging driver; the engine's default where absent
 * @param options the driver's options
 */
public record Logging(Optional<String> driver, Map<String, String> options) {
    /** Copies the options. */
    public Logging {
        options = Copies.of(options);
    }
}
