package dev.prodstack.autoscale.decision;

import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.QueueCount;
import dev.prodstack.core.scaling.Signal.Reading;
import dev.prodstack.core.scaling.Signal.Resource;
import java.math.BigDecimal;
import java.time.Duration;

/** Amounts and times as operators write them. */
final class Words {
    private static final long HOUR = 3_600;
    private static final long MINUTE = 60;

    private Words() {}

    /** An amount of a signal with its unit: {@code 84 %}, {@code 0.42 CPUs}, {@code 2310 messages}. */
    static String amount(Signal signal, long thousandths) {
        return number(thousandths) + unit(signal);
    }

    private static String unit(Signal signal) {
        if (signal instanceof Signal.Utilization) {
            return " %";
        }
        if (signal instanceof Signal.Usage usage) {
            return usage.resource() == Resource.CPU ? " CPUs" : " bytes";
        }
        if (signal instanceof Signal.Queue queue) {
            return queue.count() == QueueCount.PUBLISHED_PER_SECOND ? " messages/s" : " messages";
        }
        return "";
    }

    /** Whether a target is for each replica, other than a share, which is for each anyway. */
    static boolean isPerReplica(Signal signal) {
        return !(signal instanceof Signal.Utilization)
                && !(signal instanceof Signal.Query query && query.reading() == Reading.VALUE);
    }

    static String number(long thousandths) {
        return Thousandths.toDecimal(thousandths).toPlainString();
    }

    /** A share as a percentage: 0.1 as {@code 10 %}. */
    static String percent(double share) {
        BigDecimal percent = BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros();
        return percent.toPlainString() + " %";
    }

    /** A span of time in its two largest units: {@code 45 s}, {@code 5 min}, {@code 1 h 5 min}. */
    static String span(Duration span) {
        long seconds = span.toSeconds();
        if (seconds < MINUTE) {
            return seconds == 0 && !span.isZero() ? span.toMillis() + " ms" : seconds + " s";
        }
        return seconds < HOUR
                ? two(seconds / MINUTE, " min", seconds % MINUTE, " s")
                : two(seconds / HOUR, " h", seconds % HOUR / MINUTE, " min");
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + largeUnit + (small == 0 ? "" : " " + small + smallUnit);
    }

    static String replicas(long count) {
        return count + (count == 1 ? " replica" : " replicas");
    }
}
