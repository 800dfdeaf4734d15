package dev.prodstack.load.work;

import dev.prodstack.load.check.Figure;
import dev.prodstack.load.check.LoadWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Does what a job was asked to do. */
public final class Loads {
    private Loads() {}

    /**
     * Loads a service and measures. What it left there is removed at the end, also if this process is told to end
     * meanwhile.
     *
     * @param secrets the directory with the file {@value LoadWork#PASSWORD}, where one is needed
     * @throws IOException if the service cannot be reached, or a program fails or prints what nobody understands
     */
    public static Figure perform(LoadWork work, Path secrets) throws IOException, InterruptedException {
        Load load = load(work, secrets);
        Thread last = new Thread(load::cleanUp, "load-clean-up");
        Runtime.getRuntime().addShutdownHook(last);
        try {
            return load.run();
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            load.cleanUp();
            forget(last);
        }
    }

    private static void forget(Thread last) {
        try {
            Runtime.getRuntime().removeShutdownHook(last);
        } catch (IllegalStateException e) {
            // The process ends already, and what this would have done is being done.
            return;
        }
    }

    private static Load load(LoadWork work, Path secrets) throws IOException {
        return switch (work.check()) {
            case NGINX, BACKEND -> new HttpLoad(work);
            case REDIS -> new RedisLoad(work, password(secrets), 1);
            case REDIS_PIPELINED -> new RedisLoad(work, password(secrets), 16);
            case POSTGRES -> new PostgresLoad(work, password(secrets));
            case WORKER -> new TaskLoad(work, password(secrets));
        };
    }

    private static String password(Path secrets) throws IOException {
        Path file = secrets.resolve(LoadWork.PASSWORD);
        return Files.exists(file) ? Files.readString(file).strip() : "";
    }
}
