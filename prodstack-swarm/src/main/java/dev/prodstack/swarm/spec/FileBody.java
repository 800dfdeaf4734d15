package dev.prodstack.swarm.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.stack.Config;
import dev.prodstack.core.stack.Payload;
import dev.prodstack.core.stack.Secret;
import dev.prodstack.core.value.Copies;
import java.util.Map;
import java.util.Optional;

/**
 * A secret or config to create, without its content.
 *
 * @param key its key in the file
 * @param name its name in the cluster
 * @param labels its labels, that of the stack among them
 * @param driver the secret driver that has the content, in place of the cluster
 * @param templating the driver that expands templates in the content
 */
public record FileBody(
        String key,
        String name,
        Map<String, String> labels,
        Optional<Payload.FromDriver> driver,
        Optional<String> templating) {
    /** Copies the labels. */
    public FileBody {
        labels = Copies.of(labels);
    }

    static FileBody of(Secret secret, String name, Namespace namespace) {
        Optional<Payload.FromDriver> driver =
                secret.source() instanceof Payload.FromDriver from ? Optional.of(from) : Optional.empty();
        return new FileBody(secret.key(), name, namespace.labels(secret.labels()), driver, secret.templateDriver());
    }

    static FileBody of(Config config, String name, Namespace namespace) {
        return new FileBody(
                config.key(), name, namespace.labels(config.labels()), Optional.empty(), config.templateDriver());
    }

    /** The body to create it with, but for {@code Data}, the content in Base64; with a driver there is none. */
    public ObjectNode toBody() {
        return new Draft()
                .text("Name", name)
                .texts("Labels", labels)
                .with("Driver", driver.map(FileBody::driver))
                .with(
                        "Templating",
                        templating.map(
                                engine -> new Draft().text("Name", engine).node()))
                .node();
    }

    private static ObjectNode driver(Payload.FromDriver driver) {
        return new Draft()
                .text("Name", driver.name())
                .texts("Options", driver.options())
                .node();
    }
}
