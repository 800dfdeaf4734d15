package dev.prodstack.swarm.operate;

import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.deploy.Deployment;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.history.ReleaseHistory;
import dev.prodstack.swarm.lock.StackLock;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.problem.EngineException;
import dev.prodstack.swarm.progress.DeployEvent;
import dev.prodstack.swarm.progress.DeployOptions;
import dev.prodstack.swarm.progress.DeployOutcome;
import dev.prodstack.swarm.release.Release;
import dev.prodstack.swarm.release.Release.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/** One application of a plan under a lock. */
public final class Operation {
    private static final Duration ENDURANCE = Duration.ofMinutes(2);

    private final StackLock lock;
    private final Plan plan;
    private final DeployOptions options;
    private final ReleaseHistory history;
    private final Deployment deployment;
    private final Consumer<DeployEvent> listener;

    /**
     * Prepares to apply a plan.
     *
     * @param lock that of the plan's stack
     */
    public Operation(
            EngineClient engine,
            StackLock lock,
            Deployment.Sources sources,
            Plan plan,
            DeployOptions options,
            Consumer<DeployEvent> listener) {
        if (!lock.stack().equals(plan.stack())) {
            throw new IllegalArgumentException(
                    "the lock of " + lock.stack() + " does not allow to change " + plan.stack());
        }
        this.lock = lock;
        this.plan = plan;
        this.options = options;
        this.listener = listener;
        this.history = new ReleaseHistory(engine.enduring(ENDURANCE), plan.stack());
        this.deployment = new Deployment(engine, sources.guardedBy(lock::check), plan, options, listener);
    }

    /**
     * Applies the plan, and waits for the result.
     *
     * @throws EngineException if the engine can no longer be reached; what was begun goes on without us
     * @throws dev.prodstack.swarm.lock.LockLostException if the lock was lost; what was begun goes on
     * @throws CancellationException if this thread is interrupted; what was begun goes on
     */
    public DeployOutcome run() {
        if (!plan.obstacles().isEmpty() || plan.content().isEmpty()) {
            return deployment.run();
        }
        Optional<Release> last = history.last();
        boolean unfinished = last.filter(its -> its.outcome().isUnfinished()).isPresent();
        if (plan.isEmpty() && last.isPresent() && !unfinished) {
            return deployment.run();
        }
        lock.check();
        last.filter(its -> its.outcome() == Outcome.RUNNING)
                .ifPresent(its -> history.end(its, Outcome.INTERRUPTED, "whoever was at it never came back"));
        if (unfinished) {
            deployment.alsoWatch(plan.unchanged());
        }
        return release(plan.content().get());
    }

    private DeployOutcome release(Data content) {
        Release release = history.begin(lock.holder(), lock.purpose(), content);
        listener.accept(new DeployEvent.ReleaseBegun(release.number()));
        DeployOutcome outcome;
        try {
            outcome = deployment.run();
        } catch (CancellationException | ClusterException e) {
            interrupted(release, e);
            throw e;
        }
        history.end(release, outcome(outcome), outcome.message());
        history.forget(options.keepReleases());
        return outcome;
    }

    /** Says so if that is still possible; otherwise the release stays one that runs under nobody's lock. */
    private void interrupted(Release release, RuntimeException cause) {
        boolean wasInterrupted = Thread.interrupted();
        try {
            lock.check();
            history.end(release, Outcome.INTERRUPTED, String.valueOf(cause.getMessage()));
        } catch (ClusterException e) {
            cause.addSuppressed(e);
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Outcome outcome(DeployOutcome outcome) {
        return switch (outcome.ending()) {
            case DONE -> Outcome.DONE;
            case ROLLED_BACK -> Outcome.ROLLED_BACK;
            case LEFT -> Outcome.LEFT;
            case STUCK -> Outcome.STUCK;
            case TIMED_OUT -> Outcome.TIMED_OUT;
        };
    }
}
