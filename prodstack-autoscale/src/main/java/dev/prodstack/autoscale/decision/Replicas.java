package dev.prodstack.autoscale.decision;

import dev.prodstack.autoscale.decision.Replica.Readiness;
import dev.prodstack.autoscale.decision.Replica.State;
import dev.prodstack.autoscale.decision.Replica.Status;
import dev.prodstack.core.scaling.Signal.Basis;
import dev.prodstack.core.scaling.Signal.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The replicas of a service at one look, in the order in which measurements number them from 0. Kept in columns, so
 * that a decision over a hundred of them touches a few lines of memory and makes no objects.
 */
public final class Replicas {
    private static final byte NEVER_READY = 0;
    private static final byte UNREADY = 1;
    private static final byte READY = 2;
    private static final Replicas NONE = new Replicas(List.of());

    private final State[] states;
    private final byte[] readiness;
    private final long[] started;
    private final long[] since;
    private final int[] specs;
    private final List<Requests> requests;
    private final int ready;
    private final int replacing;

    private Replicas(List<Replica> replicas) {
        int size = replicas.size();
        states = new State[size];
        readiness = new byte[size];
        started = new long[size];
        since = new long[size];
        specs = new int[size];
        List<Requests> distinct = new ArrayList<>();
        int readyCount = 0;
        int replacingCount = 0;
        for (int i = 0; i < size; i++) {
            Replica replica = replicas.get(i);
            Optional<Readiness> reported = replica.readiness();
            states[i] = replica.state();
            readiness[i] = reported.isEmpty() ? NEVER_READY : reported.get().status() == Status.READY ? READY : UNREADY;
            started[i] =
                    replica.started().isPresent() ? Nanos.of(replica.started().get()) : Nanos.NONE;
            since[i] = reported.isPresent() ? Nanos.of(reported.get().since()) : Nanos.NONE;
            specs[i] = indexIn(distinct, replica.requests(), i == 0 ? 0 : specs[i - 1]);
            readyCount += readiness[i] == READY && replica.state() == State.RUNNING ? 1 : 0;
            replacingCount += replica.state() == State.REPLACING ? 1 : 0;
        }
        requests = List.copyOf(distinct);
        ready = readyCount;
        replacing = replacingCount;
    }

    /**
     * Where in a list something is, which is added if it is not there; most replicas are given what the last one is.
     */
    private static int indexIn(List<Requests> distinct, Requests requests, int last) {
        if (last < distinct.size() && distinct.get(last).equals(requests)) {
            return last;
        }
        int index = distinct.indexOf(requests);
        if (index < 0) {
            distinct.add(requests);
        }
        return index < 0 ? distinct.size() - 1 : index;
    }

    /** Replicas in the order given. */
    public static Replicas of(List<Replica> replicas) {
        return replicas.isEmpty() ? NONE : new Replicas(replicas);
    }

    /** How many there are, in whatever state. */
    public int size() {
        return states.length;
    }

    /** The replica with a number. */
    public Replica get(int number) {
        Status status = readiness[number] == READY ? Status.READY : Status.UNREADY;
        return new Replica(
                states[number],
                started[number] == Nanos.NONE ? Optional.empty() : Optional.of(Nanos.toInstant(started[number])),
                readiness[number] == NEVER_READY
                        ? Optional.empty()
                        : Optional.of(new Readiness(status, Nanos.toInstant(since[number]))),
                requests.get(specs[number]));
    }

    /** All of them, in order. */
    public List<Replica> toList() {
        List<Replica> replicas = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) {
            replicas.add(get(i));
        }
        return replicas;
    }

    State state(int number) {
        return states[number];
    }

    /** What each specification gives its replicas, in thousandths or {@link Requests#ABSENT}; by {@link #spec}. */
    long[] given(Resource resource, Basis basis) {
        long[] given = new long[requests.size()];
        for (int i = 0; i < given.length; i++) {
            given[i] = requests.get(i).thousandths(resource, basis);
        }
        return given;
    }

    /** The number of a replica's specification. */
    int spec(int number) {
        return specs[number];
    }

    /** How many run and are ready. */
    int ready() {
        return ready;
    }

    /** How many a rolling update is busy with. */
    int replacing() {
        return replacing;
    }

    /**
     * Whether a CPU sample of a running replica says nothing about its load, because the replica is starting up or is
     * not ready.
     *
     * @param sampled when the sample was taken
     * @param window the span the sample was measured over
     */
    boolean cpuDoesNotCount(int number, long sampled, long window, Clockwork time) {
        if (readiness[number] == NEVER_READY || started[number] == Nanos.NONE) {
            return true;
        }
        boolean unready = readiness[number] == UNREADY;
        if (Nanos.plus(started[number], time.cpuInitialization()) > time.now()) {
            return unready || sampled < Nanos.plus(since[number], window);
        }
        return unready && Nanos.plus(started[number], time.readinessDelay()) > since[number];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Replicas that
                && Arrays.equals(states, that.states)
                && Arrays.equals(readiness, that.readiness)
                && Arrays.equals(started, that.started)
                && Arrays.equals(since, that.since)
                && Arrays.equals(specs, that.specs)
                && requests.equals(that.requests);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(states), Arrays.hashCode(started), Arrays.hashCode(specs), requests);
    }

    /** The list of them. */
    @Override
    public String toString() {
        return toList().toString();
    }
}
