package dev.prodstack.swarm.engine;

import dev.prodstack.swarm.problem.EngineException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A swarm whose managers have no leader for the moment: one was lost, or too few are left to choose one. An engine
 * answers everything about the swarm with an error then; what was asked may have been done or not.
 */
public final class Leaderless {
    private static final int SERVER_ERROR = 500;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Pattern REASONS = Pattern.compile(
            "does not have a leader|code = (Unavailable|DeadlineExceeded|Canceled)|deadline exceeded|lost leadership"
                    + "|leader (stepped down|changed)|raft: |transport is closing|connection error",
            Pattern.CASE_INSENSITIVE);

    private Leaderless() {}

    /** Whether a failure is of that kind. */
    public static boolean is(EngineException failure) {
        return failure.kind() == EngineException.Kind.UNANSWERED
                || (failure.status().orElse(0) >= SERVER_ERROR
                        && REASONS.matcher(failure.reason()).find());
    }

    /**
     * Asks until there is an answer, or the time is over.
     *
     * @throws EngineException the last failure, once the time is over, and any of another kind
     */
    static <T> T enduring(Duration time, Supplier<T> question) {
        return enduring(time, Leaderless::is, question);
    }

    /** The same for failures of some other kind that pass. */
    static <T> T enduring(Duration time, Predicate<EngineException> passes, Supplier<T> question) {
        long begun = System.nanoTime();
        while (true) {
            try {
                return question.get();
            } catch (EngineException e) {
                if (!passes.test(e) || System.nanoTime() - begun >= time.toNanos()) {
                    throw e;
                }
                pause();
            }
        }
    }

    /**
     * Waits a moment before it is tried again.
     *
     * @throws CancellationException if this thread is interrupted
     */
    public static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("interrupted while the swarm did not answer");
            cancelled.initCause(e);
            throw cancelled;
        }
    }
}
