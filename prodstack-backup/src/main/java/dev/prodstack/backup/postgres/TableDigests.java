package dev.prodstack.backup.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the tables of a database hold, in a form that can be compared: of each its rows and a digest. The digest is the
 * sum over all rows of the first 64 bits of the MD5 of the row as text, so it does not depend on the rows' order; it
 * finds accidents, not forgery.
 */
public final class TableDigests {
    private TableDigests() {}

    /**
     * Of all ordinary tables and materialized views outside the system's schemas, as the transaction sees them. Reads
     * all of them.
     *
     * @return by {@code schema.table}, quoted where SQL asks for it: rows, a colon, digest
     */
    static Map<String, String> of(Connection connection) throws SQLException {
        Map<String, String> digests = new TreeMap<>();
        for (String table : tables(connection)) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT count(*),"
                            + " coalesce(sum(('x' || substr(md5(t::text), 1, 16))::bit(64)::bigint::numeric), 0)"
                            + " FROM ONLY " + table + " AS t")) {
                row.next();
                digests.put(table, row.getLong(1) + ":" + row.getString(2));
            }
        }
        return digests;
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT format('%I.%I', n.nspname, c.relname)"
                        + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE (c.relkind = 'r' OR c.relkind = 'm' AND c.relispopulated)"
                        + " AND c.relpersistence <> 't'"
                        + " AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' ORDER BY 1")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }
}
