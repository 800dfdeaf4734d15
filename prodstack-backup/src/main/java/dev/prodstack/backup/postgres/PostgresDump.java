package dev.prodstack.backup.postgres;

import dev.prodstack.backup.program.Program;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Origin;
import dev.prodstack.backup.server.StoredPart;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.source.StreamsSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Stores logical dumps: {@code PostgresDump.of(postgres).to(repository, origin)}. The snapshot has {@code globals.sql},
 * which makes the roles and tablespaces, and {@code DATABASE.dump} in the custom format for each database, without
 * compression of its own, so that the repository finds what did not change.
 *
 * <p>Each database is dumped as of one moment, and the rows and digests of its tables, which the facts have, are of the
 * same one. Different databases are of different moments.
 *
 * @param postgres the server
 * @param databases which ones; all that allow connections and are no templates where empty
 * @param digests whether the tables are counted and digested, which reads them once more
 */
public record PostgresDump(Postgres postgres, List<String> databases, Digests digests) {
    /** What the snapshot's label {@code kind} says. */
    public static final String KIND = "dump";

    static final String GLOBALS = "globals.sql";
    private static final String SUFFIX = ".dump";

    /** Whether tables are digested. */
    public enum Digests {
        /** They are. */
        TAKEN,
        /** They are not. */
        NONE
    }

    /** Copies the list. */
    public PostgresDump {
        Objects.requireNonNull(postgres, "postgres");
        Objects.requireNonNull(digests, "digests");
        databases = List.copyOf(databases);
    }

    /** Of all databases, with digests. */
    public static PostgresDump of(Postgres postgres) {
        return new PostgresDump(postgres, List.of(), Digests.TAKEN);
    }

    /** The same of some databases; of all where the list is empty. */
    public PostgresDump only(List<String> some) {
        return new PostgresDump(postgres, some, digests);
    }

    /** The same without digests. */
    public PostgresDump withoutDigests() {
        return new PostgresDump(postgres, databases, Digests.NONE);
    }

    /** The file that a database's dump is in. */
    static String file(String database) {
        return URLEncoder.encode(database, StandardCharsets.UTF_8) + SUFFIX;
    }

    /** The database that a file is a dump of. */
    static String database(String file) {
        return URLDecoder.decode(file.substring(0, file.length() - SUFFIX.length()), StandardCharsets.UTF_8);
    }

    /** Whether a file is a database's dump. */
    static boolean isDump(String file) {
        return file.endsWith(SUFFIX);
    }

    /**
     * Dumps and stores.
     *
     * @throws IOException if the server refuses or breaks off, or the repository cannot be written; there is no
     *     snapshot then
     */
    public StoredPart to(Repository repository, Origin origin) throws IOException, InterruptedException {
        Map<String, String> facts = new TreeMap<>();
        try (PasswordFile password = PasswordFile.of(postgres.server(), postgres.account())) {
            List<String> chosen = chosen(facts);
            StreamsSource source = StreamsSource.in(origin.name(KIND)).add(GLOBALS, () -> globals(password));
            for (String database : chosen) {
                source.add(file(database), () -> dump(database, password, facts));
            }
            facts.put("databases", String.join(",", chosen));
            StoredSnapshot stored = origin.backup(source, KIND).to(repository);
            return StoredPart.of(origin, KIND, List.of(stored), facts);
        }
    }

    private List<String> chosen(Map<String, String> facts) throws IOException {
        try (Connection connection = postgres.connect(maintenance())) {
            facts.putAll(PostgresFacts.server(connection));
            if (!databases.isEmpty()) {
                return databases;
            }
            List<String> all = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY 1")) {
                while (rows.next()) {
                    all.add(rows.getString(1));
                }
            }
            return all;
        } catch (SQLException e) {
            throw postgres.failure("list the databases", e);
        }
    }

    private String maintenance() {
        return databases.isEmpty() ? "postgres" : databases.get(0);
    }

    private InputStream globals(PasswordFile password) throws IOException {
        return closing(
                Program.start(
                        postgres.doing("pg_dumpall of the roles"),
                        List.of(postgres.program("pg_dumpall"), "--globals-only", "--no-password"),
                        postgres.environment(password)),
                whole -> {});
    }

    private InputStream dump(String database, PasswordFile password, Map<String, String> facts) throws IOException {
        Connection connection = postgres.connect(database);
        try {
            String moment = moment(connection);
            Program program = Program.start(
                    postgres.doing("pg_dump of the database " + database),
                    List.of(
                            postgres.program("pg_dump"),
                            "--format=custom",
                            "--compress=0",
                            "--no-password",
                            "--snapshot=" + moment,
                            "--dbname=" + connectionWord(database)),
                    postgres.environment(password));
            return closing(program, whole -> {
                try (connection) {
                    if (whole && digests == Digests.TAKEN) {
                        facts.putAll(PostgresFacts.tables(database, connection));
                    }
                } catch (SQLException e) {
                    throw postgres.failure("read the tables of " + database, e);
                }
            });
        } catch (SQLException e) {
            close(connection);
            throw postgres.failure("begin the dump of " + database, e);
        } catch (IOException e) {
            close(connection);
            throw e;
        }
    }

    /** A name that the programs do not take for a list of settings. */
    static String connectionWord(String database) {
        return "dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static String moment(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            try (ResultSet row = statement.executeQuery("SELECT pg_export_snapshot()")) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // What matters went wrong before.
        }
    }

    private interface Ending {
        void run(boolean whole) throws IOException;
    }

    private static InputStream closing(Program program, Ending ending) throws IOException {
        program.input().close();
        return new FilterInputStream(program.output()) {
            private boolean ended;

            @Override
            public int read() throws IOException {
                int one = super.read();
                ended |= one < 0;
                return one;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int count = super.read(into, offset, length);
                ended |= count < 0;
                return count;
            }

            @Override
            public void close() throws IOException {
                program.close();
                ending.run(ended);
            }
        };
    }
}
