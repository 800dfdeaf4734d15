package dev.prodstack.backup.postgres;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.browse.Entry;
import dev.prodstack.backup.browse.SnapshotFiles;
import dev.prodstack.backup.program.Program;
import dev.prodstack.backup.repository.HeldLock;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.backup.tree.NodeKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Restores a dump into a running server: {@code PostgresRestore.of(repository, snapshot).into(postgres)}.
 *
 * <p>Roles first: those that are missing are made as they were; those that are there stay as they are, with their
 * passwords, since these are what services have in their secrets now. Then each database: sessions on it are ended, it
 * is put aside under the name {@code NAME.replaced}, the dump makes it anew, and only then is the old one dropped. If
 * that fails the old one gets its name back; if it is interrupted, the next run does both. While it runs nobody else
 * should use the database.
 *
 * @param repository where the dump is
 * @param snapshot the dump's snapshot
 * @param databases which ones; all in the dump where empty
 */
public record PostgresRestore(Repository repository, StoredSnapshot snapshot, List<String> databases) {
    private static final String ASIDE = ".replaced";
    private static final Pattern ROLE =
            Pattern.compile("(?:CREATE|ALTER) ROLE (\"(?:[^\"]|\"\")+\"|[^ ;\"]+)[ ;].*", Pattern.DOTALL);

    /** Copies the list. */
    public PostgresRestore {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(snapshot, "snapshot");
        databases = List.copyOf(databases);
    }

    /** Of all databases. */
    public static PostgresRestore of(Repository repository, StoredSnapshot snapshot) {
        return new PostgresRestore(repository, snapshot, List.of());
    }

    /** The same of some databases; of all where the list is empty. */
    public PostgresRestore only(List<String> some) {
        return new PostgresRestore(repository, snapshot, some);
    }

    /**
     * Restores.
     *
     * @return the rows and digests of the tables that were restored, under the names that the dump's facts have
     * @throws IOException if the server refuses, or the dump cannot be read; the database it came to is as it was,
     *     those before it are restored
     */
    public Map<String, String> into(Postgres postgres) throws IOException, InterruptedException {
        HeldLock lock = repository.lockShared();
        try (lock) {
            repository.loadIndex();
            SnapshotFiles files = SnapshotFiles.of(repository, snapshot);
            Map<String, Node> dumps = dumps(files);
            List<String> chosen =
                    databases.isEmpty() ? dumps.keySet().stream().sorted().toList() : databases;
            for (String database : chosen) {
                if (!dumps.containsKey(database)) {
                    throw new IOException("The dump has no database " + database + ". It has: "
                            + String.join(", ", dumps.keySet()) + ".");
                }
            }
            try (PasswordFile password = PasswordFile.of(postgres.server(), postgres.account())) {
                Map<String, String> facts = new TreeMap<>();
                roles(postgres, files, password);
                for (String database : chosen) {
                    restore(postgres, files, database, Objects.requireNonNull(dumps.get(database)), password);
                    facts.putAll(PostgresFacts.tables(postgres, database));
                }
                return facts;
            }
        }
    }

    private Map<String, Node> dumps(SnapshotFiles files) throws IOException {
        Map<String, Node> dumps = new TreeMap<>();
        files.walk(entry -> {
            String file = name(entry);
            if (entry.node().kind() == NodeKind.FILE && PostgresDump.isDump(file)) {
                dumps.put(PostgresDump.database(file), entry.node());
            }
            return true;
        });
        return dumps;
    }

    private static String name(Entry entry) {
        return entry.path().substring(entry.path().lastIndexOf('/') + 1);
    }

    private void roles(Postgres postgres, SnapshotFiles files, PasswordFile password)
            throws IOException, InterruptedException {
        List<Node> found = new ArrayList<>();
        files.walk(entry -> {
            if (name(entry).equals(PostgresDump.GLOBALS)) {
                found.add(entry.node());
            }
            return true;
        });
        if (found.isEmpty()) {
            throw new NoSuchFileException(
                    PostgresDump.GLOBALS, null, "the snapshot " + snapshot.id().brief() + " is no dump of ours");
        }
        ByteArrayOutputStream script = new ByteArrayOutputStream();
        files.content(found.get(0), script);
        String wanted = withoutRoles(script.toString(StandardCharsets.UTF_8), there(postgres));
        List<String> command = List.of(
                postgres.program("psql"),
                "-XqAt",
                "--no-password",
                "-v",
                "ON_ERROR_STOP=0",
                "-d",
                "template1",
                "-f",
                "-");
        List<String> failures;
        try (Program program =
                Program.start(postgres.doing("Making the roles"), command, postgres.environment(password))) {
            OutputStream input = program.input();
            try (input) {
                input.write(wanted.getBytes(StandardCharsets.UTF_8));
            }
            program.output().transferTo(OutputStream.nullOutputStream());
            program.await();
            failures = program.complaints().stream()
                    .filter(line -> line.contains("ERROR:") && !line.contains("already exists"))
                    .toList();
        }
        if (!failures.isEmpty()) {
            throw new IOException(postgres.doing("Making the roles") + " failed: " + String.join("\n  ", failures)
                    + ". No database was touched.");
        }
    }

    private static Set<String> there(Postgres postgres) throws IOException {
        Set<String> roles = new HashSet<>();
        try (Connection connection = postgres.connect("template1");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT quote_ident(rolname), rolname FROM pg_roles")) {
            while (rows.next()) {
                roles.add(rows.getString(1));
                roles.add(rows.getString(2));
            }
            return roles;
        } catch (SQLException e) {
            throw postgres.failure("list the roles", e);
        }
    }

    /** Without the statements that make or change roles of these names; each stands on a line. */
    static String withoutRoles(String script, Set<String> names) {
        StringBuilder kept = new StringBuilder();
        for (String line : script.split("\n", -1)) {
            Matcher role = ROLE.matcher(line);
            if (!role.matches() || !names.contains(role.group(1))) {
                kept.append(line).append('\n');
            }
        }
        return kept.toString();
    }

    private void restore(Postgres postgres, SnapshotFiles files, String database, Node dump, PasswordFile password)
            throws IOException, InterruptedException {
        // Not the one that is replaced.
        String beside = database.equals("template1") ? "postgres" : "template1";
        putAside(postgres, beside, database);
        try {
            List<String> command = List.of(
                    postgres.program("pg_restore"),
                    "--create",
                    "--exit-on-error",
                    "--no-password",
                    "--dbname=" + PostgresDump.connectionWord(beside));
            try (Program program = Program.start(
                    postgres.doing("pg_restore of the database " + database),
                    command,
                    postgres.environment(password))) {
                feed(files, dump, program);
                program.output().transferTo(OutputStream.nullOutputStream());
                program.await();
            }
        } catch (IOException | InterruptedException e) {
            try {
                takeBack(postgres, beside, database);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
        execute(postgres, beside, "DROP DATABASE IF EXISTS " + quoted(database + ASIDE));
    }

    private static void feed(SnapshotFiles files, Node dump, Program program) throws IOException, InterruptedException {
        OutputStream input = program.input();
        try (input) {
            files.content(dump, input);
        } catch (IOException e) {
            // A program that gives up reads no further: what it says is worth more than that its pipe broke.
            if (String.valueOf(e.getMessage()).contains("Broken pipe")) {
                program.await();
            }
            throw e;
        }
    }

    private static void putAside(Postgres postgres, String beside, String database) throws IOException {
        boolean there = exists(postgres, beside, database);
        if (exists(postgres, beside, database + ASIDE)) {
            // A run before this one did not get to its end: what has the name now is a part of it.
            execute(postgres, beside, "DROP DATABASE IF EXISTS " + quoted(database) + " WITH (FORCE)");
        } else if (there) {
            endSessions(postgres, beside, database);
            execute(postgres, beside, "ALTER DATABASE " + quoted(database) + " RENAME TO " + quoted(database + ASIDE));
        }
    }

    private static void takeBack(Postgres postgres, String beside, String database) throws IOException {
        execute(postgres, beside, "DROP DATABASE IF EXISTS " + quoted(database) + " WITH (FORCE)");
        if (exists(postgres, beside, database + ASIDE)) {
            execute(postgres, beside, "ALTER DATABASE " + quoted(database + ASIDE) + " RENAME TO " + quoted(database));
        }
    }

    private static void endSessions(Postgres postgres, String beside, String database) throws IOException {
        try (Connection connection = postgres.connect(beside);
                var statement = connection.prepareStatement(
                        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = ?")) {
            statement.setString(1, database);
            statement.executeQuery().close();
        } catch (SQLException e) {
            throw postgres.failure("end the sessions on " + database, e);
        }
    }

    private static boolean exists(Postgres postgres, String beside, String database) throws IOException {
        try (Connection connection = postgres.connect(beside);
                var statement = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            statement.setString(1, database);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        } catch (SQLException e) {
            throw postgres.failure("look for the database " + database, e);
        }
    }

    private static void execute(Postgres postgres, String database, String sql) throws IOException {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw postgres.failure("do: " + sql, e);
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The snapshot's id, for reports. */
    public ContentId id() {
        return snapshot.id();
    }
}
