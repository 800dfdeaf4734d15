package dev.prodstack.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real PostgreSQL with the stack's settings after the stack's init.sql: what each role may do, and what it may not.
 */
@Tag("engine")
@Timeout(180)
class PostgresTest {
    private static final String APP = "it's \"the\" $(app)";
    private static final String REPLICATION = "slot; DROP TABLE --";
    private static final String METRICS = "100% \\metrics";

    private static Optional<Postgres> started = Optional.empty();

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        started = Optional.of(new Postgres(
                directory,
                Map.of(
                        "postgres_app_password", APP + "\n",
                        "postgres_replication_password", REPLICATION,
                        "postgres_metrics_password", METRICS + "\n")));
    }

    @AfterAll
    static void stop() {
        started.ifPresent(Postgres::close);
    }

    private static Postgres postgres() {
        return started.orElseThrow();
    }

    private static List<String> administer(String statement) {
        return postgres()
                .administer(Postgres.DATABASE, statement)
                .output()
                .lines()
                .toList();
    }

    private static String asApp(String database, String statement) {
        return postgres().ask("shop_app", APP, database, statement).output().strip();
    }

    private static String asMetrics(String database, String statement) {
        return postgres()
                .ask("shop_metrics", METRICS, database, statement)
                .output()
                .strip();
    }

    private static String asReplication(String database, String statement) {
        return postgres()
                .ask("shop_replication", REPLICATION, database, statement)
                .output()
                .strip();
    }

    @Test
    void theExtensionsAreThere() {
        assertThat(administer("SELECT extname FROM pg_extension ORDER BY 1"))
                .containsExactly("pg_stat_statements", "pg_trgm", "plpgsql", "uuid-ossp");
    }

    @Test
    void theRolesHaveNoMoreThanTheyNeed() {
        assertThat(administer("SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls,"
                        + " rolcanlogin, rolconnlimit, ARRAY(SELECT roleid::regrole FROM pg_auth_members WHERE member = r.oid)"
                        + " FROM pg_roles r WHERE rolname LIKE 'shop%' ORDER BY 1"))
                .containsExactly(
                        "shop_app|f|f|f|f|f|t|-1|{}",
                        "shop_metrics|f|f|f|f|f|t|5|{pg_monitor}",
                        "shop_replication|f|f|f|t|f|t|10|{}");
    }

    @Test
    void theApplicationWorksInItsOwnSchema() {
        assertThat(asApp("shop", "CREATE TABLE orders (id uuid DEFAULT uuid_generate_v4(), item text)"))
                .isEqualTo("CREATE TABLE");
        assertThat(asApp("shop", "INSERT INTO orders (item) VALUES ('tea')")).isEqualTo("INSERT 0 1");
        assertThat(asApp("shop", "SELECT item, similarity(item, 'tee') > 0.2 FROM shop.orders"))
                .isEqualTo("tea|t");
        assertThat(asMetrics("shop", "SELECT * FROM shop.orders")).contains("permission denied for schema shop");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "shop;      CREATE TABLE public.t (i int);                 permission denied for schema public",
                "shop;      CREATE ROLE other;                             permission denied to create role",
                "shop;      CREATE DATABASE other;                         permission denied to create database",
                "shop;      CREATE TEMPORARY TABLE t (i int);              permission denied to create temporary tables",
                "shop;      SELECT pg_read_file('/etc/passwd');            permission denied for function pg_read_file",
                "shop;      COPY (SELECT 1) TO PROGRAM 'cat';              COPY to or from an external program",
                "shop;      SELECT rolpassword FROM pg_authid;             permission denied for table pg_authid",
                "postgres;  SELECT 1;                                      permission denied for database",
                "template1; SELECT 1;                                      permission denied for database",
            })
    void theApplicationMayDoNoMore(String database, String statement, String refusal) {
        assertThat(asApp(database, statement)).contains(refusal);
    }

    @Test
    void theExporterSeesStatisticsOfEverybody() {
        assertThat(asMetrics("shop", "SELECT count(*) > 0 FROM pg_stat_statements WHERE query NOT LIKE '<insuff%'"))
                .isEqualTo("t");
        assertThat(asMetrics("shop", "SELECT pg_database_size('shop') > 0, count(*) > 0 FROM pg_ls_waldir()"))
                .isEqualTo("t|t");
        assertThat(asMetrics("shop", "CREATE TABLE public.t (i int)")).contains("permission denied for schema public");
    }

    @Test
    void copiesAreMadeOverTheNetwork() {
        assertThat(asReplication("x replication=true", "CREATE_REPLICATION_SLOT backup PHYSICAL RESERVE_WAL"))
                .startsWith("backup|");
        assertThat(administer("SELECT slot_name, wal_status FROM pg_replication_slots"))
                .containsExactly("backup|reserved");
        assertThat(asReplication("x replication=true", "DROP_REPLICATION_SLOT backup"))
                .isEqualTo("DROP_REPLICATION_SLOT");
        assertThat(asReplication("shop", "SELECT 1")).contains("permission denied for database \"shop\"");
        assertThat(asApp("x replication=true", "IDENTIFY_SYSTEM"))
                .contains("no pg_hba.conf entry for replication connection");
    }

    /** Backups log in as the administrator. */
    @Test
    void theAdministratorMayCopyOverTheNetworkToo() {
        administer("SET password_encryption = 'scram-sha-256'");
        administer("ALTER ROLE CURRENT_USER PASSWORD 'of the administrator'");
        String administrator = administer("SELECT current_user").get(0);
        assertThat(postgres()
                        .ask(administrator, "of the administrator", "x replication=true", "IDENTIFY_SYSTEM")
                        .output())
                .contains("|0/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop_app", "shop_metrics", "shop_replication"})
    void nobodyGetsInWithTheWrongPassword(String role) {
        assertThat(postgres().ask(role, "wrong", "shop", "SELECT 1").output())
                .contains("password authentication failed for user \"" + role + "\"");
    }

    @Test
    void noPasswordIsLoggedOrKept() {
        assertThat(administer("SELECT DISTINCT left(rolpassword, 14) FROM pg_authid WHERE rolname LIKE 'shop%'"))
                .containsExactly("SCRAM-SHA-256$");
        assertThat(postgres().written())
                .contains("CREATE EXTENSION")
                .doesNotContain("the\" $(app)", "DROP TABLE --", "\\metrics");
        assertThat(administer("SELECT query FROM pg_stat_statements WHERE query ILIKE '%password%''%'"))
                .filteredOn(query -> !query.contains("pg_stat_statements"))
                .isEmpty();
    }

    @Test
    void twoHundredConnectionsOfTheApplicationAreServed() throws IOException {
        Path script = Files.createTempFile("prodstack-", ".sql");
        Files.writeString(script, "SELECT pg_sleep(1);");
        Programs.Ended load = postgres()
                .connect(
                        "shop_app",
                        APP,
                        Stream.of(
                                postgres().program("pgbench"),
                                "-n",
                                "-c",
                                "200",
                                "-j",
                                "2",
                                "-t",
                                "1",
                                "-f",
                                script.toString(),
                                "shop"));
        Files.delete(script);

        assertThat(load.code()).as(load.output()).isZero();
        assertThat(load.output()).contains("number of transactions actually processed: 200/200");
    }

    @Test
    void slowStatementsAreLogged() {
        asApp("shop", "SELECT pg_sleep(0.7)");

        assertThat(postgres().written())
                .containsPattern("shop_app@shop/psql LOG:  duration: .* ms  statement: SELECT pg_sleep\\(0.7\\)");
    }

    @ParameterizedTest
    @CsvSource({
        "max_connections, 250",
        "max_replication_slots, 10",
        "max_slot_wal_keep_size, 10GB",
        "wal_level, replica",
        "shared_preload_libraries, pg_stat_statements",
        "data_checksums, on",
    })
    void itIsSetUpAsTheStackSays(String setting, String value) {
        assertThat(administer("SHOW " + setting)).containsExactly(value);
    }

    @Test
    void withoutTheExportersSecretItsRoleMayNotLogIn(@TempDir Path directory) throws IOException {
        try (Postgres other =
                new Postgres(directory, Map.of("postgres_app_password", "a", "postgres_replication_password", "r"))) {
            assertThat(other.administer("shop", "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'shop_metrics'")
                            .output())
                    .isEqualTo("f\n");
        }
    }
}
