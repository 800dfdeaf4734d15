package dev.prodstack.core.stack;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How to find out whether a task is healthy. What is absent comes from the image, then from the engine's defaults.
 *
 * @param test the test: {@code [NONE]}, {@code [CMD, program, argument...]} or {@code [CMD-SHELL, line]}
 * @param interval time between two checks; the engine's default is 30 s
 * @param timeout how long one check may take; the engine's default is 30 s
 * @param startPeriod time after the start in which failures do not count; the engine's default is 0
 * @param startInterval time between two checks in the start period, from Engine API 1.44 on
 * @param retries failures in a row that make a task unhealthy; the engine's default is 3
 * @param disabled whether the image's health check is switched off
 */
public record HealthCheck(
        Optional<List<String>> test,
        Optional<Duration> interval,
        Optional<Duration> timeout,
        Optional<Duration> startPeriod,
        Optional<Duration> startInterval,
        OptionalInt retries,
        boolean disabled) {
    /** Copies the test. */
    public HealthCheck {
        test = test.map(List::copyOf);
    }
}
