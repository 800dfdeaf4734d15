package dev.prodstack.backup.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.postgres.RecoveryTarget.Latest;
import dev.prodstack.backup.postgres.RecoveryTarget.ToLsn;
import dev.prodstack.backup.postgres.RecoveryTarget.ToName;
import dev.prodstack.backup.postgres.RecoveryTarget.ToTime;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Origin;
import dev.prodstack.backup.server.RunningServer;
import dev.prodstack.backup.storage.DirectoryStorage;
import dev.prodstack.core.backup.BackupSource.Wal;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bouncycastle.crypto.macs.Poly1305;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;

/** A real server's log, received all the time, and servers restored to moments of it. */
@Tag("engine")
@Timeout(300)
class PostgresRecoveryTest {
    private static final Origin ORIGIN = new Origin("shop", "postgres", "postgres", "b1");

    @TempDir
    Path directory;

    private RunningPostgres server;
    private Repository repository;
    private final List<WalEvent> events = new CopyOnWriteArrayList<>();
    private Thread receiver = new Thread(() -> {});
    private int copies;

    @BeforeEach
    void begin() throws Exception {
        server = RunningPostgres.create(
                Files.createDirectory(directory.resolve("pg")), "max_slot_wal_keep_size = 64MB", "max_wal_size = 64MB");
        repository = Repository.init(DirectoryStorage.at(directory.resolve("repository")), "secret".toCharArray());
        server.execute("postgres", "CREATE TABLE n (i int PRIMARY KEY)", "CREATE TABLE filler (t text)");
    }

    @AfterEach
    void end() throws Exception {
        stopReceiving();
        server.close();
        repository.close();
    }

    private void receive(RunningPostgres from) {
        receiver = new Thread(() -> {
            try {
                WalReceiver.of(from.postgres(), new Wal("prodstack", Duration.ofSeconds(1)))
                        .into(repository, "shop", "postgres")
                        .telling(events::add)
                        .run();
            } catch (InterruptedException e) {
                // As asked for.
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        receiver.start();
    }

    private void stopReceiving() throws InterruptedException {
        receiver.interrupt();
        receiver.join();
    }

    /** Waits until everything up to now is stored. */
    private void awaitStored(RunningPostgres from) throws Exception {
        Lsn now = Lsn.parse(from.ask("postgres", "SELECT pg_current_wal_insert_lsn()"));
        awaitEvent(WalEvent.Stored.class, stored -> stored.piece().end().compareTo(now) >= 0);
    }

    private <E extends WalEvent> E awaitEvent(Class<E> kind, java.util.function.Predicate<E> wanted) throws Exception {
        for (long end = System.nanoTime() + 60_000_000_000L; System.nanoTime() < end; Thread.sleep(20)) {
            for (WalEvent event : events) {
                if (kind.isInstance(event) && wanted.test(kind.cast(event))) {
                    return kind.cast(event);
                }
            }
        }
        throw new AssertionError("no such " + kind.getSimpleName() + " among " + events);
    }

    private PostgresRecovery recovery() {
        return PostgresRecovery.of(repository, "shop", "postgres").verifiedBy(server.programs());
    }

    /** The highest number, and how many there are, after a restore. */
    private String restored(RecoveryTarget target) throws Exception {
        try (RunningPostgres other = restore(target)) {
            return numbers(other);
        }
    }

    private RunningPostgres restore(RecoveryTarget target) throws Exception {
        copies++;
        Path data = directory.resolve("pg/restored-" + copies);
        recovery().plan(target).into(data);
        RunningPostgres other = RunningPostgres.over(directory.resolve("pg"), data);
        other.startAndRecover();
        assertThat(data.resolve(PostgresRecovery.FOLDER)).doesNotExist();
        return other;
    }

    private static String numbers(RunningPostgres from) throws Exception {
        return from.ask("postgres", "SELECT count(*) || ' to ' || coalesce(max(i), 0) FROM n");
    }

    private Instant insert(int from, int to) throws Exception {
        for (int i = from; i <= to; i++) {
            server.execute("postgres", "INSERT INTO n VALUES (" + i + ")");
        }
        return OffsetDateTime.parse(server.ask(
                        "postgres",
                        "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC',"
                                + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"))
                .toInstant();
    }

    /** About three segments of log. */
    private void fill() throws Exception {
        server.execute(
                "postgres",
                "INSERT INTO filler SELECT repeat(md5(i::text), 50) FROM generate_series(1, 25000) i",
                "TRUNCATE filler");
    }

    @Test
    void aServerComesBackToAnyMoment() throws Exception {
        receive(server);
        insert(1, 5);
        PostgresBase.of(server.postgres()).to(repository, ORIGIN);
        Instant five = insert(6, 10);
        fill();
        server.execute("postgres", "SELECT pg_create_restore_point('before the mistake')");
        Instant ten = insert(11, 20);
        Lsn lsn = Lsn.parse(server.ask("postgres", "SELECT pg_current_wal_insert_lsn()"));
        Instant last = insert(21, 30);
        awaitStored(server);

        assertThat(restored(new ToTime(five))).isEqualTo("10 to 10");
        assertThat(restored(new ToTime(ten))).isEqualTo("20 to 20");
        assertThat(restored(new ToLsn(lsn))).isEqualTo("20 to 20");
        assertThat(restored(new ToName("before the mistake"))).isEqualTo("10 to 10");
        assertThat(restored(new Latest())).isEqualTo("30 to 30");
        // No transaction ended after that, which the server alone would look for in vain.
        server.execute("postgres", "SELECT pg_create_restore_point('nothing but this')");
        awaitStored(server);
        stopReceiving();
        PostgresRecovery.Span span = recovery().reachable().get(0);
        assertThat(span.untilTime()).isAfter(last);
        assertThat(restored(new ToTime(last))).isEqualTo("30 to 30");
        assertThat(restored(new ToLsn(span.until()))).isEqualTo("30 to 30");

        assertThatThrownBy(() -> recovery().plan(new ToTime(last.plusSeconds(3600))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be restored to")
                .hasMessageContaining("Reachable: " + span);
        assertThatThrownBy(() -> recovery().plan(new ToTime(span.fromTime().minusSeconds(1))))
                .hasMessageContaining("Reachable: ");
        assertThatThrownBy(() -> recovery().plan(new ToName("nobody's")))
                .hasMessageContaining("Points with a name: before the mistake, nothing but this.");
        assertThatThrownBy(() -> recovery().plan(new ToLsn(span.until().plus(1))))
                .hasMessageContaining("Reachable: ");
    }

    @Test
    void whatIsFoldedIsReachedToo() throws Exception {
        receive(server);
        PostgresBase.of(server.postgres()).to(repository, ORIGIN);
        Instant five = insert(1, 5);
        fill();
        insert(6, 7);
        awaitStored(server);
        WalStore store = store(server);
        int before = store.pieces().size();
        assertThat(store.fold(ORIGIN)).isPresent();
        assertThat(store.pieces()).hasSizeLessThan(before);
        assertThat(store.fold(ORIGIN)).isEmpty();
        insert(8, 9);
        awaitStored(server);
        assertThat(restored(new ToTime(five))).isEqualTo("5 to 5");
        assertThat(restored(new Latest())).isEqualTo("9 to 9");
    }

    @Test
    void logThatNoKeptBaseBackupNeedsGoes() throws Exception {
        receive(server);
        awaitEvent(WalEvent.Begun.class, begun -> true);
        String system = server.ask("postgres", "SELECT system_identifier FROM pg_control_system()");
        assertThat(recovery().needsBase(system))
                .hasValueSatisfying(why -> assertThat(why).contains("no base backup"));
        ContentId first = PostgresBase.of(server.postgres())
                .to(repository, ORIGIN)
                .snapshots()
                .get(0);
        insert(1, 5);
        fill();
        awaitStored(server);
        assertThat(recovery().needsBase(system)).isEmpty();
        assertThat(store(server).fold(ORIGIN)).isPresent();
        fill();
        Instant between = insert(6, 7);
        PostgresBase.of(server.postgres()).to(repository, ORIGIN);
        insert(8, 9);
        awaitStored(server);
        stopReceiving();
        int before = store(server).pieces().size();

        assertThat(WalRetention.apply(repository, "shop", Set.of(), Instant.MIN, Instant.MIN))
                .isEqualTo(new WalRetention(0, Set.of()));
        assertThat(recovery().plan(new ToTime(between)).span().base().id()).isEqualTo(first);
        WalRetention removed = WalRetention.apply(repository, "shop", Set.of(), Instant.now(), Instant.MIN);
        assertThat(removed.pieces()).isPositive().isLessThan(before);
        assertThat(removed.snapshots()).hasSize(1);
        assertThat(store(server).pieces()).hasSize(before - removed.pieces());
        assertThat(restored(new Latest())).isEqualTo("9 to 9");
        assertThatThrownBy(() -> recovery().plan(new ToTime(between))).hasMessageContaining("Reachable: ");
    }

    private WalStore store(RunningPostgres of) throws Exception {
        String system = of.ask("postgres", "SELECT system_identifier FROM pg_control_system()");
        return new WalStore(repository, new WalLine("shop", "postgres", system));
    }

    @Test
    void theLogGoesOnOnANewTimeline() throws Exception {
        receive(server);
        insert(1, 5);
        PostgresBase.of(server.postgres()).to(repository, ORIGIN);
        Instant first = insert(6, 10);
        insert(11, 15);
        awaitStored(server);
        stopReceiving();
        server.stop("fast");

        RunningPostgres second = restore(new ToTime(first));
        try (second) {
            assertThat(numbers(second)).isEqualTo("10 to 10");
            events.clear();
            receive(second);
            awaitEvent(WalEvent.Begun.class, begun -> begun.timeline() == 2);
            second.execute("postgres", "INSERT INTO n VALUES (100)");
            awaitStored(second);
            assertThat(restored(new Latest())).isEqualTo("11 to 100");
            assertThat(events).noneMatch(event -> event instanceof WalEvent.Gap);
            stopReceiving();
        }
    }

    @Test
    void aKilledReceiverGoesOnWithoutAGap() throws Exception {
        server.execute("postgres", "ALTER SYSTEM SET max_slot_wal_keep_size = -1", "SELECT pg_reload_conf()");
        // The slot is there before the base backup, or what comes between them is kept by nobody.
        receive(server);
        awaitStored(server);
        stopReceiving();
        PostgresBase.of(server.postgres()).to(repository, ORIGIN);
        int at = 0;
        for (int round = 0; round < 4; round++) {
            try (RunningServer victim = victim()) {
                for (int i = 0; i < 3; i++) {
                    insert(at + 1, at + 10);
                    at += 10;
                    if (i == 1) {
                        fill();
                    }
                    Thread.sleep(300L * round);
                }
                while (round > 0 && !victim.said().contains("Stored[")) {
                    assertThat(victim.said()).doesNotContain("Exception");
                    Thread.sleep(20);
                }
                victim.kill();
                assertThat(victim.said()).doesNotContain("Gap[");
            }
            insert(at + 1, at + 5);
            at += 5;
        }
        receive(server);
        awaitStored(server);
        assertThat(events).noneMatch(event -> event instanceof WalEvent.Gap);
        assertThat(restored(new Latest())).isEqualTo(at + " to " + at);
    }

    /** What the victim needs, wherever this test was loaded from. */
    private static String classPath() throws Exception {
        List<String> places = new ArrayList<>();
        for (Class<?> needed : List.of(
                WalVictim.class,
                Repository.class,
                Wal.class,
                ObjectMapper.class,
                JsonFactory.class,
                JsonProperty.class,
                Poly1305.class,
                Zstd.class,
                Driver.class)) {
            places.add(Path.of(needed.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        return String.join(File.pathSeparator, places);
    }

    private RunningServer victim() throws Exception {
        return RunningServer.start(
                directory,
                Map.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        WalVictim.class.getName(),
                        "" + server.postgres().server().port(),
                        server.postgres().account().passwordFile().toString(),
                        directory.resolve("repository").toString(),
                        "1000"));
    }

    @Test
    void aServerThatIsLostLosesAtMostWhatWasNotStored() throws Exception {
        receive(server);
        PostgresBase.of(server.postgres()).to(repository, ORIGIN);
        awaitStored(server);
        List<Instant> committed = new ArrayList<>();
        try (Connection connection = server.postgres().connect("postgres");
                Statement statement = connection.createStatement()) {
            for (int i = 1; i <= 60; i++) {
                statement.execute("INSERT INTO public.n VALUES (" + i + ")");
                committed.add(Instant.now());
                Thread.sleep(100);
            }
        }
        server.stop("immediate");
        Instant lost = Instant.now();
        stopReceiving();
        String found = restored(new Latest());
        int last = Integer.parseInt(found.replaceAll(".* to ", ""));
        assertThat(found).isEqualTo(last + " to " + last);
        Duration loss = last == committed.size() ? Duration.ZERO : Duration.between(committed.get(last), lost);
        System.err.println("figure: lost " + loss + ", commits " + (60 - last));
        assertThat(loss)
                .as("the first commit that is lost, before the server was")
                .isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void aLostSlotIsAGapThatABaseBackupCloses() throws Exception {
        receive(server);
        insert(1, 5);
        PostgresBase.of(server.postgres()).to(repository, ORIGIN);
        insert(6, 10);
        awaitStored(server);
        stopReceiving();
        while (!server.ask("postgres", "SELECT wal_status FROM pg_replication_slots")
                .equals("lost")) {
            fill();
            server.execute("postgres", "CHECKPOINT");
        }
        insert(11, 15);
        receive(server);
        awaitEvent(WalEvent.Gap.class, gap -> true);
        insert(16, 20);
        awaitStored(server);
        String system = server.ask("postgres", "SELECT system_identifier FROM pg_control_system()");
        assertThat(recovery().needsBase(system))
                .hasValueSatisfying(why -> assertThat(why).contains("there is a gap"));
        assertThat(restored(new Latest())).as("up to the gap").isEqualTo("10 to 10");
        PostgresBase.of(server.postgres()).to(repository, ORIGIN);
        insert(21, 25);
        awaitStored(server);
        assertThat(recovery().needsBase(system)).isEmpty();
        assertThat(restored(new Latest())).isEqualTo("25 to 25");
    }

    @Test
    void aServerThatRestartsIsReceivedAgain() throws Exception {
        receive(server);
        PostgresBase.of(server.postgres()).to(repository, ORIGIN);
        insert(1, 5);
        server.stop("immediate");
        awaitEvent(WalEvent.Interrupted.class, event -> event.why().contains("cannot connect for replication"));
        server.start();
        insert(6, 10);
        awaitStored(server);
        assertThat(restored(new Latest())).isEqualTo("10 to 10");
    }
}
