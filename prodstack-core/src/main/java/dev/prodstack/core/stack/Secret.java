package dev.prodstack.core.stack;

import dev.prodstack.core.value.Copies;
import dev.prodstack.core.value.Data;
import java.util.Map;
import java.util.Optional;

/**
 * A secret that services read as a file.
 *
 * @param key its key in the file
 * @param name its name in the cluster, in place of the stack's name and the key
 * @param source where its content comes from
 * @param labels its labels
 * @param templateDriver the driver that expands templates in its content, {@code golang}
 * @param extensions {@code x-} extensions by key
 */
public record Secret(
        String key,
        Optional<String> name,
        Payload source,
        Map<String, String> labels,
        Optional<String> templateDriver,
        Map<String, Data> extensions) {
    /** Copies the maps. */
    public Secret {
        labels = Copies.of(labels);
        extensions = Copies.of(extensions);
    }
}
