package dev.prodstack.swarm.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs blocking input and output with a deadline.
 *
 * <p>The transport's own timeouts do not hold for Unix sockets, whose Java channels know none; an interrupt does end
 * them. Hence a thread of its own for each call under way.
 */
final class Timed implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "prodstack-engine");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Runs an action.
     *
     * @throws TimeoutException if it does not end in time; it is interrupted then
     * @throws IOException if it fails so
     * @throws IllegalStateException if this was closed
     */
    <T> T run(Duration deadline, Callable<T> action) throws IOException, TimeoutException, InterruptedException {
        Future<T> result = submit(action);
        try {
            return result.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw failure(e);
        } finally {
            result.cancel(true);
        }
    }

    private <T> Future<T> submit(Callable<T> action) {
        try {
            return threads.submit(action);
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the connection to the engine was closed", e);
        }
    }

    /** The transport hides the exceptions of input and output in runtime exceptions; they are found again here. */
    private static IOException failure(ExecutionException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io) {
                return io;
            }
        }
        if (e.getCause() instanceof RuntimeException other) {
            throw other;
        }
        throw new IllegalStateException(e.getCause());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
