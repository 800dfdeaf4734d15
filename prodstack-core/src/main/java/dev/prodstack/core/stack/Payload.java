package dev.prodstack.core.stack;

import dev.prodstack.core.value.Copies;
import java.util.Map;

/** Where the content of a secret or config comes from. */
public sealed interface Payload {

    /**
     * From a file on the machine that deploys.
     *
     * @param path the file, absolute
     */
    record FromFile(String path) implements Payload {}

    /**
     * From an environment variable of the process that deploys.
     *
     * @param variable the variable's name
     */
    record FromEnvironment(String variable) implements Payload {}

    /**
     * From the Compose file itself. Only for configs.
     *
     * @param content the content
     */
    record Inline(String content) implements Payload {}

    /**
     * From a secret driver, when a task starts. Only for secrets.
     *
     * @param name the driver
     * @param options options for the driver
     */
    record FromDriver(String name, Map<String, String> options) implements Payload {
        /** Copies the options. */
        public FromDriver {
            options = Copies.of(options);
        }
    }

    /** It exists in the cluster already. */
    enum External implements Payload {
        /** The only one of its kind. */
        EXTERNAL
    }
}
