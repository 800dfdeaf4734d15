package dev.prodstack.core.lint;

import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.compose.SourceMap;
import dev.prodstack.core.rollout.RolloutStrategy;
import dev.prodstack.core.scaling.ReplicaRange;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.stack.Deploy.Mode;
import dev.prodstack.core.stack.HealthCheck;
import dev.prodstack.core.stack.Mount;
import dev.prodstack.core.stack.Port;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.stack.UpdateConfig.Order;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A service as the rules see it, with Swarm's defaults where the file says nothing. */
final class ServiceFacts {
    private final Service service;
    private final ComposeFile file;
    private final UpdateFacts update;
    private final UpdateFacts rollback;
    private final Optional<HealthFacts> health;
    private final List<Constraint> constraints;
    private final int volumes;

    ServiceFacts(Service service, ComposeFile file) {
        this.service = service;
        this.file = file;
        this.update = new UpdateFacts("update_config", service.deploy().updateConfig());
        this.rollback = new UpdateFacts("rollback_config", service.deploy().rollbackConfig());
        this.health = service.healthCheck().filter(ServiceFacts::runs).map(HealthFacts::new);
        this.constraints = service.deploy().placement().constraints().stream()
                .flatMap(text -> Constraint.parse(text).stream())
                .toList();
        this.volumes = countVolumes(service, file.positions());
    }

    private static boolean runs(HealthCheck check) {
        return !check.disabled()
                && !check.test().filter(test -> test.equals(List.of("NONE"))).isPresent();
    }

    Service service() {
        return service;
    }

    Stack stack() {
        return file.stack();
    }

    /** Another service of the stack. */
    Optional<ServiceFacts> sibling(String name) {
        return Optional.ofNullable(stack().services().get(name)).map(other -> new ServiceFacts(other, file));
    }

    String name() {
        return service.name();
    }

    Mode mode() {
        return service.deploy().mode().orElse(Mode.REPLICATED);
    }

    boolean isJob() {
        return mode() == Mode.REPLICATED_JOB || mode() == Mode.GLOBAL_JOB;
    }

    boolean isReplicated() {
        return mode() == Mode.REPLICATED;
    }

    boolean isGlobal() {
        return mode() == Mode.GLOBAL || mode() == Mode.GLOBAL_JOB;
    }

    /** The fewest replicas it runs; meaningless for a global service. */
    int fewestReplicas() {
        return bounds().map(ReplicaRange::min)
                .orElseGet(() -> service.deploy().replicas().orElse(1));
    }

    /** The most replicas it runs; meaningless for a global service. */
    int mostReplicas() {
        return bounds().map(ReplicaRange::max)
                .orElseGet(() -> service.deploy().replicas().orElse(1));
    }

    /** Between what the autoscaler keeps the number of replicas, if it does. */
    private Optional<ReplicaRange> bounds() {
        return service.operations().autoscale().map(ScalingPolicy::bounds);
    }

    UpdateFacts update() {
        return update;
    }

    UpdateFacts rollback() {
        return rollback;
    }

    /** Whether an update or a rollback runs old and new tasks side by side. */
    boolean startsFirst() {
        return !isJob() && (update.order() == Order.START_FIRST || rollback.order() == Order.START_FIRST);
    }

    /** Whether Swarm replaces its tasks group by group, as opposed to a rollout of prodstack's own. */
    boolean rolls() {
        return !isJob() && service.operations().rollout() == RolloutStrategy.Rolling.ROLLING;
    }

    /** Whether two of its tasks get into each other's way: by a port of the node, or by a database's files. */
    boolean cannotRunTwice() {
        boolean filesOfItsOwn =
                database().isPresent() && writtenVolumes().findAny().isPresent();
        return filesOfItsOwn || fixedHostPorts().findAny().isPresent();
    }

    /** The section that says start first. */
    UpdateFacts startFirstSection() {
        return update.order() == Order.START_FIRST ? update : rollback;
    }

    /** The health check the file gives, unless it is switched off. */
    Optional<HealthFacts> health() {
        return health;
    }

    /** The placement constraints that are well formed. */
    List<Constraint> constraints() {
        return constraints;
    }

    /** The constraint that leaves one node, if there is one. */
    Optional<Constraint> onlyNode() {
        return constraints.stream().filter(Constraint::namesOneNode).findFirst();
    }

    /** Where a mount of the service is said: under volumes or, behind those, under tmpfs. */
    String mountPath(int index) {
        return index < volumes ? "volumes[" + index + "]" : "tmpfs[" + (index - volumes) + "]";
    }

    private static int countVolumes(Service service, SourceMap positions) {
        int count = 0;
        while (positions.has("services." + service.name() + ".volumes[" + count + "]")) {
            count++;
        }
        return count;
    }

    /** The named volumes it can write to. */
    Stream<Mount.OfVolume> writtenVolumes() {
        return service.mounts().stream()
                .filter(mount -> !mount.readOnly()
                        && mount instanceof Mount.OfVolume volume
                        && volume.source().isPresent())
                .map(Mount.OfVolume.class::cast);
    }

    /** The keys of the networks it is on. */
    Set<String> networks() {
        return service.networks().isEmpty()
                ? Set.of(Definitions.DEFAULT_NETWORK)
                : service.networks().keySet();
    }

    /** The ports it takes on its tasks' own nodes, each of which one task a node can have. */
    Stream<Port> fixedHostPorts() {
        return service.ports().stream()
                .filter(port -> port.mode() == Port.Mode.HOST)
                .filter(port -> port.published()
                        .filter(range -> range.first() == range.last())
                        .isPresent());
    }

    /** What kind of database its image is, by name. */
    Optional<String> database() {
        return service.image().flatMap(DatabaseImage::find);
    }
}
