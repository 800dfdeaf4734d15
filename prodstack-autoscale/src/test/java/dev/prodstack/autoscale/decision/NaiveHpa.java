package dev.prodstack.autoscale.decision;

import dev.prodstack.autoscale.decision.Replica.State;
import dev.prodstack.autoscale.decision.Replica.Status;
import dev.prodstack.core.scaling.Tolerance;
import dev.prodstack.core.scaling.WarmUp;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * A second implementation of the HPA's replica calculation, with sets and maps in place of columns and sums, to compare
 * the first one with. It follows the description of the rules, not the code beside it.
 *
 * @param replicas the replicas by name
 * @param samples their samples, by the same names
 * @param requests what they are given, in thousandths
 * @param current the count the service is set to
 * @param tolerance how far off is near enough
 * @param warmUp when CPU use begins to count
 * @param now the time
 */
record NaiveHpa(
        Map<String, Replica> replicas,
        Map<String, Drawn> samples,
        Map<String, Long> requests,
        int current,
        Tolerance tolerance,
        WarmUp warmUp,
        Instant now) {

    /** A sample in thousandths. */
    record Drawn(long thousandths, Instant at, Duration window) {}

    /** A metric that compares shares with percentages, or averages with thousandths. */
    enum Kind {
        CPU_SHARE,
        MEMORY_SHARE,
        CPU_USE,
        TASK
    }

    private record Groups(Set<String> ready, Set<String> unready, Set<String> missing) {}

    /** The count that a metric of single replicas asks for; none if it has no data. */
    OptionalInt replicas(Kind kind, long target) {
        Groups groups = group(kind == Kind.CPU_SHARE || kind == Kind.CPU_USE);
        boolean share = kind == Kind.CPU_SHARE || kind == Kind.MEMORY_SHARE;
        if (groups.ready().isEmpty()) {
            return OptionalInt.empty();
        }
        Map<String, Long> use = new TreeMap<>();
        groups.ready().forEach(name -> use.put(name, of(samples, name).thousandths()));
        double ratio = ratio(use, share, target);
        boolean idle = !groups.unready().isEmpty() && ratio > 1;
        if (groups.missing().isEmpty() && !idle) {
            return OptionalInt.of(near(ratio) ? current : ceil(ratio * use.size()));
        }
        for (String name : groups.missing()) {
            if (ratio < 1) {
                use.put(name, share ? of(requests, name) * Math.max(100, target) / 100 : target);
            } else if (ratio > 1) {
                use.put(name, 0L);
            }
        }
        if (idle) {
            groups.unready().forEach(name -> use.put(name, 0L));
        }
        double again = ratio(use, share, target);
        if (near(again) || (ratio < 1 && again > 1) || (ratio > 1 && again < 1)) {
            return OptionalInt.of(current);
        }
        int count = ceil(again * use.size());
        boolean against = again < 1 ? count > current : count < current;
        return OptionalInt.of(against ? current : count);
    }

    private Groups group(boolean cpu) {
        Groups groups = new Groups(new HashSet<>(), new HashSet<>(), new HashSet<>());
        replicas.forEach((name, replica) -> {
            if (replica.state() == State.DELETING || replica.state() == State.FAILED) {
                return;
            }
            if (replica.state() == State.PENDING || replica.state() == State.REPLACING) {
                groups.unready().add(name);
            } else if (!samples.containsKey(name)) {
                groups.missing().add(name);
            } else if (cpu && !hasSettled(replica, of(samples, name))) {
                groups.unready().add(name);
            } else {
                groups.ready().add(name);
            }
        });
        return groups;
    }

    private boolean hasSettled(Replica replica, Drawn sample) {
        if (replica.started().isEmpty() || replica.readiness().isEmpty()) {
            return false;
        }
        Instant started = replica.started().get();
        Instant turned = replica.readiness().get().since();
        boolean ready = replica.readiness().get().status() == Status.READY;
        boolean young = started.plus(warmUp.cpuInitialization()).isAfter(now);
        if (young) {
            return ready && !sample.at().isBefore(turned.plus(sample.window()));
        }
        return ready || !started.plus(warmUp.readinessDelay()).isAfter(turned);
    }

    private double ratio(Map<String, Long> use, boolean share, long target) {
        BigInteger sum = sum(use.values());
        if (!share) {
            return sum.divide(BigInteger.valueOf(use.size())).doubleValue() / target;
        }
        List<Long> given = new ArrayList<>();
        use.keySet().forEach(name -> given.add(of(requests, name)));
        return sum.multiply(BigInteger.valueOf(100)).divide(sum(given)).doubleValue() / target;
    }

    private static BigInteger sum(Iterable<Long> numbers) {
        BigInteger sum = BigInteger.ZERO;
        for (long number : numbers) {
            sum = sum.add(BigInteger.valueOf(number));
        }
        return sum;
    }

    private boolean near(double ratio) {
        return ratio >= 1 - tolerance.down() && ratio <= 1 + tolerance.up();
    }

    private static <T> T of(Map<String, T> map, String name) {
        return Objects.requireNonNull(map.get(name), name);
    }

    private static int ceil(double number) {
        return (int) Math.ceil(number);
    }
}
