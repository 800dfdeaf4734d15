package dev.prodstack.bench;

import dev.prodstack.autoscale.decision.Decider;
import dev.prodstack.autoscale.decision.Decision;
import dev.prodstack.autoscale.decision.Situation;
import dev.prodstack.core.scaling.ScalingPolicy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The decisions of one tick on one core: services of 100 replicas with 3 metrics and 300 s of history. With one service
 * it is the time of one decision while its data are in the processor's cache.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class DecideBenchmark {
    private static final int REPLICAS = 100;

    /** How many services the tick decides about. */
    @Param({"1", "10", "100", "1000", "10000"})
    public int services;

    private final ScalingPolicy policy = Fleet.policy();
    private List<Situation> situations = List.of();

    /** Prepares; the services are made up in {@link #observe}. */
    public DecideBenchmark() {}

    /** Makes up the services. */
    @Setup(Level.Trial)
    public void observe() {
        situations = Fleet.situations(services, REPLICAS);
    }

    /** Decides about each of them. */
    @Benchmark
    public void tick(Blackhole blackhole) {
        for (Situation situation : situations) {
            Decision decision = Decider.decide(policy, situation, Fleet.NOW);
            blackhole.consume(decision);
        }
    }
}
