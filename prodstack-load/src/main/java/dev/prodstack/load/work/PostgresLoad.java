package dev.prodstack.load.work;

import dev.prodstack.load.check.Figure;
import dev.prodstack.load.check.LoadWork;
import dev.prodstack.load.output.PgbenchOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Sessions that write, each as fast as it can, in a database made for them and dropped again. Each commits one
 * transaction for each second of the load: by the clock, pgbench would count the time in which it connects.
 */
final class PostgresLoad implements Load {
    private static final String PREFIX = "prodstack_loadcheck_";
    private static final int SCALE = 2;

    /** Whoever made a database this long ago is gone. */
    private static final Duration OLD = Duration.ofMinutes(30);

    private final LoadWork work;
    private final Map<String, String> environment;
    private final Programs programs;
    private final Instant now = Instant.now();
    private final String database =
            PREFIX + now.getEpochSecond() + "_" + ProcessHandle.current().pid();

    PostgresLoad(LoadWork work, String password) {
        this.work = work;
        environment = Map.of("PGHOST", work.host(), "PGUSER", work.user(), "PGPASSWORD", password);
        programs = new Programs(environment);
    }

    @Override
    public Figure run() throws IOException, InterruptedException {
        dropLeftovers();
        programs.run(psql("CREATE DATABASE " + database));
        programs.run(List.of("pgbench", "-i", "-q", "-s", Integer.toString(SCALE), database));
        Path logs = Files.createTempDirectory("pgbench");
        try {
            return figure(logs);
        } finally {
            for (Path file : files(logs)) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(logs);
        }
    }

    private Figure figure(Path logs) throws IOException, InterruptedException {
        PgbenchOutput output = PgbenchOutput.of(programs.run(List.of(
                "pgbench",
                "-n",
                "-N",
                "-c",
                Integer.toString(work.connections()),
                "-j",
                "2",
                "-t",
                Long.toString(work.length().toSeconds()),
                "-l",
                "--log-prefix=" + logs.resolve("log"),
                database)));
        long clients = 0;
        for (Path file : files(logs)) {
            try (Stream<String> lines = Files.lines(file)) {
                clients += PgbenchOutput.clients(lines);
            }
        }
        return new Figure(
                clients,
                output.failed(),
                String.format(
                        Locale.ROOT,
                        "%,d transactions, %,.0f a second, that write (pgbench -N, scale %d)",
                        output.transactions(),
                        output.rate(),
                        SCALE));
    }

    /** A file for each of pgbench's threads, of which each has clients of its own. */
    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private List<String> psql(String statement) {
        String first = work.target().isEmpty() ? "postgres" : work.target();
        return List.of("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", first, "-c", statement);
    }

    private static String drop(String database) {
        return "DROP DATABASE IF EXISTS " + database + " WITH (FORCE)";
    }

    /** Of checks that were ended by force. */
    private void dropLeftovers() throws IOException, InterruptedException {
        String names = programs.run(psql("SELECT datname FROM pg_database WHERE datname LIKE '" + PREFIX + "%'"));
        for (String name : names.lines().filter(this::isOld).toList()) {
            programs.run(psql(drop(name)));
        }
    }

    private boolean isOld(String name) {
        String time = name.substring(PREFIX.length()).replaceFirst("_.*", "");
        return name.matches("\\w+")
                && time.matches("\\d{1,12}")
                && Instant.ofEpochSecond(Long.parseLong(time)).plus(OLD).isBefore(now);
    }

    @Override
    public void cleanUp() {
        programs.end();
        Last.of(environment, psql(drop(database)));
    }
}
