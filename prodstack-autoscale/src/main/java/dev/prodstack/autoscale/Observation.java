package dev.prodstack.autoscale;

import dev.prodstack.autoscale.decision.History;
import dev.prodstack.autoscale.decision.Measurement;
import dev.prodstack.autoscale.decision.Replica;
import dev.prodstack.autoscale.decision.Replica.Readiness;
import dev.prodstack.autoscale.decision.Replica.Status;
import dev.prodstack.autoscale.decision.Replicas;
import dev.prodstack.autoscale.decision.Requests;
import dev.prodstack.autoscale.decision.Situation;
import dev.prodstack.autoscale.metrics.Question;
import dev.prodstack.core.cluster.ScalableService;
import dev.prodstack.core.cluster.ServiceTask;
import dev.prodstack.core.cluster.ServiceTask.Phase;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.scaling.ScalingRule;
import dev.prodstack.core.scaling.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A service as the cluster has it, in the decision's terms.
 *
 * @param policy the service's policy
 * @param service the service
 * @param now the time of the look
 * @param skew how far the time of the look is ahead of the cluster's clock
 */
record Observation(ScalingPolicy policy, ScalableService service, Instant now, Duration skew) {

    /** What has to be measured, by the metric's name. */
    Map<String, Question> questions() {
        List<String> tasks = service.tasks().stream().map(ServiceTask::id).toList();
        Map<String, Question> questions = new LinkedHashMap<>();
        signals(policy.rule())
                .forEach((name, signal) -> questions.put(name, new Question(service.name(), signal, tasks)));
        return questions;
    }

    private static Map<String, Signal> signals(ScalingRule rule) {
        Map<String, Signal> signals = new LinkedHashMap<>();
        if (rule instanceof ScalingRule.Targets targets) {
            targets.metrics().forEach(metric -> signals.put(metric.name(), metric.signal()));
        } else if (rule instanceof ScalingRule.Thresholds thresholds) {
            thresholds.thresholds().forEach(threshold -> signals.put(threshold.name(), threshold.signal()));
        }
        return signals;
    }

    /**
     * The situation to decide on.
     *
     * @param answers the answers to the questions
     */
    Situation situation(Map<Question, Measurement> answers, History history) {
        Map<String, Measurement> measurements = new HashMap<>();
        questions().forEach((name, question) -> {
            Measurement answer = answers.get(question);
            if (answer != null) {
                measurements.put(name, answer);
            }
        });
        Set<Integer> incoming = incomingSlots();
        List<Replica> replicas =
                service.tasks().stream().map(task -> replica(task, incoming)).toList();
        return new Situation(service.replicas(), existing(), Replicas.of(replicas), measurements, history);
    }

    /** Whether a backup or a restore has taken its tasks away for a while. */
    boolean isStopped() {
        return service.update().stream().anyMatch(its -> its.state() == ScalableService.State.STOPPED);
    }

    /** How many tasks run that are not about to stop. */
    int running() {
        return (int) service.tasks().stream()
                .filter(task -> task.state() == ServiceTask.State.RUNNING)
                .count();
    }

    /** How many places are filled: a task and its successor share one. */
    private int existing() {
        return (int) service.tasks().stream()
                .filter(task -> task.state() != ServiceTask.State.STOPPING)
                .map(ServiceTask::slot)
                .distinct()
                .count();
    }

    private Replica replica(ServiceTask task, Set<Integer> incoming) {
        Instant since = task.since().plus(skew);
        boolean runs = task.state() == ServiceTask.State.RUNNING;
        return new Replica(
                state(task, since, incoming),
                runs ? Optional.of(since) : Optional.empty(),
                Optional.of(new Readiness(runs ? Status.READY : Status.UNREADY, since)),
                requests(task));
    }

    /**
     * An update is busy with a task from when its successor is there, and with the successor until it has run for as
     * long as a replica takes to become ready.
     */
    private Replica.State state(ServiceTask task, Instant since, Set<Integer> incoming) {
        return switch (task.state()) {
            case STOPPING -> Replica.State.DELETING;
            case PENDING -> task.phase() == Phase.INCOMING ? Replica.State.REPLACING : Replica.State.PENDING;
            case RUNNING -> isBeingReplaced(task, since, incoming) ? Replica.State.REPLACING : Replica.State.RUNNING;
        };
    }

    private boolean isBeingReplaced(ServiceTask task, Instant since, Set<Integer> incoming) {
        return switch (task.phase()) {
            case CURRENT -> false;
            case OUTGOING -> incoming.contains(task.slot());
            case INCOMING -> since.plus(policy.warmUp().readinessDelay()).isAfter(now);
        };
    }

    private Set<Integer> incomingSlots() {
        Set<Integer> slots = new HashSet<>();
        service.tasks().stream().filter(task -> task.phase() == Phase.INCOMING).forEach(task -> slots.add(task.slot()));
        return slots;
    }

    private static Requests requests(ServiceTask task) {
        return Requests.of(new Requests.Container(share(task.reserved()), share(task.limit())));
    }

    private static Requests.Share share(ServiceTask.Share share) {
        return new Requests.Share(share.cpus(), share.memory());
    }
}
