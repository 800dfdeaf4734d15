package dev.prodstack.backup.redis;

import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Origin;
import dev.prodstack.backup.server.StoredPart;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.source.StreamsSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stores the RDB file that a server sends to a replica: {@code RedisBackup.of(redis).to(repository, origin)}. It is of
 * one moment, and checked. The snapshot has it as {@code dump.rdb}.
 *
 * <p>Facts: {@code server.version}, {@code replication.id}, {@code replication.offset}; and {@code keys}, of all
 * databases, when the server was asked, shortly before that moment.
 *
 * @param redis the server
 */
public record RedisBackup(RedisServer redis) {
    /** What the snapshot's label {@code kind} says. */
    public static final String KIND = "rdb";

    /** The file in the snapshot. */
    static final String FILE = "dump.rdb";

    private static final Pattern KEYS = Pattern.compile("(?m)^db\\d+:keys=(\\d+)");
    private static final Pattern VERSION = Pattern.compile("(?m)^redis_version:(\\S+)");

    /** Checks that nothing is missing. */
    public RedisBackup {
        Objects.requireNonNull(redis, "redis");
    }

    /** Of a server. */
    public static RedisBackup of(RedisServer redis) {
        return new RedisBackup(redis);
    }

    /**
     * Fetches and stores.
     *
     * @throws IOException if the server refuses or breaks off, or what it sends is damaged; there is no snapshot then
     */
    public StoredPart to(Repository repository, Origin origin) throws IOException, InterruptedException {
        Map<String, String> facts = new TreeMap<>();
        try (RedisConnection connection = RedisConnection.open(redis)) {
            facts.putAll(facts(connection));
            connection.send("PSYNC", "?", "-1");
            String answer = line(connection);
            String[] words = answer.split(" ", -1);
            if (!words[0].equals("+FULLRESYNC") || words.length < 3) {
                throw new IOException("Redis at " + redis.server() + ": cannot fetch its data as a replica: "
                        + answer.substring(1) + ". Give the user the rights +psync +replconf, and try again.");
            }
            facts.put("replication.id", words[1]);
            facts.put("replication.offset", words[2]);
            String header = line(connection);
            StreamsSource source =
                    StreamsSource.in(origin.name(KIND)).add(FILE, () -> RdbStream.of(header, connection.raw()));
            StoredSnapshot stored = origin.backup(source, KIND).to(repository);
            return StoredPart.of(origin, KIND, List.of(stored), facts);
        }
    }

    /** A line that is not empty: empty ones are signs of life. */
    private static String line(RedisConnection connection) throws IOException {
        String line = connection.line();
        while (line.isEmpty()) {
            line = connection.line();
        }
        return line;
    }

    static Map<String, String> facts(RedisConnection connection) throws IOException {
        String about = text(connection.ask("ask about it", "INFO", "server"));
        String keyspace = text(connection.ask("ask about its keys", "INFO", "keyspace"));
        Map<String, String> facts = new TreeMap<>();
        Matcher version = VERSION.matcher(about);
        facts.put("server.version", version.find() ? version.group(1) : "");
        long keys = KEYS.matcher(keyspace)
                .results()
                .mapToLong(result -> Long.parseLong(result.group(1)))
                .sum();
        facts.put("keys", Long.toString(keys));
        return facts;
    }

    private static String text(Object answer) {
        return answer instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8).replace("\r", "") : "";
    }
}
