package dev.prodstack.core.stack;

import dev.prodstack.core.value.Copies;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the processes of a container may do and use.
 *
 * @param addedCapabilities capabilities beyond the default ones
 * @param droppedCapabilities default capabilities taken away
 * @param readOnly whether the root file system is read-only
 * @param sysctls kernel parameters of the container's namespaces
 * @param ulimits resource limits by name ({@code nofile}, ...)
 * @param oomScoreAdjustment how readily the kernel kills it when memory runs out, -1000 to 1000
 * @param isolation the isolation technology, on Windows
 * @param credentialSpec a managed service account, on Windows
 */
public record Confinement(
        List<String> addedCapabilities,
        List<String> droppedCapabilities,
        boolean readOnly,
        Map<String, String> sysctls,
        Map<String, Ulimit> ulimits,
        OptionalInt oomScoreAdjustment,
        Optional<String> isolation,
        Optional<CredentialSpec> credentialSpec) {
    /** Copies the collections. */
    public Confinement {
        addedCapabilities = List.copyOf(addedCapabilities);
        droppedCapabilities = List.copyOf(droppedCapabilities);
        sysctls = Copies.of(sysctls);
        ulimits = Copies.of(ulimits);
    }

    /**
     * A resource limit as of {@code setrlimit(2)}; -1 is unlimited.
     *
     * @param soft the limit in force
     * @param hard the highest value the process may raise it to
     */
    public record Ulimit(long soft, long hard) {}

    /** Where the credential spec of a managed service account comes from. */
    public sealed interface CredentialSpec {
        /**
         * From a config of the stack.
         *
         * @param key the config's key
         */
        record FromConfig(String key) implements CredentialSpec {}

        /**
         * From a file on the node.
         *
         * @param path the file
         */
        record FromFile(String path) implements CredentialSpec {}

        /**
         * From the node's registry.
         *
         * @param value the registry value
         */
        record FromRegistry(String value) implements CredentialSpec {}
    }
}
