package dev.prodstack.autoscale.decision;

import dev.prodstack.autoscale.decision.Measurement.PerReplica;
import dev.prodstack.autoscale.decision.Replica.State;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.Resource;
import java.util.Optional;

/**
 * The replicas of a service sorted by what their samples of one metric are worth, with the sums of each group. The
 * order of the tests is that of {@code groupPods} in the HPA's replica calculator.
 */
final class Tally {
    private static final long[] NOTHING = {};

    private final Signal signal;
    private final int known;
    private int ready;
    private int unready;
    private int missing;
    private int ignored;
    private int stale;
    private int notNumbers;
    private int notGiven;
    private long sum;
    private long given;
    private long unreadyGiven;
    private long missingGiven;
    private long missingUse;

    private Tally(Signal signal, int known) {
        this.signal = signal;
        this.known = known;
    }

    /**
     * Sorts replicas.
     *
     * @param fill what a replica without a sample is taken to use when the others would let replicas go: a percentage
     *     of what it is given for a utilisation, thousandths of the signal's unit otherwise
     */
    static Tally of(Replicas replicas, PerReplica samples, Signal signal, long fill, Clockwork time) {
        Tally tally = new Tally(signal, replicas.size());
        Signal.Utilization share = signal instanceof Signal.Utilization utilization ? utilization : null;
        boolean cpu = share != null
                ? share.resource() == Resource.CPU
                : signal instanceof Signal.Usage usage && usage.resource() == Resource.CPU;
        long[] given = share != null ? replicas.given(share.resource(), share.basis()) : NOTHING;
        for (int i = 0; i < replicas.size(); i++) {
            State state = replicas.state(i);
            if (state == State.DELETING || state == State.FAILED) {
                tally.ignored++;
                continue;
            }
            long request = share != null ? given[replicas.spec(i)] : 0;
            boolean unready = state != State.RUNNING;
            if (!unready && !tally.usable(samples, i, time)) {
                tally.addMissing(request, fill);
                continue;
            }
            if (unready || (cpu && replicas.cpuDoesNotCount(i, samples.time(i), samples.window(i), time))) {
                tally.addUnready(request);
            } else {
                tally.addReady(request, samples.value(i));
            }
        }
        return tally;
    }

    private boolean usable(PerReplica samples, int replica, Clockwork time) {
        long value = samples.value(replica);
        if (value == Thousandths.ABSENT) {
            return false;
        }
        if (!Thousandths.isAmount(value) || (value < 0 && !(signal instanceof Signal.Query))) {
            notNumbers++;
            return false;
        }
        if (time.isStale(samples.time(replica))) {
            stale++;
            return false;
        }
        return true;
    }

    private void addReady(long request, long value) {
        ready++;
        sum = Nanos.plus(sum, value);
        given = Nanos.plus(given, checked(request));
    }

    private void addUnready(long request) {
        unready++;
        unreadyGiven = Nanos.plus(unreadyGiven, checked(request));
    }

    private void addMissing(long request, long fill) {
        missing++;
        if (isShare()) {
            long amount = checked(request);
            missingGiven = Nanos.plus(missingGiven, amount);
            missingUse = Nanos.plus(missingUse, Thousandths.scaled(amount, fill, 100));
        } else {
            missingUse = Nanos.plus(missingUse, fill);
        }
    }

    private long checked(long request) {
        if (request == Requests.ABSENT) {
            notGiven++;
            return 0;
        }
        return request;
    }

    private boolean isShare() {
        return signal instanceof Signal.Utilization;
    }

    /** Why nothing can be said, if so. */
    Optional<Gap> gap() {
        if (known == 0) {
            return Optional.of(Gap.Kind.NO_REPLICAS);
        }
        if (ready == 0) {
            return Optional.of(new Gap.NoSamples(coverage(), stale, notNumbers));
        }
        if (signal instanceof Signal.Utilization share && notGiven > 0) {
            return Optional.of(new Gap.NoRequest(share.resource(), share.basis(), notGiven));
        }
        return isShare() && given == 0 ? Optional.of(Gap.Kind.NOTHING_GIVEN) : Optional.empty();
    }

    Coverage coverage() {
        return new Coverage(ready, unready, missing, ignored);
    }

    int ready() {
        return ready;
    }

    int unready() {
        return unready;
    }

    int missing() {
        return missing;
    }

    /**
     * The average of the ready replicas: their share in parts of {@code whole}, or thousandths of the signal's unit,
     * without the fraction.
     */
    long average(long whole) {
        return isShare() ? Thousandths.scaled(sum, whole, given) : sum / ready;
    }

    /** The average with the missing replicas at what they would use at most, to be careful on the way down. */
    long averageWithMissingFull(long whole) {
        long use = Nanos.plus(sum, missingUse);
        return isShare() ? Thousandths.scaled(use, whole, Nanos.plus(given, missingGiven)) : use / (ready + missing);
    }

    /** The average with the missing and the unready replicas at nothing, to be careful on the way up. */
    long averageWithOthersIdle(long whole) {
        return isShare()
                ? Thousandths.scaled(sum, whole, Nanos.plus(Nanos.plus(given, missingGiven), unreadyGiven))
                : sum / ((long) ready + missing + unready);
    }
}
