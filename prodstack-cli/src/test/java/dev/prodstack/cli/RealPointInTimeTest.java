package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stack with a database whose log is received, restored to moments between commits and after its loss, on a real
 * engine such as {@code lab/swarm} brings up. Jobs run the classes under test.
 */
@Tag("engine")
@Timeout(3000)
@ExtendWith(GuideBlocks.class)
class RealPointInTimeTest {
    private static final String STACK = """
            name: NAME
            services:
              postgres:
                image: POSTGRES
                command: [sh, /start]
                user: "999:999"
                stop_signal: SIGINT
                stop_grace_period: 30s
                environment: {PGDATA: /var/lib/postgresql/data}
                secrets: [pg_password]
                volumes: ["pgdata:/var/lib/postgresql/data"]
                healthcheck:
                  test: ["CMD", "BIN/pg_isready", "-q", "-h", "127.0.0.1"]
                  interval: 1s
                  timeout: 5s
                  retries: 30
                deploy: {replicas: 1, endpoint_mode: dnsrr, restart_policy: {condition: any, delay: 1s}}
                x-prodstack:
                  backup:
                    - postgres:
                        password_secret: pg_password
                        dump: {databases: [postgres]}
                        wal: {slot: prodstack, store_every: EVERY}
              web:
                image: IMAGE
                command: [sleep, "100000"]
                init: true
                stop_grace_period: 1s
                depends_on: [postgres]
                volumes: ["data:/data"]
                deploy: {replicas: 1, endpoint_mode: dnsrr}
                x-prodstack:
                  backup: [{volume: {name: data, service: running}}]
            volumes: {pgdata: {}, data: {}}
            secrets:
              backup_password: {file: ./password}
              pg_password: {file: ./password}
            x-prodstack:
              backup:
                repository: {directory: REPOSITORY, password_secret: backup_password}
            """;

    private static final String COUNT = "SELECT count(*) || ' to ' || coalesce(max(i), 0) FROM n";

    private static final Pattern SPAN = Pattern.compile("(\\S+Z) \\.\\. (\\S+Z) \\(LSN");

    /** The longest time between two writes of the log; {@code -Dprodstack.store-every=10s} for figures. */
    private static final String EVERY = System.getProperty("prodstack.store-every", "2s");

    /** How many times the database is lost; {@code -Dprodstack.losses=5} for figures. */
    private static final int LOSSES = Integer.getInteger("prodstack.losses", 1);

    @TempDir
    private Path directory = Path.of("");

    private Optional<EngineStack> made = Optional.empty();
    private String name = "";
    private String postgres = "";
    private Path bin = Path.of("");
    private int port;
    private Thread receiver = new Thread(() -> {});

    @BeforeEach
    void begin() throws Exception {
        String base = LabVariable.of("PRODSTACK_TEST_IMAGE");
        String registry = LabVariable.of("PRODSTACK_TEST_REGISTRY");
        EngineStack stack = new EngineStack(directory);
        made = Optional.of(stack);
        name = stack.name();
        bin = PostgresImage.programs();
        postgres = PostgresImage.build(directory, stack.host(), base, registry);
        stack.jobsRunIn(JobImage.build(directory, stack.host(), postgres, registry));
        stack.file(STACK.replace("NAME", name)
                .replace("POSTGRES", postgres)
                .replace("IMAGE", base)
                .replace("BIN", bin.toString())
                .replace("EVERY", EVERY)
                .replace("REPOSITORY", stack.repository().toString()));
    }

    @AfterEach
    void end() throws Exception {
        if (made.isEmpty()) {
            return;
        }
        receiver.interrupt();
        receiver.join();
        made.get().remove(name, "data", "pgdata");
        made.get().docker("image", "rm", "--force", postgres);
        made.get().forget();
    }

    private EngineStack stack() {
        return made.orElseThrow();
    }

    private CommandRun.Outcome prodstack(String... arguments) {
        return stack().prodstack(arguments);
    }

    private String docker(String... arguments) throws Exception {
        return stack().docker(arguments);
    }

    private String inside(String service, String script) throws Exception {
        return stack().inside(service, script).strip();
    }

    private String psql(String sql) {
        return "PGPASSWORD='a password' " + bin + "/psql -h 127.0.0.1 -U postgres -XAtqc \"" + sql + "\"";
    }

    private String ask(String sql) throws Exception {
        return inside("postgres", psql(sql));
    }

    private void insert(int from, int to) throws Exception {
        for (int i = from; i <= to; i++) {
            assertThat(ask("INSERT INTO n VALUES (" + i + ")")).isEmpty();
        }
    }

    private String numbers() throws Exception {
        return ask(COUNT);
    }

    private Instant now() throws Exception {
        return Instant.parse(ask("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD') || 'T' ||"
                + " to_char(clock_timestamp() AT TIME ZONE 'UTC', 'HH24:MI:SS.US') || 'Z'"));
    }

    /** What the service {@code wal} of a stack runs. */
    private CompletableFuture<CommandRun.Outcome> receive() throws Exception {
        port = LiveEndpoint.freePort();
        CompletableFuture<CommandRun.Outcome> ended = new CompletableFuture<>();
        CommandRun run = stack().command();
        String listen = Integer.toString(port);
        receiver = new Thread(() -> ended.complete(run.run("backup", "wal", "-n", name, "--listen", listen)));
        receiver.start();
        return ended;
    }

    private double metric(String metric) throws Exception {
        return LiveEndpoint.metric(port, metric);
    }

    private void await(String metric, Predicate<Double> wanted) throws Exception {
        await(() -> metric + " is " + metric(metric), () -> wanted.test(metric(metric)));
    }

    /** Waits until all that is committed is stored. */
    private void awaitStored() throws Exception {
        Instant committed = now();
        await(() -> "not stored: " + committed, () -> LiveEndpoint.hasStored(port, committed));
    }

    private static void await(Callable<String> standing, Callable<Boolean> reached) throws Exception {
        for (long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(10); !reached.call(); Thread.sleep(200)) {
            if (System.nanoTime() > end) {
                throw new AssertionError(standing.call());
            }
        }
    }

    @Test
    void aStackComesBackToAMomentBetweenTwoCommitsAndAfterTheLossOfItsDatabase() throws Exception {
        EngineStack.succeeded(prodstack("deploy"));
        CompletableFuture<CommandRun.Outcome> received = receive();
        // It makes the repository, receives, and then takes the first base backup.
        await("prodstack_wal_bases_total", bases -> bases == 1);
        await("prodstack_wal_base_due_seconds", due -> due == 0);
        ask("CREATE TABLE n (i int PRIMARY KEY)");
        insert(1, 5);
        inside("web", "echo one > /data/file");
        // What was received before the base backup is put in order still.
        CommandRun.Outcome backedUp = prodstack("backup", "run", "--lock-timeout", "5m");
        EngineStack.succeeded(backedUp);
        insert(6, 10);
        Instant ten = now();
        insert(11, 15);
        inside("web", "echo two > /data/file");
        awaitStored();

        CommandRun.Outcome refused = prodstack("restore", "--to-time", "2100-01-01", "--dry-run");
        assertThat(refused.code()).isEqualTo(2);
        refused = prodstack("restore", "--to-time", "2100-01-01 00:00", "--dry-run");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("cannot be restored to 2100-01-01T00:00:00Z", "Reachable: ");

        CommandRun.Outcome planned = prodstack("restore", "--to-time", ten.toString(), "--dry-run");
        EngineStack.succeeded(planned);
        assertThat(planned.out())
                .contains(
                        "as of " + ten,
                        "all else from the backup ",
                        "base backup ",
                        "Stopped meanwhile: postgres, web.");
        assertThat(numbers()).isEqualTo("15 to 15");

        assertThatAnotherStackIsFilledBesideIt(ten);
        CommandRun.Outcome restored =
                prodstack("restore", "--to-time", ten.toString(), "--lock-timeout", "5m", "--confirm", name);
        EngineStack.succeeded(restored);
        assertThat(numbers()).isEqualTo("10 to 10");
        assertThat(inside("web", "cat /data/file")).isEqualTo("one");
        assertThat(inside("postgres", "ls $PGDATA")).doesNotContain("prodstack_");
        insert(100, 101);
        awaitStored();
        assertThat(metric("prodstack_wal_gaps_total")).isZero();

        List<String> figures = new ArrayList<>();
        for (int i = 0; i < LOSSES; i++) {
            figures.add(lose(1000 * (i + 1)));
        }
        figures.forEach(figure -> System.err.println("figure: " + figure));
        receiver.interrupt();
        CommandRun.Outcome ended = received.get(60, TimeUnit.SECONDS);
        assertThat(ended.err()).contains("a base backup is due", "receiving the logs of postgres");
        assertThat(docker("service", "ls", "--format", "{{.Name}}")).doesNotContain("prodstack-" + name);
    }

    /** With the database of the moment after the tenth commit. */
    private void assertThatAnotherStackIsFilledBesideIt(Instant ten) throws Exception {
        String other = name + "b";
        try {
            EngineStack.succeeded(prodstack("deploy", "--stack", other));
            EngineStack.succeeded(prodstack(
                    "restore",
                    "--to-time",
                    ten.toString(),
                    "--into",
                    other,
                    "--lock-timeout",
                    "5m",
                    "--confirm",
                    other));
            assertThat(stack().exec(other, "postgres", "sh", "-c", psql(COUNT)).strip())
                    .isEqualTo("10 to 10");
            assertThat(stack().exec(other, "web", "cat", "/data/file").strip()).isEqualTo("one");
            assertThat(numbers()).isEqualTo("15 to 15");
        } finally {
            stack().remove(other, "data", "pgdata");
        }
    }

    /** What the guide says, line by line; a base backup is awaited after each restore, which takes minutes in all. */
    @Test
    @Tag("long")
    void theGuidesMomentsAreReached(GuideBlock moments, GuideBlock naming) throws Exception {
        EngineStack.succeeded(prodstack("deploy"));
        CompletableFuture<CommandRun.Outcome> received = receive();
        await("prodstack_wal_bases_total", bases -> bases == 1);
        ask("CREATE TABLE n (i int PRIMARY KEY)");
        insert(1, 5);
        inside("web", "echo one > /data/file");
        EngineStack.succeeded(prodstack("backup", "run", "--lock-timeout", "5m"));
        insert(6, 10);
        Instant ten = now();
        insert(11, 15);
        inside("web", "echo two > /data/file");
        awaitStored();

        // While the base backup that the receiver takes goes on, others are refused who do not wait.
        stack().at(moments)
                .where("2026-11-26 10:31", ten.toString())
                .where("--confirm shop", "--lock-timeout 5m --confirm " + name);
        assertThat(moments.next("--dry-run").out()).contains("as of " + ten, "Stopped meanwhile: postgres, web.");
        assertThat(numbers()).isEqualTo("15 to 15");
        restored(() -> moments.next("--confirm shop"));
        assertThat(numbers()).isEqualTo("10 to 10");
        assertThat(inside("web", "cat /data/file")).isEqualTo("one");
        assertThatMomentsOfTheNewTimelineAreReached(moments, naming);
        receiver.interrupt();
        received.get(60, TimeUnit.SECONDS);
    }

    /** Restores, and waits until there is a base backup of the new timeline. */
    private void restored(Callable<CommandRun.Outcome> restore) throws Exception {
        double bases = metric("prodstack_wal_bases_total");
        restore.call();
        await("prodstack_wal_bases_total", now -> now > bases);
    }

    /** By a time, a place in the log and a name, of the database alone. */
    private void assertThatMomentsOfTheNewTimelineAreReached(GuideBlock moments, GuideBlock naming) throws Exception {
        insert(11, 12);
        moments.where("2026-11-26 10:31", now().toString())
                .where("--confirm shop", "--lock-timeout 5m --no-safety-backup --confirm " + name);
        insert(13, 13);
        awaitStored();
        restored(() -> moments.next("--only postgres"));
        assertThat(numbers()).isEqualTo("12 to 12");

        insert(13, 14);
        moments.where("16/B374D848", ask("SELECT pg_current_wal_insert_lsn()"));
        insert(15, 15);
        awaitStored();
        restored(() -> moments.next("--to-lsn"));
        assertThat(numbers()).isEqualTo("14 to 14");

        insert(15, 16);
        String bare = "psql -U postgres";
        String reached = "env 'PGPASSWORD=a password' " + bin + "/psql -h 127.0.0.1 -U postgres";
        stack().at(naming).where("CONTAINER", stack().container("postgres")).where(bare, reached);
        naming.next("pg_create_restore_point");
        insert(17, 17);
        awaitStored();
        restored(() -> moments.next("--to-name"));
        assertThat(numbers()).isEqualTo("16 to 16");
        assertThat(inside("web", "cat /data/file")).isEqualTo("one");
    }

    /** A number is committed each second; then the server is killed, and its volume emptied. */
    private String lose(int from) throws Exception {
        String writer = "i=" + from + "; while " + psql("INSERT INTO n VALUES ($i)") + "; do echo $i; i=$((i+1));"
                + " sleep 1; done";
        List<String> command =
                List.of("docker", "-H", stack().host(), "exec", stack().container("postgres"), "sh", "-c", writer);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Thread reader = new Thread(() -> {
            try {
                process.getInputStream().transferTo(written);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        reader.start();
        Thread.sleep(23_456);
        docker("kill", "--signal", "KILL", stack().container("postgres"));
        Instant lost = Instant.now();
        docker("run", "--rm", "-v", name + "_pgdata:/gone", "--entrypoint", "sh", postgres, "-c", "rm -rf /gone/*");
        process.waitFor();
        reader.join();
        int committed = written.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.matches("\\d{4,}"))
                .mapToInt(Integer::parseInt)
                .max()
                .orElseThrow();
        // What comes up is another, empty server, whose log is received too.
        await("prodstack_wal_bases_total", bases -> bases >= 2);

        CommandRun.Outcome refused = prodstack("restore", "--to-time", "2100-01-01 00:00", "--dry-run");
        Instant end = Instant.EPOCH;
        for (Matcher span = SPAN.matcher(refused.err()); span.find(); ) {
            Instant until = Instant.parse(span.group(2));
            end = until.isAfter(end) && until.isBefore(lost.plusSeconds(1)) ? until : end;
        }
        Instant begun = Instant.now();
        EngineStack.succeeded(prodstack(
                "restore",
                "--to-time",
                end.toString(),
                "--only",
                "postgres",
                "--no-safety-backup",
                "--lock-timeout",
                "5m",
                "--verify",
                "structure",
                "--confirm",
                name));
        Duration took = Duration.between(begun, Instant.now());
        int last = Integer.parseInt(ask("SELECT max(i) FROM n"));
        assertThat(ask("SELECT count(*) FROM n WHERE i >= " + from)).isEqualTo(Integer.toString(last - from + 1));
        assertThat(last).isBetween(committed - 15, committed + 1);
        awaitStored();
        return "stored every " + EVERY + ": committed " + (committed - from + 1) + ", lost " + (committed - last)
                + "; the log ended " + Duration.between(end, lost).toMillis() + " ms before the loss; restored in "
                + took.toSeconds() + " s";
    }
}
