package dev.prodstack.swarm.plan;

import dev.prodstack.core.stack.Payload;
import dev.prodstack.core.value.Data;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A change to one object of the cluster. */
public sealed interface Change {

    /** What the Compose file calls it; its name in the cluster where no file does. */
    String key();

    /** Its name in the cluster. */
    String name();

    /**
     * A network comes into being.
     *
     * @param body what is sent to {@code POST /networks/create}
     */
    record CreateNetwork(String key, String name, Data body) implements Change {}

    /**
     * A version of a config comes into being. Configs cannot be changed, so services are led to the new one.
     *
     * @param replaces the version that services use now, if any
     * @param body what is sent to {@code POST /configs/create}
     * @param size the content's size in bytes
     */
    record CreateConfig(String key, String name, Optional<String> replaces, Data body, long size) implements Change {}

    /**
     * A version of a secret comes into being. Its value is read where it comes from when the plan is applied.
     *
     * @param replaces the version that services use now, if any
     * @param body what is sent to {@code POST /secrets/create}, without the value
     * @param source where the value comes from
     */
    record CreateSecret(String key, String name, Optional<String> replaces, Data body, Payload source)
            implements Change {}

    /**
     * A service comes into being.
     *
     * @param spec what is sent to {@code POST /services/create}; secrets and configs by name
     * @param tasks how many tasks it will have; nothing where that depends on the nodes
     * @param after the services it waits for
     */
    record CreateService(String key, String name, Data spec, Optional<Long> tasks, List<Gate> after) implements Change {
        /** Copies the list. */
        public CreateService {
            after = List.copyOf(after);
        }
    }

    /**
     * A job runs once to its end, and is gone after that. Services that must not change before it wait for it.
     *
     * @param key the name for people, such as {@code backend-migrate}
     * @param spec what is sent to {@code POST /services/create}; secrets and configs by name
     * @param timeout how long it may take
     * @param after the services it waits for
     */
    record RunJob(String key, String name, Data spec, Duration timeout, List<Gate> after) implements Change {
        /** Copies the list. */
        public RunJob {
            after = List.copyOf(after);
        }
    }

    /**
     * A service changes.
     *
     * @param id its id
     * @param version the version it was read at; an update of any other is refused by the engine
     * @param before its specification as it was read
     * @param spec the whole new specification; secrets and configs by name
     * @param differences what differs between the two, field by field
     * @param effect what happens to its tasks
     * @param replicas how its number of replicas was found
     * @param after the services it waits for
     */
    record UpdateService(
            String key,
            String name,
            String id,
            long version,
            Data before,
            Data spec,
            List<Difference> differences,
            TaskEffect effect,
            ReplicaChoice replicas,
            List<Gate> after)
            implements Change {
        /** Copies the lists. */
        public UpdateService {
            differences = List.copyOf(differences);
            after = List.copyOf(after);
        }
    }

    /**
     * An object is removed, after everything else has succeeded.
     *
     * @param kind what it is
     * @param id its id
     * @param reason why, such as "no longer in the file"
     */
    record Remove(ObjectKind kind, String key, String name, String id, String reason) implements Change {}
}
