package dev.prodstack.backup.postgres;

import dev.prodstack.backup.program.Program;
import dev.prodstack.backup.server.Account;
import dev.prodstack.backup.server.Server;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A PostgreSQL server, version 14 or later, as one user sees it.
 *
 * @param server where it is
 * @param account who one is: for dumps a superuser or a role that may read everything, for base backups and the log one
 *     with {@code REPLICATION}, for restores a superuser
 * @param programs the folder of PostgreSQL's client programs, which must not be older than the server; those on the
 *     path where absent
 */
public record Postgres(Server server, Account account, Optional<Path> programs) {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final Duration CONNECTING = Duration.ofSeconds(20);

    /** Checks that nothing is missing. */
    public Postgres {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(programs, "programs");
    }

    /** With the newest programs that Debian's packages installed, else those on the path. */
    public static Postgres at(Server server, Account account) {
        return new Postgres(server, account, installed());
    }

    /** The folder of the newest programs that Debian's packages installed. */
    public static Optional<Path> installed() {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("pg_dump")))
                    .max(Comparator.comparingInt(bin -> version(bin.getName(bin.getNameCount() - 2))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static int version(Path name) {
        String digits = name.toString().replaceAll("\\D.*", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    /** One of its programs. */
    String program(String name) {
        return programs.map(folder -> folder.resolve(name).toString()).orElse(name);
    }

    /** What a program does to it, for messages. */
    String doing(String what) {
        return what + " at " + server;
    }

    /** Where the server is, for its programs; the password is in a file. */
    Map<String, String> environment(PasswordFile password) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PGHOST", server.host());
        environment.put("PGPORT", Integer.toString(server.port()));
        environment.put("PGUSER", account.user());
        environment.put("PGPASSFILE", password.path().toString());
        environment.put("PGSERVICEFILE", password.service().toString());
        environment.put("PGSERVICE", PasswordFile.SERVICE);
        environment.put("PGCONNECT_TIMEOUT", Long.toString(CONNECTING.toSeconds()));
        environment.put("PGAPPNAME", "prodstack");
        return environment;
    }

    /** Runs one of its programs to its end. */
    String run(String what, String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program(program)));
        command.addAll(List.of(arguments));
        try (PasswordFile password = PasswordFile.of(server, account)) {
            return Program.run(doing(what), command, environment(password));
        }
    }

    /** Connects to a database. Dates, numbers and bytes come as text that does not depend on the server's settings. */
    Connection connect(String database) throws IOException {
        Properties settings = new Properties();
        settings.setProperty(
                "options",
                "-c DateStyle=ISO -c TimeZone=UTC -c IntervalStyle=postgres -c bytea_output=hex -c extra_float_digits=1"
                        + " -c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0"
                        + " -c search_path=pg_catalog");
        return connect(database, settings);
    }

    /** Connects for the commands of replication. */
    Connection replicate() throws IOException {
        Properties settings = new Properties();
        settings.setProperty("replication", "true");
        settings.setProperty("preferQueryMode", "simple");
        settings.setProperty("assumeMinServerVersion", "13");
        return connect("", settings);
    }

    private Connection connect(String database, Properties settings) throws IOException {
        settings.setProperty("user", account.user());
        settings.setProperty("password", account.password());
        settings.setProperty("ApplicationName", "prodstack");
        settings.setProperty("tcpKeepAlive", "true");
        settings.setProperty("connectTimeout", Long.toString(CONNECTING.toSeconds()));
        settings.setProperty("loginTimeout", Long.toString(CONNECTING.toSeconds()));
        try {
            String name = URLEncoder.encode(database.isEmpty() ? account.user() : database, StandardCharsets.UTF_8);
            Connection connection =
                    new org.postgresql.Driver().connect("jdbc:postgresql://" + server + "/" + name, settings);
            return Objects.requireNonNull(connection, "the driver knows its own addresses");
        } catch (SQLException e) {
            throw failure(database.isEmpty() ? "connect for replication" : "connect to the database " + database, e);
        }
    }

    /** What went wrong, in words with what to do next. */
    IOException failure(String doing, SQLException cause) {
        String state = String.valueOf(cause.getSQLState());
        String advice = switch (state) {
            case "28P01", "28000" ->
                "See that the password file of " + account.user() + " is right and that pg_hba.conf lets it in"
                        + " (replication needs a line of its own there).";
            case "08001", "08006", "08004", "57P01", "57P02", "57P03" ->
                "See that the server runs and can be reached from here.";
            case "42501" -> "Give " + account.user() + " the right, or use another role.";
            case "53300" -> "Raise max_connections or max_wal_senders, or end sessions.";
            case "53400" -> "Raise max_replication_slots, or drop slots that nobody uses.";
            default -> "See the server's log.";
        };
        return new PostgresException(
                String.format(
                        Locale.ROOT, "PostgreSQL at %s: cannot %s: %s. %s", server, doing, cause.getMessage(), advice),
                state,
                cause);
    }
}
