package dev.prodstack.backup.postgres;

import dev.prodstack.backup.server.Compared;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares a running server with the facts of a dump: of each table its rows and digest, and whether its tables and
 * indexes are sound in themselves, by {@code pg_amcheck}, which adds the extension {@code amcheck} to databases that
 * lack it. For servers that were made to try a restore.
 *
 * <pre>{@code
 * Compared compared = PostgresComparison.of(postgres, part.facts()).run();
 * }</pre>
 *
 * @param postgres the server
 * @param facts what the dump's facts were
 */
public record PostgresComparison(Postgres postgres, Map<String, String> facts) {
    private static final String TABLE = "table.";

    /** Copies the facts. */
    public PostgresComparison {
        facts = Map.copyOf(facts);
    }

    /** Of a server. */
    public static PostgresComparison of(Postgres postgres, Map<String, String> facts) {
        return new PostgresComparison(postgres, facts);
    }

    /**
     * Compares.
     *
     * @throws IOException if a database cannot be read
     */
    public Compared run() throws IOException, InterruptedException {
        Compared.Tally tally = new Compared.Tally();
        Map<String, String> wanted = new TreeMap<>();
        facts.forEach((name, value) -> {
            if (name.startsWith(TABLE)) {
                wanted.put(name, value);
            }
        });
        Set<String> databases = new LinkedHashSet<>(
                Arrays.asList(facts.getOrDefault("databases", "").split(",", -1)));
        databases.remove("");
        Map<String, String> there = new TreeMap<>();
        for (String database : databases) {
            there.putAll(PostgresFacts.tables(postgres, database));
        }
        Set<String> all = new TreeSet<>(wanted.keySet());
        all.addAll(there.keySet());
        for (String name : all) {
            compare(name, wanted.getOrDefault(name, ""), there.getOrDefault(name, ""), tally);
        }
        tally.fact("databases", databases.size());
        tally.fact("tables", wanted.size());
        tally.fact(
                "rows",
                there.values().stream()
                        .mapToLong(value -> Long.parseLong(value.split(":", 2)[0]))
                        .sum());
        tally.fact("pg_amcheck", sound(databases, tally));
        return tally.compared();
    }

    private static void compare(String name, String wanted, String there, Compared.Tally tally) {
        if (wanted.equals(there)) {
            return;
        }
        String table = name.substring(TABLE.length());
        if (there.isEmpty()) {
            tally.differs(table + " is missing");
        } else if (wanted.isEmpty()) {
            tally.differs(table + " is not in the backup");
        } else {
            String rows = wanted.split(":", 2)[0];
            String now = there.split(":", 2)[0];
            tally.differs(table + (rows.equals(now) ? " has other content" : " has " + now + " rows, not " + rows));
        }
    }

    private String sound(Set<String> databases, Compared.Tally tally) throws InterruptedException {
        if (postgres.programs()
                .filter(folder -> !Files.isExecutable(folder.resolve("pg_amcheck")))
                .isPresent()) {
            return "not installed";
        }
        for (String database : databases) {
            try {
                postgres.run(
                        "pg_amcheck of the database " + database,
                        "pg_amcheck",
                        "--no-password",
                        "--install-missing",
                        "--parent-check",
                        "--heapallindexed",
                        "--database=" + database);
            } catch (IOException e) {
                String reason = String.valueOf(e.getMessage());
                if (unavailable(reason)) {
                    return "not available on the server";
                }
                tally.differs(reason);
                return "failed";
            }
        }
        return "ok";
    }

    /** The program, or the server's extension, is not there; that says nothing about the data. */
    private static boolean unavailable(String reason) {
        return List.of("cannot be started", "No such file", "extension \"amcheck\" is not available").stream()
                .anyMatch(reason::contains);
    }
}
