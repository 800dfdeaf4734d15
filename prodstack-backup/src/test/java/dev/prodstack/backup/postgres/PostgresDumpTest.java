package dev.prodstack.backup.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.backup.crypto.Scrypt;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Account;
import dev.prodstack.backup.server.Origin;
import dev.prodstack.backup.server.StoredPart;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.storage.DirectoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dumps of a real server, and back. */
@Tag("engine")
@Timeout(300)
class PostgresDumpTest {
    private static final Origin ORIGIN = new Origin("shop", "postgres", "postgres", "b1");
    private static final String ODD = "odd name/with \"marks\" = 'x'";

    @TempDir
    Path directory;

    private RunningPostgres server;
    private Repository repository;

    @BeforeEach
    void begin() throws Exception {
        server = RunningPostgres.create(Files.createDirectory(directory.resolve("pg")));
        repository = Repository.init(
                DirectoryStorage.at(directory.resolve("repository")), "secret".toCharArray(), Scrypt.STANDARD);
        server.execute(
                "postgres",
                "CREATE ROLE app LOGIN PASSWORD 'first'",
                "CREATE ROLE \"Odd Role\"",
                "CREATE DATABASE shop OWNER app",
                "CREATE DATABASE \"" + ODD.replace("\"", "\"\"") + "\"",
                "ALTER DATABASE shop SET work_mem = '7MB'",
                "GRANT CONNECT ON DATABASE shop TO \"Odd Role\"");
        server.execute(
                "shop",
                "CREATE SCHEMA \"Sales\"",
                "CREATE TABLE \"Sales\".\"Order\" (id serial PRIMARY KEY, at timestamptz, price numeric, f float8,"
                        + " raw bytea, note text, tags text[], doc jsonb)",
                "INSERT INTO \"Sales\".\"Order\" (at, price, f, raw, note, tags, doc) SELECT now() + i * interval '1s',"
                        + " i / 7.0, sqrt(i), decode(md5(i::text), 'hex'), repeat('n', i % 50), ARRAY[i::text, NULL],"
                        + " jsonb_build_object('i', i) FROM generate_series(1, 5000) i",
                "CREATE TABLE empty (x int)",
                "CREATE VIEW v AS SELECT count(*) FROM \"Sales\".\"Order\"",
                "SELECT lo_from_bytea(4711, 'large object')",
                "ALTER TABLE \"Sales\".\"Order\" OWNER TO app");
        server.execute(ODD, "CREATE TABLE t AS SELECT i FROM generate_series(1, 10) i");
    }

    @AfterEach
    void end() throws Exception {
        server.close();
        repository.close();
    }

    private StoredSnapshot only() throws IOException {
        List<StoredSnapshot> snapshots = repository.snapshots();
        assertThat(snapshots).hasSize(1);
        return snapshots.get(0);
    }

    private static Map<String, String> tables(Map<String, String> facts) {
        return facts.entrySet().stream()
                .filter(fact -> fact.getKey().startsWith("table."))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Test
    void everythingComesBack() throws Exception {
        StoredPart part = PostgresDump.of(server.postgres()).to(repository, ORIGIN);
        assertThat(part.snapshots()).containsExactly(only().id());
        assertThat(only().snapshot().tags()).contains("stack=shop", "service=postgres", "backup=b1", "kind=dump");
        assertThat(part.facts()).containsKeys("lsn", "timeline", "system.identifier", "server.version");
        assertThat(part.facts().get("table.shop.\"Sales\".\"Order\"")).startsWith("5000:");
        assertThat(part.facts().get("table." + ODD + ".public.t")).startsWith("10:");

        server.execute(
                "shop",
                "DELETE FROM \"Sales\".\"Order\" WHERE id % 3 = 0",
                "UPDATE \"Sales\".\"Order\" SET price = 0",
                "CREATE TABLE new ()",
                "DROP VIEW v");
        server.execute(
                "postgres", "ALTER ROLE app PASSWORD 'second'", "DROP DATABASE \"" + ODD.replace("\"", "\"\"") + "\"");
        Map<String, String> restored = PostgresRestore.of(repository, only()).into(server.postgres());

        assertThat(restored).isEqualTo(tables(part.facts()));
        assertThat(server.ask("shop", "SELECT convert_from(lo_get(4711), 'UTF8')"))
                .isEqualTo("large object");
        assertThat(server.ask("shop", "SELECT * FROM v")).isEqualTo("5000");
        assertThat(server.ask("shop", "SELECT nextval('\"Sales\".\"Order_id_seq\"')"))
                .isEqualTo("5001");
        assertThat(server.ask("postgres", "SELECT datname FROM pg_database WHERE datname LIKE '%replaced'"))
                .isEmpty();
        assertThat(server.ask("postgres", "SELECT rolpassword LIKE 'SCRAM%' FROM pg_authid WHERE rolname = 'app'"))
                .isEqualTo("t");
    }

    @Test
    void rolesOfAnEmptyServerComeBackAndThoseThatAreThereStay() throws Exception {
        PostgresDump.of(server.postgres()).to(repository, ORIGIN);
        try (RunningPostgres other = RunningPostgres.create(Files.createDirectory(directory.resolve("other")))) {
            other.execute("postgres", "CREATE ROLE app LOGIN CONNECTION LIMIT 3");
            PostgresRestore.of(repository, only()).into(other.postgres());
            assertThat(other.ask("postgres", "SELECT rolconnlimit FROM pg_roles WHERE rolname = 'app'"))
                    .isEqualTo("3");
            assertThat(other.ask("postgres", "SELECT count(*) FROM pg_roles WHERE rolname = 'Odd Role'"))
                    .isEqualTo("1");
            assertThat(other.ask("shop", "SHOW work_mem")).isEqualTo("7MB");
            assertThat(other.ask("shop", "SELECT has_database_privilege('Odd Role', 'shop', 'CONNECT')"))
                    .isEqualTo("t");
        }
    }

    @Test
    void aRestoreThatFailsLeavesTheDatabaseAsItWas() throws Exception {
        PostgresDump.of(server.postgres()).only(List.of("shop")).to(repository, ORIGIN);
        server.execute("shop", "INSERT INTO empty VALUES (1)");
        Postgres wrong =
                new Postgres(server.postgres().server(), server.postgres().account(), Optional.of(brokenPrograms()));
        assertThatThrownBy(() -> PostgresRestore.of(repository, only()).into(wrong))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("pg_restore of the database shop at 127.0.0.1:")
                .hasMessageContaining("broken on purpose");
        assertThat(server.ask("shop", "SELECT count(*) FROM empty")).isEqualTo("1");
    }

    /** The real psql, and a pg_restore that does half of its work. */
    private Path brokenPrograms() throws IOException {
        Path programs = Files.createDirectory(directory.resolve("programs"));
        Files.createSymbolicLink(programs.resolve("psql"), server.programs().resolve("psql"));
        Path broken = Files.writeString(
                programs.resolve("pg_restore"),
                "#!/bin/sh\n" + server.programs().resolve("psql")
                        + " -qX template1 -c 'CREATE DATABASE shop'\necho 'broken on purpose' >&2\nexit 1\n");
        assertThat(broken.toFile().setExecutable(true)).isTrue();
        return programs;
    }

    @Test
    void anInterruptedRestoreIsDoneByTheNextOne() throws Exception {
        StoredPart part =
                PostgresDump.of(server.postgres()).only(List.of("shop")).to(repository, ORIGIN);
        server.execute("postgres", "ALTER DATABASE shop RENAME TO \"shop.replaced\"", "CREATE DATABASE shop");
        Map<String, String> restored = PostgresRestore.of(repository, only()).into(server.postgres());
        assertThat(restored).isEqualTo(tables(part.facts()));
        assertThat(server.ask("postgres", "SELECT count(*) FROM pg_database WHERE datname LIKE 'shop%'"))
                .isEqualTo("1");
    }

    @Test
    void aWrongPasswordSaysSo() throws Exception {
        Path wrong = Files.writeString(directory.resolve("wrong"), "nobody's");
        Postgres postgres = Postgres.at(server.postgres().server(), new Account("postgres", wrong));
        assertThatThrownBy(() -> PostgresDump.of(postgres).to(repository, ORIGIN))
                .isInstanceOf(PostgresException.class)
                .hasMessageContaining("password authentication failed")
                .hasMessageContaining("See that the password file of postgres is right")
                .hasMessageNotContaining("nobody's");
        assertThat(repository.snapshots()).isEmpty();
    }

    @Test
    void aServerThatGoesAwayLeavesNoSnapshot() throws Exception {
        server.execute(
                "shop",
                "CREATE TABLE big AS SELECT i, repeat(md5(i::text), 30) AS t FROM generate_series(1, 300000) i");
        Thread killer = new Thread(() -> {
            try {
                long end = System.nanoTime() + 60_000_000_000L;
                while (System.nanoTime() < end
                        && server.ask(
                                        "postgres",
                                        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'COPY public.big%'")
                                .equals("0")) {
                    Thread.sleep(5);
                }
                server.stop("immediate");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        killer.start();
        assertThatThrownBy(() -> PostgresDump.of(server.postgres())
                        .only(List.of("shop"))
                        .withoutDigests()
                        .to(repository, ORIGIN))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("pg_dump of the database shop at 127.0.0.1:");
        killer.join();
        assertThat(repository.snapshots()).isEmpty();
    }

    @Test
    void namesInFilesAreReadBack() {
        for (String name : Set.of("shop", ODD, "ü %2F", "a.dump")) {
            assertThat(PostgresDump.database(PostgresDump.file(name))).isEqualTo(name);
            assertThat(PostgresDump.file(name)).doesNotContain("/");
        }
    }
}
