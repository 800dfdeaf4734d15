package dev.prodstack.core.stack;

import dev.prodstack.core.value.Copies;
import dev.prodstack.core.value.Data;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How Swarm runs a service.
 *
 * @param mode how many tasks there are
 * @param replicas the number of replicas, or the completions of a job; 1 where absent
 * @param labels labels of the service
 * @param updateConfig how tasks are replaced on an update
 * @param rollbackConfig how tasks are replaced on a rollback
 * @param resources what each task may use and is granted
 * @param restartPolicy what happens when a task ends
 * @param placement on which nodes tasks run
 * @param endpointMode how the service's name resolves
 * @param extensions {@code x-} extensions of the section, by key
 */
public record Deploy(
        Optional<Mode> mode,
        OptionalInt replicas,
        Map<String, String> labels,
        Optional<UpdateConfig> updateConfig,
        Optional<UpdateConfig> rollbackConfig,
        Resources resources,
        Optional<RestartPolicy> restartPolicy,
        Placement placement,
        Optional<EndpointMode> endpointMode,
        Map<String, Data> extensions) {
    /** Copies the maps. */
    public Deploy {
        labels = Copies.of(labels);
        extensions = Copies.of(extensions);
    }

    /** How many tasks a service has. */
    public enum Mode {
        /** A number of replicas, kept up. */
        REPLICATED,
        /** One task on each node, kept up. */
        GLOBAL,
        /** A number of tasks that run once to their end. */
        REPLICATED_JOB,
        /** One task on each node that runs once to its end. */
        GLOBAL_JOB;

        /** The name as Compose files write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** How a service's name resolves. */
    public enum EndpointMode {
        /** To one virtual address, behind which the kernel balances. */
        VIP,
        /** To the addresses of all tasks. */
        DNSRR;

        /** The name as Compose files write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
