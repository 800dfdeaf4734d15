package dev.prodstack.backup.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a server says of itself, by name: {@code server.version}, {@code system.identifier}, {@code timeline},
 * {@code lsn}; and of each table of a database {@code table.DATABASE.SCHEMA.TABLE}, its rows and digest as
 * {@link TableDigests} has them.
 */
public final class PostgresFacts {
    private PostgresFacts() {}

    /**
     * The tables of a database, as they are now, under the names that the facts of a dump have. Reads all of them.
     *
     * @throws IOException if the database cannot be read
     */
    public static Map<String, String> tables(Postgres postgres, String database) throws IOException {
        try (Connection connection = postgres.connect(database)) {
            return tables(database, connection);
        } catch (SQLException e) {
            throw postgres.failure("read the tables of " + database, e);
        }
    }

    /**
     * Whether a server takes writes: one that replays log does not.
     *
     * @throws IOException if it cannot be asked
     */
    public static boolean takesWrites(Postgres postgres) throws IOException {
        // A session for replication needs no database.
        try (Connection connection = postgres.replicate()) {
            return takesWrites(connection);
        } catch (SQLException e) {
            throw postgres.failure("ask whether it takes writes", e);
        }
    }

    static boolean takesWrites(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW in_hot_standby")) {
            row.next();
            return row.getString(1).equals("off");
        }
    }

    static Map<String, String> tables(String database, Connection connection) throws SQLException {
        Map<String, String> facts = new TreeMap<>();
        TableDigests.of(connection).forEach((table, digest) -> facts.put("table." + database + "." + table, digest));
        return facts;
    }

    /** Of the server, over an ordinary connection. */
    static Map<String, String> server(Connection connection) throws SQLException {
        Map<String, String> facts = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT current_setting('server_version'),"
                                + " (SELECT system_identifier::text FROM pg_control_system()),"
                                + " (SELECT timeline_id::text FROM pg_control_checkpoint()),"
                                + " CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END")) {
            row.next();
            facts.put("server.version", row.getString(1));
            facts.put("system.identifier", row.getString(2));
            facts.put("timeline", row.getString(3));
            facts.put("lsn", row.getString(4));
        }
        return facts;
    }
}
