package dev.prodstack.swarm;

import dev.prodstack.core.cluster.ClusterJobs;
import dev.prodstack.core.cluster.ClusterStore;
import dev.prodstack.core.cluster.ScalableServices;
import dev.prodstack.core.cluster.StackControl;
import dev.prodstack.core.cluster.TrialStacks;
import dev.prodstack.core.rollout.Migration;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.value.ImageReference;
import dev.prodstack.swarm.audit.AuditEntry;
import dev.prodstack.swarm.audit.AuditLog;
import dev.prodstack.swarm.cleanup.CleanUp;
import dev.prodstack.swarm.control.ContainerExec;
import dev.prodstack.swarm.control.SwarmControl;
import dev.prodstack.swarm.deploy.Deployment;
import dev.prodstack.swarm.doctor.Doctor;
import dev.prodstack.swarm.doctor.Finding;
import dev.prodstack.swarm.engine.Deadlines;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineEndpoint;
import dev.prodstack.swarm.engine.EngineFinder;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.engine.JsonStream;
import dev.prodstack.swarm.health.HealthCheck;
import dev.prodstack.swarm.health.HealthQuery;
import dev.prodstack.swarm.history.Blueprint;
import dev.prodstack.swarm.history.ReleaseHistory;
import dev.prodstack.swarm.job.SwarmJobs;
import dev.prodstack.swarm.lock.Claim;
import dev.prodstack.swarm.lock.StackLock;
import dev.prodstack.swarm.logs.LogEvent;
import dev.prodstack.swarm.logs.LogQuery;
import dev.prodstack.swarm.logs.LogStreams;
import dev.prodstack.swarm.node.Nodes;
import dev.prodstack.swarm.operate.Operation;
import dev.prodstack.swarm.plan.ObjectKind;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.plan.PlanOptions;
import dev.prodstack.swarm.planning.Adjustments;
import dev.prodstack.swarm.planning.ReleaseComparison;
import dev.prodstack.swarm.prepare.Preparation;
import dev.prodstack.swarm.prepare.ReleasePreparation;
import dev.prodstack.swarm.prepare.Removal;
import dev.prodstack.swarm.prepare.Rotation;
import dev.prodstack.swarm.problem.EngineException;
import dev.prodstack.swarm.progress.DeployEvent;
import dev.prodstack.swarm.progress.DeployOptions;
import dev.prodstack.swarm.progress.DeployOutcome;
import dev.prodstack.swarm.registry.Credentials;
import dev.prodstack.swarm.registry.Distribution;
import dev.prodstack.swarm.registry.RegistryAuth;
import dev.prodstack.swarm.release.Release;
import dev.prodstack.swarm.scale.SwarmServices;
import dev.prodstack.swarm.secret.ExternalObjects;
import dev.prodstack.swarm.secret.Payloads;
import dev.prodstack.swarm.secret.RandomSecret;
import dev.prodstack.swarm.state.StackStates;
import dev.prodstack.swarm.status.StackStatus;
import dev.prodstack.swarm.status.StackStatuses;
import dev.prodstack.swarm.store.SwarmStore;
import dev.prodstack.swarm.trial.SwarmTrials;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A connection to a swarm through one of its engines. Safe for several threads. */
public final class Swarm implements AutoCloseable {
    /** How long an engine may be away while work goes on in the cluster. */
    private static final Duration ABSENCE = Duration.ofMinutes(2);

    private final EngineClient engine;
    private final Payloads payloads;
    private final Credentials credentials;

    private Swarm(EngineClient engine, Payloads payloads, Credentials credentials) {
        this.engine = engine;
        this.payloads = payloads;
        this.credentials = credentials;
    }

    /**
     * Connects to the engine that the Docker command line would talk to.
     *
     * @throws EngineException if none is there, or none that can be spoken to; the message says where it was looked for
     */
    public static Swarm connect() {
        return connect(Connection.fromEnvironment());
    }

    /**
     * Connects to an engine.
     *
     * @throws EngineException if none is there, or none that can be spoken to; the message says where it was looked for
     */
    public static Swarm connect(Connection connection) {
        EngineFinder finder = new EngineFinder(connection.environment(), connection.home());
        EngineEndpoint endpoint = connection
                .host()
                .map(finder::at)
                .or(() -> connection.context().map(finder::inContext))
                .orElseGet(finder::find);
        return new Swarm(
                EngineClient.connect(endpoint, new Deadlines(connection.connectWithin(), connection.answerWithin())),
                new Payloads(connection.environment()),
                Credentials.of(finder));
    }

    /**
     * Asks the engine about itself.
     *
     * @throws EngineException if it does not answer
     */
    public SwarmInfo info() {
        return SwarmInfo.of(
                engine.send(EngineRequest.get("info")), engine.version().toString());
    }

    /**
     * The names of the stacks that have services, in their order.
     *
     * @throws EngineException if the engine does not answer or is no manager
     */
    public List<String> stacks() {
        return StackStates.stacks(engine);
    }

    /**
     * How a stack is doing: its services, their tasks, and what keeps these from running.
     *
     * @return the status; without services if there is no such stack
     * @throws EngineException if the engine does not answer or is no manager
     */
    public StackStatus status(String stack) {
        return StackStatuses.read(engine, stack);
    }

    /**
     * The log lines of a stack's services in the order of their times, and between them whose lines cannot be read.
     * Other services go on then; where the lines still to be written are wanted, reading starts again after a break.
     *
     * <p>Closing the stream, also from another thread, ends it.
     *
     * @return lines and troubles, read by one thread
     * @throws EngineException if the engine does not answer or is no manager
     */
    public Stream<LogEvent> logs(String stack, LogQuery query) {
        return LogStreams.open(engine, stack, query);
    }

    /**
     * Whether the swarm is fit to run stacks, and the given one in particular.
     *
     * @throws EngineException if the engine does not answer
     */
    public List<Finding> examine(Optional<Stack> stack) {
        return Doctor.examine(engine, stack);
    }

    /**
     * Whether a stack serves: its services, what its published ports answer, and the targets of its Prometheus.
     *
     * @param status how the stack is, as {@link #status} says
     * @throws EngineException if the engine does not answer or is no manager, or a file of certificates is none
     */
    public List<Finding> checkHealth(StackStatus status, HealthQuery query) {
        return HealthCheck.look(engine, status, query);
    }

    /**
     * Adds to the audit trail, which the cluster keeps.
     *
     * @throws EngineException if the engine does not answer or is no manager
     */
    public void record(AuditEntry entry) {
        new AuditLog(engine).add(entry);
    }

    /**
     * The audit trail of all stacks, the oldest entry first, as far as the cluster keeps it.
     *
     * @throws EngineException if the engine does not answer or is no manager
     */
    public List<AuditEntry> auditTrail() {
        return new AuditLog(engine).entries();
    }

    /**
     * What a deploy of a stack would do. Changes nothing; reads the files and variables that secrets and configs come
     * from, and asks registries for digests.
     *
     * @return the plan; what keeps it from being applied is part of it
     * @throws EngineException if the engine does not answer or is no manager
     */
    public Plan plan(Stack stack, PlanOptions options) {
        return Preparation.plan(engine, payloads, new Distribution(engine, credentials)::resolve, stack, options);
    }

    /** What a deploy of a stack would do, with the {@linkplain PlanOptions#standard() standard options}. */
    public Plan plan(Stack stack) {
        return plan(stack, PlanOptions.standard());
    }

    /**
     * The external secrets that a stack uses and the cluster does not have, by their names in the cluster.
     *
     * @throws EngineException if the engine does not answer or is no manager
     */
    public List<String> missingSecrets(Stack stack) {
        return new ExternalObjects(engine, ObjectKind.SECRET).missing(stack);
    }

    /** A value that nobody guesses: 40 letters and digits, 238 bits. */
    public static byte[] randomSecret() {
        return RandomSecret.generate(new SecureRandom());
    }

    /**
     * Creates a secret that stacks use as an external one. Never overwrites.
     *
     * @param value at most 500 KiB; not kept
     * @throws EngineException if there is a secret of that name, or the engine does not answer or is no manager
     */
    public void createSecret(String name, byte[] value) {
        new ExternalObjects(engine, ObjectKind.SECRET).create(name, value);
    }

    /**
     * The external configs that a stack uses and the cluster does not have, by their names in the cluster.
     *
     * @throws EngineException if the engine does not answer or is no manager
     */
    public List<String> missingConfigs(Stack stack) {
        return new ExternalObjects(engine, ObjectKind.CONFIG).missing(stack);
    }

    /**
     * Creates a config that stacks use as an external one. Never overwrites.
     *
     * @param content at most 1000 KiB, on older engines 500 KiB
     * @throws EngineException if there is a config of that name, or the engine does not answer or is no manager
     */
    public void createConfig(String name, byte[] content) {
        new ExternalObjects(engine, ObjectKind.CONFIG).create(name, content);
    }

    /**
     * What it takes to give services other numbers of replicas.
     *
     * @param replicas the numbers by the services' names in the Compose file
     * @return the plan; a service that is not there, or a number outside the bounds of its autoscaling, is an obstacle
     * @throws EngineException if the engine does not answer or is no manager
     */
    public Plan planScale(String stack, Map<String, Long> replicas) {
        return Adjustments.scale(StackStates.read(engine, stack), replicas);
    }

    /** Small values kept in this swarm. */
    public ClusterStore store() {
        return new SwarmStore(engine);
    }

    /** The same for work that goes on in the cluster while the engine cannot be reached for a while. */
    public ClusterStore lastingStore() {
        return new SwarmStore(engine.enduring(ABSENCE).awaiting(ABSENCE));
    }

    /** The services of this swarm, for who scales them. */
    public ScalableServices scalableServices() {
        return new SwarmServices(engine);
    }

    /** Runs programs once, near data of this swarm. */
    public ClusterJobs jobs() {
        return new SwarmJobs(engine, this::registryAuth);
    }

    /** Makes and removes stacks for the moment on this swarm, for who tries a restore. */
    public TrialStacks trials() {
        return new SwarmTrials(engine, new SwarmTrials.Deploys() {
            @Override
            public Plan plan(Stack stack) {
                return Swarm.this.plan(
                        stack, new PlanOptions(PlanOptions.ImageResolution.NEVER, PlanOptions.Orphans.REMOVE));
            }

            @Override
            public Plan planRemoval(String stack) {
                return Swarm.this.planRemoval(stack);
            }

            @Override
            public DeployOutcome apply(Plan plan, DeployOptions options, Consumer<DeployEvent> events) {
                return Swarm.this.apply(plan, options, events);
            }

            @Override
            public void forget(String stack) {
                forgetReleases(stack);
            }
        });
    }

    /** Stops, starts and describes the services of this swarm, for who backs them up. */
    public StackControl control() {
        return new SwarmControl(engine, jobs());
    }

    /**
     * Runs a program in a container of this engine's own node, to its end.
     *
     * @param container the id of the container
     * @param command the program and its arguments
     * @throws dev.prodstack.core.cluster.ClusterException if there is no such container, the program fails, or the
     *     deadline passes
     */
    public void runInContainer(String container, List<String> command, Duration deadline) {
        new ContainerExec(engine).run(container, command, deadline);
    }

    /**
     * What it takes to replace all tasks of services by fresh ones, at the pace of their updates.
     *
     * @param services their names in the Compose file
     * @return the plan; a service that is not there is an obstacle
     * @throws EngineException if the engine does not answer or is no manager
     */
    public Plan planRestart(String stack, List<String> services) {
        return Adjustments.restart(StackStates.read(engine, stack), services);
    }

    /**
     * What it takes to run a job of a migration once more, or the one that contracts, in the image that a service has
     * now.
     *
     * @param service its name in the Compose file
     * @return the plan; that the service is not there is an obstacle
     * @throws EngineException if the engine does not answer or is no manager
     */
    public Plan planMigration(String stack, String service, Migration.Job job) {
        return Adjustments.job(StackStates.read(engine, stack), service, job);
    }

    /**
     * What it takes to give external secrets new values, such as a certificate that runs out: a new version of each,
     * and the stack's services led to it at the pace of their updates.
     *
     * @param files the files with the new values, by the names that the Compose file knows the secrets by
     * @return the plan; a secret that is not there, or that nobody uses, is an obstacle
     * @throws EngineException if the engine does not answer or is no manager
     */
    public Plan planRotation(String stack, Map<String, String> files) {
        return Rotation.plan(engine, stack, files);
    }

    /** The nodes of this swarm, for who works on them. */
    public Nodes nodes() {
        return new Nodes(engine);
    }

    /** What nobody uses any more, on the node of this engine and among the swarm's secrets. */
    public CleanUp cleanUp() {
        return new CleanUp(engine);
    }

    /**
     * What it takes to remove a stack: its services, configs, secrets and networks. Volumes stay where they are.
     *
     * @throws EngineException if the engine does not answer or is no manager
     */
    public Plan planRemoval(String stack) {
        return planRemoval(stack, List.of());
    }

    /**
     * What it takes to remove a stack with some of its volumes, and all that these hold.
     *
     * @param volumes by their names in the Compose file, or on the node of this engine; one that is not there, or on
     *     another node, is an obstacle
     * @throws EngineException if the engine does not answer or is no manager
     */
    public Plan planRemoval(String stack, List<String> volumes) {
        return Removal.plan(engine, stack, volumes);
    }

    /**
     * Applies a plan with the {@linkplain DeployOptions#standard() standard options}.
     *
     * @see #apply(Plan, DeployOptions, Consumer)
     */
    public DeployOutcome apply(Plan plan, Consumer<DeployEvent> listener) {
        return apply(plan, DeployOptions.standard(), listener);
    }

    /**
     * Applies a plan and waits until every service is healthy. If one does not get there, what was changed goes back to
     * what ran before.
     *
     * @param listener is told what happens, on the calling thread
     * @return how it ended; that something failed is a return value
     * @throws IllegalArgumentException if the plan has obstacles
     * @throws dev.prodstack.swarm.lock.LockHeldException if somebody else is changing the stack
     * @throws EngineException if the engine can no longer be reached; what was begun goes on without us
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; what was begun goes on
     */
    public DeployOutcome apply(Plan plan, DeployOptions options, Consumer<DeployEvent> listener) {
        try (StackLock lock = lock(plan.stack(), Claim.ofThisProcess("apply"))) {
            return apply(lock, plan, options, listener);
        }
    }

    /**
     * Applies a plan under a lock that is held already, so that nothing has changed since the plan was made. A plan for
     * what a stack is to be becomes a {@link Release}, whatever comes of it; if the one before was never finished,
     * services that the plan leaves as they are have to get healthy too.
     *
     * @see #apply(Plan, DeployOptions, Consumer)
     * @throws dev.prodstack.swarm.lock.LockLostException if somebody broke the lock; what was begun goes on
     */
    public DeployOutcome apply(StackLock lock, Plan plan, DeployOptions options, Consumer<DeployEvent> listener) {
        Deployment.Sources sources = new Deployment.Sources(payloads::read, this::registryAuth, lock::check);
        return new Operation(engine, lock, sources, plan, options, listener).run();
    }

    /**
     * Takes the lock of a stack, which keeps others from changing it until it is closed.
     *
     * <pre>{@code
     * try (StackLock lock = swarm.lock("shop", Claim.ofThisProcess("deploy"))) {
     *     swarm.apply(lock, swarm.plan(stack), DeployOptions.standard(), listener);
     * }
     * }</pre>
     *
     * @throws dev.prodstack.swarm.lock.LockHeldException if somebody else has it
     * @throws EngineException if the engine does not answer or is no manager
     */
    public StackLock lock(String stack, Claim claim) {
        return StackLock.take(store(), stack, claim);
    }

    /**
     * The releases of a stack that the cluster keeps, the oldest first.
     *
     * @throws EngineException if the engine does not answer or is no manager
     */
    public List<Release> releases(String stack) {
        return new ReleaseHistory(engine, stack).list();
    }

    /**
     * Forgets the releases of a stack, as when it is not to come back.
     *
     * @throws EngineException if the engine does not answer or is no manager
     */
    public void forgetReleases(String stack) {
        new ReleaseHistory(engine, stack).forgetAll();
    }

    /**
     * What it takes to bring a whole stack back to a release. Needs no files.
     *
     * @return the plan; what the release used and is gone is an obstacle
     * @throws EngineException if the engine does not answer or is no manager
     * @throws IllegalArgumentException if another version of prodstack wrote the release in a form of its own
     */
    public Plan planRollback(Release release) {
        return ReleasePreparation.plan(engine, release);
    }

    /**
     * What differs between two releases of a stack: the plan that would lead from the one to the other. For showing,
     * not for applying.
     *
     * @throws IllegalArgumentException if another version of prodstack wrote one of them in a form of its own
     */
    public static Plan difference(Release before, Release after) {
        return ReleaseComparison.between(
                Blueprint.of(before).wishes(before.stack(), Map.of()),
                Blueprint.of(after).wishes(after.stack(), Map.of()));
    }

    private Optional<String> registryAuth(String image) {
        return credentials.forImage(ImageReference.parse(image)).map(RegistryAuth::header);
    }

    /**
     * What happens from an instant on, as it happens. Services, nodes, secrets and configs are reported by managers
     * only; containers, images and volumes are those of this engine's node. Engines remember the last 256 events, so
     * that an instant shortly before misses nothing.
     *
     * <p>The stream waits for events without end. Closing it, also from another thread, ends it.
     *
     * @param since by the engine's clock
     * @return events in the order in which they happened, read by one thread
     * @throws EngineException if the engine does not answer; the stream's operations throw it if the connection breaks
     */
    public Stream<SwarmEvent> events(Instant since) {
        JsonStream events = engine.objects(EngineRequest.get("events").with("since", timestamp(since)));
        return StreamSupport.stream(new EventSequence(events), false).onClose(events::close);
    }

    private static String timestamp(Instant instant) {
        return String.format(Locale.ROOT, "%d.%09d", instant.getEpochSecond(), instant.getNano());
    }

    /** Ends the connection. Open streams of events are closed on their own. */
    @Override
    public void close() {
        engine.close();
    }
}
