package dev.prodstack.swarm.progress;

import dev.prodstack.swarm.plan.ObjectKind;
import java.time.Duration;
import java.util.List;

/** Something that happens while a plan is applied. Services are called what the Compose file calls them. */
public sealed interface DeployEvent {

    /**
     * The cluster keeps what is about to be made of the stack.
     *
     * @param number the release's number
     */
    record ReleaseBegun(int number) implements DeployEvent {}

    /**
     * An object other than a service was created.
     *
     * @param kind what it is
     * @param name its name in the cluster
     */
    record ObjectCreated(ObjectKind kind, String name) implements DeployEvent {}

    /**
     * A service waits for others.
     *
     * @param service the service that waits
     * @param others the services it waits for
     */
    record Waiting(String service, List<String> others) implements DeployEvent {
        /** Copies the list. */
        public Waiting {
            others = List.copyOf(others);
        }
    }

    /**
     * The engine has accepted a change of a service.
     *
     * @param service the service
     * @param step which change
     */
    record Begun(String service, Step step) implements DeployEvent {}

    /** The changes of a service. */
    enum Step {
        /** It is created. */
        CREATE,
        /** It is a job, and runs. */
        RUN,
        /** It is updated. */
        UPDATE,
        /** Its update waited for a task on a lost node, and begins anew where it stands. */
        RESUME,
        /** It goes back to what it was before. */
        GO_BACK
    }

    /**
     * A service is further than before, or waits for something else than before.
     *
     * @param service the service
     * @param running new tasks that run and are healthy
     * @param wanted how many there are to be
     * @param old tasks of the version before that still run
     * @param waitingFor what keeps it; empty where nothing in particular does
     */
    record Progressed(String service, long running, long wanted, long old, String waitingFor) implements DeployEvent {}

    /**
     * A service is what it is to be.
     *
     * @param service the service
     * @param running how many tasks run
     * @param took since its change was accepted
     */
    record Settled(String service, long running, Duration took) implements DeployEvent {}

    /**
     * A service will not become what it is to be.
     *
     * @param failure what is known of it
     */
    record Failed(ServiceFailure failure) implements DeployEvent {}

    /**
     * What was changed goes back to what ran before.
     *
     * @param services the services that go back
     */
    record GoingBack(List<String> services) implements DeployEvent {
        /** Copies the list. */
        public GoingBack {
            services = List.copyOf(services);
        }
    }

    /**
     * An object was removed.
     *
     * @param kind what it is
     * @param name its name in the cluster
     */
    record Removed(ObjectKind kind, String name) implements DeployEvent {}

    /**
     * An object could not be removed; it is left behind.
     *
     * @param kind what it is
     * @param name its name in the cluster
     * @param reason why
     */
    record NotRemoved(ObjectKind kind, String name, String reason) implements DeployEvent {}
}
