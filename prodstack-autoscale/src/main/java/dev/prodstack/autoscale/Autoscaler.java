package dev.prodstack.autoscale;

import dev.prodstack.autoscale.ServiceLook.Outcome;
import dev.prodstack.autoscale.ServiceLook.Plain;
import dev.prodstack.autoscale.decision.Decider;
import dev.prodstack.autoscale.decision.Decision;
import dev.prodstack.autoscale.decision.History;
import dev.prodstack.autoscale.decision.Measurement;
import dev.prodstack.autoscale.metrics.MetricReader;
import dev.prodstack.autoscale.metrics.Question;
import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.cluster.ClusterStore;
import dev.prodstack.core.cluster.ScalableService;
import dev.prodstack.core.cluster.ScalableServices;
import dev.prodstack.core.scaling.ScalingPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks after the services of one stack.
 *
 * <pre>{@code
 * Autoscaler autoscaler = new Autoscaler(stack.name(), swarm.scalableServices(), swarm.store(), Effect.SCALES);
 * try (MetricReader metrics = MetricReader.of(stack.sources(), secrets, patience)) {
 *     Look look = autoscaler.look(stack, metrics);
 * }
 * }</pre>
 *
 * <p>Not safe for several threads.
 */
public final class Autoscaler {
    /** After a gap of so many intervals between two looks, what was wanted meanwhile counts as not known. */
    private static final int GAP = 4;

    private final ScalableServices cluster;
    private final ClusterStore store;
    private final MemoryStore memories;
    private final SteadyClock clock;
    private final Effect effect;
    private Memory memory = Memory.none();
    private boolean recalled;

    /** What looks do. */
    public enum Effect {
        /** They scale, and are remembered. */
        SCALES,
        /** They change nothing, neither services nor the memory. */
        NONE
    }

    /** An autoscaler of a stack, by the machine's clock. */
    public Autoscaler(String stack, ScalableServices cluster, ClusterStore store, Effect effect) {
        this(stack, cluster, store, effect, SteadyClock.started());
    }

    Autoscaler(String stack, ScalableServices cluster, ClusterStore store, Effect effect, SteadyClock clock) {
        this.cluster = cluster;
        this.store = store;
        this.memories = new MemoryStore(store, stack);
        this.effect = effect;
        this.clock = clock;
    }

    /** Makes the next look begin with what the cluster remembers, such as after another one was leader. */
    public void forget() {
        recalled = false;
    }

    /**
     * Observes, decides, scales.
     *
     * @throws ClusterException if the cluster cannot be asked; nothing was scaled
     * @throws NotAlone if somebody else looks after the stack too; nothing was scaled
     */
    public Look look(ScaledStack stack, MetricReader metrics) {
        SteadyClock.Reading time = clock.read();
        Instant now = time.now();
        memory = recalled ? memory.shiftedBy(time.step()) : memories.recall(now);
        recalled = true;
        Duration skew = Duration.between(store.now(), now);
        Map<String, ScalableService> services = cluster.read(stack.name());
        Map<String, Observation> observations = new TreeMap<>();
        List<String> missing = new ArrayList<>();
        stack.policies().forEach((name, policy) -> {
            ScalableService service = services.get(name);
            if (service == null) {
                missing.add(name);
            } else {
                observations.put(name, new Observation(policy, service, now, skew));
            }
        });
        Map<Question, Measurement> answers = metrics.read(questions(observations), now);
        List<ServiceLook> looks = new ArrayList<>();
        observations.forEach((name, its) ->
                looks.add(decide(name, its, answers, stack.sources().interval())));
        return new Look(stack.name(), now, time.ahead(), act(stack, now, looks, observations), missing);
    }

    private static Set<Question> questions(Map<String, Observation> observations) {
        Set<Question> questions = new LinkedHashSet<>();
        observations.values().stream()
                .filter(its -> its.policy().mode() != ScalingPolicy.Mode.PAUSED)
                .forEach(its -> questions.addAll(its.questions().values()));
        return questions;
    }

    private ServiceLook decide(String name, Observation seen, Map<Question, Measurement> answers, Duration interval) {
        if (seen.isStopped()) {
            Memory.OfService before = memory.services().get(name);
            History kept = before == null ? History.unknown() : before.history();
            Decision nothing = new Decision.Inactive(seen.service().replicas(), List.of(), kept);
            return look(name, seen, nothing, Plain.STOPPED);
        }
        History history = history(name, seen, interval);
        Decision decision = Decider.decide(seen.policy(), seen.situation(answers, history), seen.now());
        return look(name, seen, decision, prospect(decision, seen));
    }

    private static ServiceLook look(String name, Observation seen, Decision decision, Outcome outcome) {
        return new ServiceLook(name, seen.now(), seen.running(), seen.policy().boundsAt(seen.now()), decision, outcome);
    }

    /** What earlier looks left behind, and what others did since. */
    private History history(String name, Observation seen, Duration interval) {
        Memory.OfService before = memory.services().get(name);
        if (before == null) {
            return History.unknown();
        }
        History history = before.history();
        int current = seen.service().replicas();
        if (current != before.count()) {
            history = history.afterMove(new History.Move(seen.now(), current - before.count()));
        }
        Instant last = history.lastLook().orElse(seen.now());
        if (Duration.between(last, seen.now()).compareTo(interval.multipliedBy(GAP)) > 0) {
            List<History.Recommendation> recommendations = new ArrayList<>(history.recommendations());
            recommendations.add(new History.Recommendation(seen.now(), current));
            history = history.withRecommendations(recommendations);
        }
        return history;
    }

    /** What becomes of a decision if the cluster does as it is told. */
    private Outcome prospect(Decision decision, Observation seen) {
        if (!(decision instanceof Decision.Scale)) {
            return Plain.LEFT;
        }
        if (seen.service().update().isPresent()) {
            return switch (seen.service().update().get().state()) {
                case UPDATING -> Plain.UPDATING;
                case ROLLING_BACK -> Plain.ROLLING_BACK;
                case STUCK -> Plain.UPDATE_STUCK;
                case STOPPED -> Plain.STOPPED;
            };
        }
        boolean tries = effect == Effect.NONE || seen.policy().mode() == ScalingPolicy.Mode.DRY_RUN;
        return tries ? Plain.TRIED : Plain.SCALED;
    }

    private List<ServiceLook> act(
            ScaledStack stack, Instant now, List<ServiceLook> looks, Map<String, Observation> observations) {
        if (effect == Effect.NONE) {
            memory = remembered(stack, now, looks);
            return looks;
        }
        // Before anything moves: who goes on after a crash has to know of it.
        Memory before = memory;
        memory = remembered(stack, now, looks);
        memories.remember(memory);
        List<ServiceLook> done = new ArrayList<>();
        for (ServiceLook look : looks) {
            Observation seen = observations.get(look.service());
            done.add(look.outcome() == Plain.SCALED && seen != null ? scale(look, seen.service()) : look);
        }
        if (!done.equals(looks)) {
            memory = before;
            memory = remembered(stack, now, done);
            memories.remember(memory);
        }
        return done;
    }

    private ServiceLook scale(ServiceLook look, ScalableService service) {
        try {
            ScalableServices.Outcome outcome =
                    cluster.scale(service, look.decision().replicas());
            return outcome == ScalableServices.Outcome.DONE ? look : look.with(Plain.CHANGED_MEANWHILE);
        } catch (ClusterException e) {
            return look.with(new ServiceLook.Failed(String.valueOf(e.getMessage())));
        }
    }

    private Memory remembered(ScaledStack stack, Instant now, List<ServiceLook> looks) {
        Map<String, Memory.OfService> services = new TreeMap<>();
        for (ServiceLook look : looks) {
            Memory.OfService before = memory.services().get(look.service());
            Account account = look.account();
            Account standing = before != null && before.account().isLike(account)
                    ? account.since(before.account().since())
                    : account;
            // What took the tasks away gives them back, which is nobody's move.
            int count = look.outcome() == Plain.STOPPED && before != null ? before.count() : count(look);
            services.put(look.service(), new Memory.OfService(count, history(look, now), standing));
        }
        return new Memory(now, stack.sources().interval(), services);
    }

    private static int count(ServiceLook look) {
        return look.outcome() == Plain.SCALED
                ? look.decision().replicas()
                : look.decision().current();
    }

    /** A move that failed may have been made all the same. */
    private static History history(ServiceLook look, Instant now) {
        Decision decision = look.decision();
        boolean moved = look.outcome() == Plain.SCALED || look.outcome() instanceof ServiceLook.Failed;
        return moved
                ? decision.history().afterMove(new History.Move(now, decision.replicas() - decision.current()))
                : decision.history();
    }
}
