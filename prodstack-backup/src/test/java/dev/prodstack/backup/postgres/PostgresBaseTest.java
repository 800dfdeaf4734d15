package dev.prodstack.backup.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Origin;
import dev.prodstack.backup.server.StoredPart;
import dev.prodstack.backup.storage.DirectoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Physical copies of a real server, and back. */
@Tag("engine")
@Timeout(300)
class PostgresBaseTest {
    private static final Origin ORIGIN = new Origin("shop", "postgres", "postgres", "b1");

    @TempDir
    Path directory;

    @Test
    void aCopyComesBackAndTheNextStoresLittleMore() throws Exception {
        try (RunningPostgres server = RunningPostgres.create(Files.createDirectory(directory.resolve("pg")));
                Repository repository =
                        Repository.init(DirectoryStorage.at(directory.resolve("repository")), "secret".toCharArray())) {
            server.execute("postgres", "CREATE DATABASE shop");
            server.execute(
                    "shop",
                    "CREATE TABLE t AS SELECT i, md5(i::text) || md5((i + 1)::text) AS v, 0 AS n"
                            + " FROM generate_series(1, 400000) i",
                    "CREATE UNIQUE INDEX ON t (i)");
            StoredPart first = PostgresBase.of(server.postgres()).to(repository, ORIGIN);
            server.execute("shop", "UPDATE t SET n = 1 WHERE i BETWEEN 1000 AND 1050", "CHECKPOINT");
            Map<String, String> before = PostgresFacts.tables(server.postgres(), "shop");
            StoredPart second = PostgresBase.of(server.postgres()).to(repository, ORIGIN);

            assertThat(first.facts()).containsKeys("lsn.start", "lsn.end", "timeline", "system.identifier", "files");
            assertThat(first.bytesRead()).isGreaterThan(60_000_000);
            assertThat(second.bytesStored())
                    .as("first %s, second %s", first, second)
                    .isLessThan(first.bytesStored() / 10);

            Path restored = directory.resolve("pg/restored");
            PostgresData.restore(
                    repository,
                    repository.snapshots().get(1),
                    restored,
                    server.postgres().programs());
            try (RunningPostgres other = RunningPostgres.over(directory.resolve("pg"), restored)) {
                other.startAndRecover();
                assertThat(PostgresFacts.tables(other.postgres(), "shop")).isEqualTo(before);
            }
            assertThatThrownBy(() -> PostgresData.restore(
                            repository,
                            repository.snapshots().get(1),
                            restored,
                            server.postgres().programs()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is not empty");
        }
    }

    /** Else a program would wait for hours for a server whose node is lost, and the stack's lock be held meanwhile. */
    @Test
    void aProgramAsksASilentServerWithinHalfAMinuteWhetherItIsThere() throws Exception {
        try (RunningPostgres server = RunningPostgres.create(Files.createDirectory(directory.resolve("pg")))) {
            Postgres postgres = server.postgres();
            CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    return postgres.run("waiting", "psql", "-XAtqc", "SELECT pg_sleep(5)", "postgres");
                } catch (Exception e) {
                    throw new CompletionException(e);
                }
            });
            // A connection to the server whose timer (02: for being kept alive) ends within 30 s, in hundredths.
            Pattern asking = Pattern.compile(String.format(
                    " [0-9A-F]{8}:%04X 01 \\S+ 02:0000([0-9A-F]{4}) ",
                    postgres.server().port()));
            boolean found = false;
            while (!found && !waiting.isDone()) {
                found = asking.matcher(Files.readString(Path.of("/proc/net/tcp")))
                        .results()
                        .anyMatch(timer -> Integer.parseInt(timer.group(1), 16) <= 3000);
            }
            waiting.join();
            assertThat(found).isTrue();
        }
    }
}
