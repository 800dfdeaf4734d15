package dev.prodstack.cli;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An image with this machine's PostgreSQL, server and clients, over the image that other tests use: it needs no package
 * and no base from elsewhere. Its server's password is the secret {@code pg_password}.
 */
final class PostgresImage {
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+)\\s+\\(0x");
    private static final List<String> PROGRAMS = List.of(
            "postgres",
            "initdb",
            "pg_basebackup",
            "pg_dump",
            "pg_dumpall",
            "pg_isready",
            "pg_restore",
            "pg_verifybackup",
            "psql");

    /** Makes a cluster where there is none, as the official image does, and becomes the server. */
    private static final String START = """
            #!/bin/sh
            set -e
            if [ ! -s "$PGDATA/PG_VERSION" ]; then
              BIN/initdb -D "$PGDATA" -U postgres -A scram-sha-256 --pwfile=/run/secrets/pg_password \\
                --no-sync -E UTF8 --locale=C
              echo 'host all,replication all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
            fi
            exec BIN/postgres -D "$PGDATA" -c listen_addresses='*' -c unix_socket_directories=/tmp \\
              -c max_slot_wal_keep_size=256MB
            """;

    private PostgresImage() {}

    /**
     * Builds it and pushes it to the lab's registry.
     *
     * @param directory for files
     * @return its name
     */
    static String build(Path directory, String host, String base, String registry) throws Exception {
        Path bin = programs();
        Path root = Files.createDirectories(directory.resolve("postgres/root"));
        Path home = bin.resolveSibling(".").normalize();
        for (String program : PROGRAMS) {
            copyWithLibraries(bin.resolve(program), root);
        }
        try (Stream<Path> libraries = Files.list(home.resolve("lib"))) {
            for (Path library : libraries.toList()) {
                if (library.toString().endsWith(".so") && !library.toString().contains("llvm")) {
                    copyWithLibraries(library, root);
                }
            }
        }
        Path share = Path.of("/usr/share/postgresql", home.getFileName().toString());
        try (Stream<Path> files = Files.walk(share)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.startsWith(share.resolve("man"))) {
                    copy(file, root);
                }
            }
        }
        for (String zone : List.of("UTC", "GMT", "Etc/UTC")) {
            copy(Path.of("/usr/share/zoneinfo", zone), root);
        }
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(
                root.resolve("etc/passwd"), "root:x:0:0::/:/bin/sh\npostgres:x:999:999::/var/lib/postgresql:/bin/sh\n");
        Files.writeString(root.resolve("start"), START.replace("BIN", bin.toString()));
        Files.writeString(
                root.resolveSibling("Dockerfile"),
                "FROM " + base + "\nCOPY root /\nRUN mkdir -p /var/lib/postgresql/data"
                        + " && chown 999:999 /var/lib/postgresql/data && chmod 700 /var/lib/postgresql/data\n");
        String name = registry + "/test/postgres:" + Long.toString(System.nanoTime(), 36);
        JobImage.run(
                "docker",
                "-H",
                host,
                "build",
                "-q",
                "-t",
                name,
                root.resolveSibling(".").toString());
        JobImage.run("docker", "-H", host, "push", "-q", name);
        return name;
    }

    /** Where this machine's programs are. */
    static Path programs() throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        Optional<Path> newest = Optional.empty();
        if (Files.isDirectory(versions)) {
            try (Stream<Path> all = Files.list(versions)) {
                newest = all.map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                        .max(Comparator.comparing(bin -> Integer.parseInt(bin.resolveSibling(".")
                                .normalize()
                                .getFileName()
                                .toString())));
            }
        }
        assumeThat(newest).as("needs PostgreSQL: apt-get install postgresql").isPresent();
        return newest.orElseThrow();
    }

    private static void copyWithLibraries(Path program, Path root) throws Exception {
        copy(program, root);
        Matcher library = LIBRARY.matcher(JobImage.run("ldd", program.toString()));
        while (library.find()) {
            copy(Path.of(library.group(1)), root);
        }
    }

    private static void copy(Path file, Path root) throws IOException {
        Path target = root.resolve(file.toString().substring(1));
        if (!Files.exists(target)) {
            Files.createDirectories(target.resolveSibling("."));
            Files.copy(file.toRealPath(), target);
        }
    }
}
