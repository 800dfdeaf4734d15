package dev.prodstack.backup.parallel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that share work. */
public final class Workers {
    /** Storages far away are waited for more than they are worked with. */
    private static final int LEAST = 4;

    private Workers() {}

    /** What is done with one thing. */
    public interface Task<T> {
        /** Does it. */
        void on(T what) throws IOException;
    }

    /** Does something with each, in parallel and begun in order; the first failure ends it. */
    public static <T> void forEach(List<T> all, Task<T> task) throws IOException, InterruptedException {
        int count = Math.min(all.size(), Math.max(LEAST, Runtime.getRuntime().availableProcessors()));
        if (count == 0) {
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (T what : all) {
                futures.add(threads.submit(() -> {
                    task.on(what);
                    return null;
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
