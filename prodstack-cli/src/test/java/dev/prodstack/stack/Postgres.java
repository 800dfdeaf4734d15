package dev.prodstack.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL on this machine, set up the way the official image does it: with the stack's arguments, its
 * {@code init.sql}, and the secrets in files.
 */
final class Postgres implements AutoCloseable {
    static final String DATABASE = "shop";

    private static final String ADMINISTRATOR = "postgres";

    private final Path directory;
    private final Path programs = Programs.postgres();
    private final int port = Nginx.freePort();

    /**
     * Sets it up and starts it.
     *
     * @param directory where it may write; it becomes the property of PostgreSQL's user
     * @param secrets the content of the secrets, by name
     */
    Postgres(Path directory, Map<String, String> secrets) throws IOException {
        this.directory = directory;
        Path secretFiles = Files.createDirectory(directory.resolve("secrets"));
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            Files.writeString(secretFiles.resolve(secret.getKey()), secret.getValue());
        }
        Files.writeString(
                directory.resolve("init.sql"),
                StackFiles.text("postgres/init.sql").replace("/run/secrets/", secretFiles + "/"));
        Path data = directory.resolve("data");
        if (isRoot()) {
            succeed(Programs.run("chown", "-R", ADMINISTRATOR, directory.toString()));
        }
        String arguments = Optional.ofNullable(
                        StackFiles.PRODUCTION.service("postgres").environment().get("POSTGRES_INITDB_ARGS"))
                .flatMap(value -> value)
                .orElse("");
        succeed(asItself(Stream.concat(
                Stream.of(programs + "/initdb", "-D", data.toString(), "-U", ADMINISTRATOR),
                Stream.of(arguments.split(" ")))));
        letInAsFromTheNetwork(data.resolve("pg_hba.conf"));
        start(List.of("--log_statement=all", "--log_min_duration_statement=0"));
        succeed(administer("postgres", "CREATE DATABASE " + DATABASE));
        succeed(asItself(Stream.of(
                programs + "/psql",
                "-h",
                directory.toString(),
                "-p",
                "" + port,
                "-v",
                "ON_ERROR_STOP=1",
                "--no-password",
                "--no-psqlrc",
                "-d",
                DATABASE,
                "-f",
                directory.resolve("init.sql").toString())));
        stop();
        start(List.of());
    }

    /** As the official image does it; and this machine's own address is no exception, as no client has it there. */
    private static void letInAsFromTheNetwork(Path rules) throws IOException {
        List<String> kept = new ArrayList<>(Files.readAllLines(rules).stream()
                .filter(rule -> !rule.startsWith("host"))
                .toList());
        kept.add("host all all all scram-sha-256");
        Files.write(rules, kept);
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** Runs a program as PostgreSQL's user: it does not run as root. */
    private Programs.Ended asItself(Stream<String> command) {
        Stream<String> prefix = isRoot() ? Stream.of("runuser", "-u", ADMINISTRATOR, "--") : Stream.of();
        return Programs.run(directory, Stream.concat(prefix, command).toList());
    }

    private static Programs.Ended succeed(Programs.Ended ended) {
        assertThat(ended.code()).as(ended.output()).isZero();
        return ended;
    }

    /** With the arguments the stack starts it with, and a few more. */
    private void start(List<String> more) {
        List<String> arguments = new ArrayList<>(
                StackFiles.PRODUCTION.service("postgres").process().command().orElseThrow());
        assertThat(arguments.remove(0)).isEqualTo("postgres");
        arguments.addAll(more);
        arguments.add("--port=" + port);
        arguments.add("--unix_socket_directories=" + directory);
        String quoted = String.join(
                " ", arguments.stream().map(word -> "'" + word + "'").toList());
        Programs.Ended started = asItself(Stream.of(
                programs + "/pg_ctl", "-D", directory + "/data", "-w", "-l", log().toString(), "-o", quoted, "start"));
        assertThat(started.code()).as(() -> started.output() + written()).isZero();
    }

    private void stop() {
        succeed(asItself(Stream.of(programs + "/pg_ctl", "-D", directory + "/data", "-m", "fast", "-w", "stop")));
    }

    private Path log() {
        return directory.resolve("log");
    }

    /** What it has logged so far. */
    String written() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A statement of the administrator's, answered in unadorned lines. */
    Programs.Ended administer(String database, String statement) {
        return asItself(Stream.of(
                programs + "/psql", "-h", directory.toString(), "-p", "" + port, "-XAtc", statement, "-d", database));
    }

    /** A statement over the network. */
    Programs.Ended ask(String user, String password, String database, String statement) {
        return connect(user, password, Stream.of(programs + "/psql", "-XAtc", statement, "-d", "dbname=" + database));
    }

    /** Runs one of PostgreSQL's programs against it over the network. */
    Programs.Ended connect(String user, String password, Stream<String> command) {
        Stream<String> environment =
                Stream.of("env", "PGHOST=127.0.0.1", "PGPORT=" + port, "PGUSER=" + user, "PGPASSWORD=" + password);
        return Programs.run(Stream.concat(environment, command).toList());
    }

    /** One of its programs. */
    String program(String name) {
        return programs.resolve(name).toString();
    }

    @Override
    public void close() {
        stop();
    }
}
