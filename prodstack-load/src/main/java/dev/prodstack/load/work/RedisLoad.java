package dev.prodstack.load.work;

import dev.prodstack.load.check.Figure;
import dev.prodstack.load.check.LoadWork;
import dev.prodstack.load.output.RedisOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Small values written and read. The keys have a prefix of their own and go by themselves after two minutes. */
final class RedisLoad implements Load {
    private static final int KEYS = 1000;
    private static final String LIFE_SECONDS = "120";
    private static final String VALUE = "0123456789abcdef";
    private static final int MOST_COMMANDS = 100_000_000;

    private final LoadWork work;
    private final String password;
    private final int pipeline;
    private final Programs programs;
    private final Map<String, String> environment;
    private final String prefix = "prodstack:loadcheck:" + UUID.randomUUID() + ":";

    RedisLoad(LoadWork work, String password, int pipeline) {
        this.work = work;
        this.password = password;
        this.pipeline = pipeline;
        environment = password.isEmpty() ? Map.of() : Map.of("REDISCLI_AUTH", password);
        programs = new Programs(environment);
    }

    @Override
    public Figure run() throws IOException, InterruptedException {
        // As many commands as take that long if the promise is held; each half of them.
        long commands = Math.min(
                MOST_COMMANDS,
                Math.max(1000, Math.round(work.promise() * work.length().toSeconds() / 2)));
        String key = prefix + "__rand_int__";
        double set = RedisOutput.rate(programs.run(benchmark(commands, "SET", key, VALUE, "EX", LIFE_SECONDS)));
        double get = RedisOutput.rate(programs.run(benchmark(commands, "GET", key)));
        return new Figure(
                Math.min(set, get),
                0,
                String.format(Locale.ROOT, "SET %,.0f, GET %,.0f, %d connections", set, get, work.connections()));
    }

    private List<String> benchmark(long commands, String... command) {
        List<String> words = new ArrayList<>(List.of(
                "redis-benchmark",
                "-h",
                work.host(),
                "-c",
                Integer.toString(work.connections()),
                "-n",
                Long.toString(commands),
                "-r",
                Integer.toString(KEYS),
                "-P",
                Integer.toString(pipeline),
                "--csv"));
        if (!password.isEmpty()) {
            // It reads no variable. The container's processes are this job's alone.
            words.addAll(List.of("-a", password));
        }
        words.addAll(List.of(command));
        return words;
    }

    @Override
    public void cleanUp() {
        programs.end();
        List<String> unlink = new ArrayList<>(List.of("redis-cli", "-h", work.host(), "UNLINK"));
        for (int i = 0; i < KEYS; i++) {
            unlink.add(prefix + String.format(Locale.ROOT, "%012d", i));
        }
        Last.of(environment, unlink);
    }
}
