package dev.prodstack.core.stack;

import dev.prodstack.core.value.Copies;
import dev.prodstack.core.value.Data;
import java.util.Map;
import java.util.Optional;

/**
 * A named volume.
 *
 * @param key its key in the file
 * @param name its name on the nodes, in place of the stack's name and the key
 * @param external whether it exists already and is not managed with the stack
 * @param driver the volume driver; local where absent
 * @param driverOptions options for the driver, such as an NFS server's address
 * @param labels its labels
 * @param clusterSpec the specification of a cluster volume ({@code x-cluster-spec})
 * @param extensions other {@code x-} extensions by key
 */
public record Volume(
        String key,
        Optional<String> name,
        boolean external,
        Optional<String> driver,
        Map<String, String> driverOptions,
        Map<String, String> labels,
        Optional<Data> clusterSpec,
        Map<String, Data> extensions) {
    /** Copies the maps. */
    public Volume {
        driverOptions = Copies.of(driverOptions);
        labels = Copies.of(labels);
        extensions = Copies.of(extensions);
    }
}
