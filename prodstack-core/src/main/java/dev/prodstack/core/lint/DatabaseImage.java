package dev.prodstack.core.lint;

import dev.prodstack.core.value.ImageReference;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises servers that must have their files to themselves and need time to close them. */
final class DatabaseImage {
    private static final Pattern SERVER = Pattern.compile("(cassandra|clickhouse|cockroach|couch|elasticsearch|etcd"
            + "|influx|mariadb|minio|mongo|mysql|neo4j|opensearch|postgis|postgres|prometheus|rabbitmq|redis|scylla"
            + "|timescale|valkey|victoria-metrics|zookeeper)(?:ql|db)?(?:[-_.0-9].*)?");
    private static final Pattern BESIDE_SERVER = Pattern.compile(
            ".*(?:adapter|admin|backup|client|commander|dashboards|exporter|express|operator|proxy|router).*");

    private DatabaseImage() {}

    /**
     * The database an image's name speaks of: that of {@code registry.example.com/bitnami/postgresql:16} is postgres.
     */
    static Optional<String> find(ImageReference image) {
        String path = image.path();
        String name = path.substring(path.lastIndexOf('/') + 1);
        Matcher server = SERVER.matcher(name);
        return server.matches() && !BESIDE_SERVER.matcher(name).matches()
                ? Optional.of(server.group(1))
                : Optional.empty();
    }
}
