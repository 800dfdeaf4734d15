package dev.prodstack.backup.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prodstack.backup.http.HttpServer;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Origin;
import dev.prodstack.backup.server.StoredPart;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.source.DirectorySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Has Prometheus take a snapshot, stores it, and removes it again. Where its data is a volume, this runs beside it.
 *
 * <p>Facts: {@code blocks}, and {@code directory}, the snapshot's folder as the backup has it.
 *
 * @param prometheus the server
 * @param data its data directory, as it is mounted here
 */
public record PrometheusBackup(PrometheusServer prometheus, Path data) {
    /** What the snapshot's label {@code kind} says. */
    public static final String KIND = "tsdb";

    static final String FOLDER = "prodstack-snapshot";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Checks that nothing is missing. */
    public PrometheusBackup {
        Objects.requireNonNull(prometheus, "prometheus");
        Objects.requireNonNull(data, "data");
    }

    /** Of a server with its data directory. */
    public static PrometheusBackup of(PrometheusServer prometheus, Path data) {
        return new PrometheusBackup(prometheus, data);
    }

    /**
     * Takes and stores a snapshot.
     *
     * @throws IOException if Prometheus refuses, or its snapshot is not where it should be
     */
    public StoredPart to(Repository repository, Origin origin) throws IOException, InterruptedException {
        HttpServer http = new HttpServer("Prometheus", prometheus.server(), prometheus.account());
        byte[] answer = http.ask(
                "take a snapshot (it needs --web.enable-admin-api)",
                "POST",
                "/api/v1/admin/tsdb/snapshot",
                new byte[0]);
        JsonNode name = JSON.readTree(answer).path("data").path("name");
        Path taken = data.resolve("snapshots").resolve(name.asText());
        if (!name.isTextual() || !name.asText().matches("[A-Za-z0-9-]+") || !Files.isDirectory(taken)) {
            throw new IOException("Prometheus at " + prometheus.server() + " took the snapshot " + name.asText()
                    + ", but " + taken + " is not there. See that " + data + " is its data directory.");
        }
        // The same name each time, so that the backup before is found.
        Path steady = data.resolve("snapshots").resolve(FOLDER);
        remove(steady);
        Files.move(taken, steady);
        try {
            StoredSnapshot stored =
                    origin.backup(DirectorySource.at(steady), KIND).to(repository);
            return StoredPart.of(
                    origin,
                    KIND,
                    List.of(stored),
                    Map.of(
                            "blocks",
                            Long.toString(blocks(steady)),
                            "directory",
                            steady.toAbsolutePath().normalize().toString()));
        } finally {
            remove(steady);
        }
    }

    private static long blocks(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).count();
        }
    }

    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
