package dev.prodstack.autoscale.decision;

/**
 * How the replicas of a service were sorted for one metric.
 *
 * @param ready those whose samples count
 * @param unready those that are starting, not ready, or in the hands of a rolling update
 * @param missing those that should have a usable sample and have none
 * @param ignored those that failed or were told to stop
 */
public record Coverage(int ready, int unready, int missing, int ignored) {
    /** For a metric that is not about single replicas. */
    static final Coverage NONE = new Coverage(0, 0, 0, 0);

    /** The groups that are not empty, if there is any but the ready ones: {@code 9 ready, 2 not ready}. */
    String text() {
        if (unready + missing + ignored == 0) {
            return "";
        }
        StringBuilder text = new StringBuilder().append(ready).append(" ready");
        append(text, unready, " not ready or being replaced");
        append(text, missing, " without a sample");
        append(text, ignored, " failed or stopping");
        return text.toString();
    }

    private static void append(StringBuilder text, int count, String what) {
        if (count > 0) {
            text.append(", ").append(count).append(what);
        }
    }
}
