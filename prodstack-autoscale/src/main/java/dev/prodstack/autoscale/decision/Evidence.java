package dev.prodstack.autoscale.decision;

import dev.prodstack.autoscale.decision.Measurement.Failed;
import dev.prodstack.autoscale.decision.Measurement.PerReplica;
import dev.prodstack.autoscale.decision.Measurement.Sample;
import dev.prodstack.autoscale.decision.Measurement.Total;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a measurement is worth at the time of the look. */
sealed interface Evidence {

    /** Nothing, and why. */
    record None(Gap gap) implements Evidence {}

    /** Samples of single replicas. */
    record Each(Tally tally) implements Evidence {}

    /** One sum, in thousandths. */
    record Together(long sum) implements Evidence {}

    /**
     * Weighs the measurement of a metric.
     *
     * @throws IllegalArgumentException if it is one of single replicas where the signal has one for all, or the reverse
     * @see Tally#of for {@code fill}
     */
    static Evidence of(String metric, Signal signal, long fill, Situation situation, Clockwork time) {
        Measurement measurement = situation.measurements().get(metric);
        if (measurement == null) {
            return new None(Gap.Kind.NOT_MEASURED);
        }
        if (measurement instanceof Failed failed) {
            return new None(new Gap.Failed(failed.why()));
        }
        boolean each = isPerReplica(signal);
        if (each && measurement instanceof PerReplica samples) {
            Tally tally = Tally.of(situation.replicas(), samples, signal, fill, time);
            Optional<Gap> gap = tally.gap();
            return gap.isPresent() ? new None(gap.get()) : new Each(tally);
        }
        if (!each && measurement instanceof Total total) {
            return sum(total.samples(), signal, time);
        }
        throw new IllegalArgumentException("the metric " + metric
                + (each
                        ? " is measured for each replica, not for all together"
                        : " is measured for all replicas together, not for each"));
    }

    private static boolean isPerReplica(Signal signal) {
        return signal instanceof Signal.Utilization
                || signal instanceof Signal.Usage
                || (signal instanceof Signal.Query query && query.reading() == Reading.PER_TASK);
    }

    private static Evidence sum(List<Sample> samples, Signal signal, Clockwork time) {
        if (samples.isEmpty()) {
            return new None(Gap.Kind.EMPTY);
        }
        long sum = 0;
        for (int i = 0; i < samples.size(); i++) {
            long value = Thousandths.of(samples.get(i).value());
            long at = Nanos.of(samples.get(i).at());
            if (value == Thousandths.NOT_A_NUMBER) {
                return new None(Gap.Kind.NOT_A_NUMBER);
            }
            if (value < 0 && signal instanceof Signal.Queue) {
                return new None(Gap.Kind.NEGATIVE);
            }
            if (time.isStale(at)) {
                return new None(new Gap.Stale(Duration.ofNanos(Nanos.minus(time.now(), at))));
            }
            sum = Nanos.plus(sum, value);
        }
        return new Together(sum);
    }
}
