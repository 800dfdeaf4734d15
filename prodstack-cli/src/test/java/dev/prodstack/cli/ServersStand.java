package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A stack with PostgreSQL, Redis, an S3 server and a volume with awkward files on a real engine, and a repository in a
 * directory or a bucket.
 */
final class ServersStand {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final boolean FULL =
            System.getProperty("prodstack.tier", "fast").equals("full");

    /** A gigabyte, 200,000 keys and 10,000 objects, or a tenth of that. */
    private static final int ROWS = FULL ? 1_000_000 : 100_000;

    private static final int KEYS = FULL ? 200_000 : 20_000;

    private static final int OBJECTS = FULL ? 10_000 : 1_000;

    private static final String STACK = """
            name: NAME
            services:
              postgres:
                image: POSTGRES
                environment: {POSTGRES_PASSWORD_FILE: /run/secrets/postgres_password}
                secrets: [postgres_password]
                volumes: ["postgres_data:/var/lib/postgresql/data"]
                networks: [inner]
                healthcheck: {test: ["CMD", "pg_isready", "-h", "127.0.0.1"], interval: 1s, start_period: 60s}
                deploy: {endpoint_mode: dnsrr, resources: {reservations: {memory: 64M}}}
                x-prodstack:
                  backup: [{postgres: {user: postgres, password_secret: postgres_password, base_backup: false, wal: false}}]
              redis:
                image: REDIS
                command: [redis-server, --appendonly, "yes", --repl-diskless-sync-delay, "0"]
                volumes: ["redis_data:/data"]
                networks: [inner]
                healthcheck: {test: ["CMD", "redis-cli", "ping"], interval: 1s, start_period: 30s}
                deploy: {endpoint_mode: dnsrr}
                x-prodstack:
                  backup: [{redis: {}}]
              objects:
                image: S3
                command: [server, /data, --address, ":9000"]
                environment:
                  MINIO_ROOT_USER_FILE: /run/secrets/objects_user
                  MINIO_ROOT_PASSWORD_FILE: /run/secrets/objects_password
                secrets: [objects_user, objects_password]
                volumes: ["objects_data:/data"]
                networks: [inner]
                ports: [{target: 9000, published: "${OBJECTS_PORT}", mode: host}]
                healthcheck:
                  test: ["CMD", "curl", "-fs", "http://127.0.0.1:9000/minio/health/live"]
                  interval: 1s
                  start_period: 60s
                deploy: {endpoint_mode: dnsrr}
                x-prodstack:
                  backup: [{s3: {access_key_secret: objects_user, secret_key_secret: objects_password}}]
              web:
                image: BUSYBOX
                command: [httpd, -f, -p, "8000", -h, /data]
                init: true
                stop_grace_period: 1s
                networks: [inner]
                volumes: ["data:/data", "CONTEXT:/context"]
                ports: [{target: 8000, published: "${PORT}", mode: host}]
                depends_on: [postgres, redis, objects]
                deploy: {endpoint_mode: dnsrr}
                x-prodstack:
                  backup: [{volume: {name: data, service: stopped}}]
              bystander:
                image: BUSYBOX
                command: [sleep, "100000"]
                init: true
                stop_grace_period: 1s
                networks: [inner]
                secrets: [token]
                deploy: {endpoint_mode: dnsrr}
            networks: {inner: {}}
            volumes: {data: {}, postgres_data: {}, redis_data: {}, objects_data: {}}
            secrets:
              backup_password: {file: ./password}
              postgres_password: {file: ./password}
              objects_user: {file: ./objects-user}
              objects_password: {file: ./objects-password}
              token: {external: true, name: NAME-token}
              s3_access_key: {file: ./access-key}
              s3_secret_key: {file: ./secret-key}
            x-prodstack:
              backup:
                repository: {REPOSITORY, password_secret: backup_password}
                secrets: [token]
                verify: structure
                drill:
                  requests: [{service: web, port: 8000, path: ASKED}]
            """;

    /** Awkward names, modes, owners, links, attributes, an empty directory, a pipe and a file with holes. */
    private static final String FILES = "cd /data && mkdir -p 'a dir/empty' sub kept && echo one > 'a dir/one'"
            + " && echo two > sub/two && chown 1234:4321 sub sub/two && chmod 4750 sub/two && chmod 1777 'a dir/empty'"
            + " && ln -s ../sub/two 'a dir/link' && ln -s /nowhere/at/all broken && ln sub/two sub/hard && mkfifo pipe"
            + " && truncate -s 3M holes && echo three > \"$(printf 'new\\nline')\" && echo > \"$(printf 'by\\377te')\""
            + " && echo page > kept/page && : > empty && dd if=/dev/urandom of=noise bs=1M count=5 2>&-"
            + " && touch -d '2001-02-03 04:05:06' 'a dir/one' && touch -d '2002-02-03 04:05:06' 'a dir' sub kept";

    /** All about every file but its inode and when that changed. */
    private static final String LOOK_AT_FILES = "cd /data && find . -mindepth 1 -exec stat -c '%n %f %u %g %h %Y' {} +"
            + " | sort; find . -type f -exec sha256sum {} + | sort; readlink 'a dir/link'; readlink broken";

    private static final String LOOK_AT_KEYS = "local out = {} for _, key in ipairs(redis.call('KEYS', '*')) do"
            + " local kind = redis.call('TYPE', key).ok local value"
            + " if kind == 'hash' then value = redis.call('HGETALL', key)"
            + " elseif kind == 'set' then value = redis.call('SMEMBERS', key) table.sort(value)"
            + " elseif kind == 'zset' then value = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')"
            + " elseif kind == 'list' then value = redis.call('LRANGE', key, 0, -1)"
            + " else value = {redis.call('GET', key)} end"
            + " out[#out + 1] = key .. ' ' .. kind .. ' ' .. redis.call('PEXPIRETIME', key)"
            + " .. ' ' .. redis.sha1hex(table.concat(value, ',')) end table.sort(out)"
            + " return table.concat(out, '\\n')";

    private final Path directory;
    private final EngineStack engine;
    private final String busybox;
    private final String registry;
    private final String repository;
    private final Map<String, String> ports = freePorts();
    private final Map<String, String> portsBeside = freePorts();
    private String stack = "";
    private List<String> images = List.of();

    /** Begins with nothing, for backups in a directory; the test is skipped where there is no engine. */
    ServersStand(Path directory) throws IOException {
        this(directory, new EngineStack(directory), "");
    }

    /** The same for backups in a bucket, as the Compose file says it; its keys are in files beside that. */
    static ServersStand withBucket(Path directory, String bucket) throws IOException {
        return new ServersStand(directory, new EngineStack(directory), "s3: " + bucket);
    }

    private ServersStand(Path directory, EngineStack engine, String repository) throws IOException {
        this(
                directory,
                engine,
                repository,
                LabVariable.of("PRODSTACK_TEST_IMAGE"),
                LabVariable.of("PRODSTACK_TEST_REGISTRY"));
    }

    private ServersStand(Path directory, EngineStack engine, String repository, String busybox, String registry)
            throws IOException {
        this.directory = directory;
        this.engine = engine;
        this.repository = repository.isEmpty() ? "directory: " + engine.repository() : repository;
        this.busybox = busybox;
        this.registry = registry;
        for (String key : List.of("access-key", "secret-key", "objects-user", "objects-password")) {
            if (!Files.exists(directory.resolve(key))) {
                Files.writeString(directory.resolve(key), "none but a test's");
            }
        }
    }

    /**
     * What a stack holds.
     *
     * @param tables of each table its name, rows and a digest of all of them in their order
     * @param keys of each key its name, kind, the moment at which it ends, and a digest
     * @param objects of each object in the S3 server all about it
     * @param files of each file all about it
     */
    record State(String tables, String keys, String objects, String files) {}

    String name() {
        return engine.name();
    }

    String busybox() {
        return busybox;
    }

    int tables() {
        return 2;
    }

    int keys() {
        return KEYS + 4;
    }

    int objects() {
        return OBJECTS + StoredObjects.AWKWARD;
    }

    /** Builds the images, or finds them built, and deploys. */
    void up() throws Exception {
        Path names = directory.resolve("images.env");
        JobImage.run(
                "env",
                "DOCKER_HOST=" + engine.host(),
                ROOT.resolve("stack/images/build").toString(),
                "--push",
                registry,
                "--env-file",
                names.toString(),
                "postgres",
                "redis",
                "s3");
        String postgres = named(names, "POSTGRES_IMAGE");
        engine.jobsRunIn(JobImage.buildOnDebian(directory, engine.host(), clients(postgres), registry));
        images = List.of(postgres, named(names, "REDIS_IMAGE"), engine.image(), named(names, "MINIO_IMAGE"));
        write();
        succeeds("init-secrets");
        succeeds("deploy");
    }

    private void write() throws Exception {
        stack = STACK.replace("NAME", name())
                .replace("POSTGRES\n", images.get(0) + "\n")
                .replace("REDIS\n", images.get(1) + "\n")
                .replace("S3\n", images.get(3) + "\n")
                .replace("BUSYBOX", busybox)
                .replace("CONTEXT", Files.createDirectory(context()).toString())
                .replace("REPOSITORY", repository);
        asking("/kept/page");
    }

    /** The same stack, about to be deployed on a swarm that knows nothing of it; its images are brought there. */
    ServersStand on(OwnLab lab, Path otherDirectory) throws Exception {
        for (String file : List.of("access-key", "secret-key", "objects-user", "objects-password")) {
            Files.copy(directory.resolve(file), otherDirectory.resolve(file));
        }
        ServersStand other = new ServersStand(
                otherDirectory, engine.on(lab.host("n1"), otherDirectory), repository, lab.image(), lab.registry());
        List<String> brought = new ArrayList<>();
        for (String image : images) {
            brought.add(bring(image, other));
        }
        other.images = brought;
        other.engine.jobsRunIn(brought.get(2));
        other.write();
        return other;
    }

    private String bring(String image, ServersStand other) throws Exception {
        String there = image.replaceFirst("^" + registry, other.registry);
        Path file = directory.resolve("image.tar");
        JobImage.run("docker", "-H", engine.host(), "save", "-o", file.toString(), image);
        JobImage.run("docker", "-H", other.engine.host(), "load", "-q", "-i", file.toString());
        JobImage.run("docker", "-H", other.engine.host(), "tag", image, there);
        JobImage.run("docker", "-H", other.engine.host(), "push", "-q", there);
        Files.delete(file);
        return there;
    }

    /** A file below the directory of the stack. */
    Path file(String its) {
        return directory.resolve(its);
    }

    /** A directory of the node that the stack mounts, and a throw-away one must not. */
    private Path context() {
        return engine.repository().resolveSibling(engine.repository().getFileName() + "-context");
    }

    private static String named(Path names, String variable) throws Exception {
        return Files.readAllLines(names).stream()
                .filter(line -> line.startsWith(variable + "="))
                .map(line -> line.substring(variable.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    /** PostgreSQL's programs and a Redis server, which jobs need. */
    private String clients(String postgres) throws Exception {
        Path context = Files.createDirectories(directory.resolve("clients"));
        Files.writeString(
                context.resolve("Dockerfile"),
                "FROM " + postgres + "\nRUN apt-get update && apt-get install -y --no-install-recommends redis-server"
                        + " && apt-get clean && rm -rf /var/lib/apt/lists/*\n");
        String tag = "test/clients:1";
        JobImage.run("docker", "-H", engine.host(), "build", "-q", "-t", tag, context.toString());
        return tag;
    }

    /** Where its engine answers. */
    String host() {
        return engine.host();
    }

    /** The image that jobs run in. */
    String jobImage() {
        return engine.image();
    }

    /** The value of its one external secret, which chance made. */
    String token() throws Exception {
        return inside(name(), "bystander", "cat /run/secrets/token");
    }

    /** Has drills ask for another page. */
    void asking(String path) throws Exception {
        engine.file(stack.replace("ASKED", path));
    }

    void fill() throws Exception {
        sql(name(), "postgres", "CREATE DATABASE shop", "CREATE ROLE clerk LOGIN PASSWORD 'clerk'");
        sql(
                name(),
                "shop",
                "CREATE TABLE orders (id bigint PRIMARY KEY, note text, made timestamptz, price numeric(12, 2))",
                "INSERT INTO orders SELECT i, string_agg(md5(i::text || j::text), ''), '2026-01-01'::timestamptz"
                        + " + i * interval '1 second', i / 7.0 FROM generate_series(1, " + ROWS
                        + ") i, generate_series(1, 28) j GROUP BY i",
                "CREATE TABLE clerks (name text PRIMARY KEY, photo bytea)",
                "INSERT INTO clerks VALUES ('Zoë', '\\x00ff'), ('O''Brien', NULL), ('', '')",
                "ALTER TABLE orders OWNER TO clerk");
        redis(
                name(),
                "EVAL",
                "for i = 1, " + KEYS + " do redis.call('SET', 'k' .. i, i) if i % 2 == 0 then"
                        + " redis.call('PEXPIREAT', 'k' .. i, 4000000000000 + i) end end"
                        + " redis.call('RPUSH', 'list', 'b', 'a', 'b') redis.call('SADD', 'set', 1, 'x', 'y', 'zz')"
                        + " redis.call('HSET', 'hash', 'f', 'v', 'g', 'w') redis.call('ZADD', 'zset', 1.5, 'm', -2, 'n')",
                "0");
        objects(name()).fill(OBJECTS);
        assertThat(inside(name(), "web", FILES)).isEmpty();
    }

    /** As a disaster would. */
    void damage() throws Exception {
        sql(name(), "postgres", "DROP DATABASE shop WITH (FORCE)");
        redis(name(), "FLUSHALL");
        redis(name(), "SET", "k1", "other");
        objects(name()).damage();
        damageFiles();
    }

    void damageFiles() throws Exception {
        inside(
                name(),
                "web",
                "cd /data && rm -rf sub kept && echo other > 'a dir/one' && echo more > more && chmod 700 'a dir'"
                        + " && dd if=/dev/zero of=noise bs=1k seek=100 count=1 conv=notrunc 2>&-");
    }

    State state(String of) throws Exception {
        boolean there = psql(of, "postgres", "SELECT count(*) FROM pg_database WHERE datname = 'shop'")
                .equals("1");
        String tables = "";
        if (there) {
            tables = psql(
                            of,
                            "shop",
                            "SELECT 'orders ' || count(*) || ' ' || md5(string_agg(o::text, ',' ORDER BY id))"
                                    + " || ' ' || max(pg_get_userbyid(relowner)) FROM orders o, pg_class WHERE relname = 'orders'")
                    + "\n"
                    + psql(
                            of,
                            "shop",
                            "SELECT 'clerks ' || count(*) || ' ' || md5(string_agg(c::text, ',' ORDER BY name))"
                                    + " FROM clerks c");
        }
        return new State(
                tables, redis(of, "EVAL", LOOK_AT_KEYS, "0"), objects(of).look(), inside(of, "web", LOOK_AT_FILES));
    }

    /** What a stack's S3 server has. */
    private StoredObjects objects(String of) {
        return new StoredObjects(
                "http://" + registry.replaceFirst("\\.1:.*", ".11") + ":"
                        + ports(of).get("OBJECTS_PORT"),
                directory.resolve("objects-user"),
                directory.resolve("objects-password"));
    }

    /** The published ports of the stack, or of one of it that is beside it for a while. */
    private Map<String, String> ports(String of) {
        return of.equals(name()) ? ports : portsBeside;
    }

    private static Map<String, String> freePorts() throws IOException {
        return Map.of(
                "PORT", Integer.toString(LiveEndpoint.freePort()),
                "OBJECTS_PORT", Integer.toString(LiveEndpoint.freePort()));
    }

    /** The containers that run for a stack's servers. */
    String containers(String of) throws Exception {
        return docker("ps", "-q", "--no-trunc", "--filter", "name=" + of + "_");
    }

    /** Garbage in the middle of a table, and no copy in the server's memory. */
    void corruptTable() throws Exception {
        String file = psql(name(), "shop", "CHECKPOINT; SELECT pg_relation_filepath('orders')");
        exec(
                name(),
                "postgres",
                "sh",
                "-c",
                "dd if=/dev/urandom of=$PGDATA/" + file + " bs=8192 seek=10 count=2 conv=notrunc && sync");
        succeeds("restart", "postgres");
    }

    /** The container of a service. */
    String container(String service) throws Exception {
        return engine.container(service);
    }

    /** The id of the newest whole backup's snapshot of a source, such as {@code volume data}. */
    String snapshot(String source) throws Exception {
        return backup().path("parts")
                .valueStream()
                .filter(part -> part.path("source").asText().equals(source))
                .map(part -> part.at("/snapshots/0").asText())
                .findFirst()
                .orElseThrow();
    }

    /** The newest whole backup. */
    JsonNode backup() throws Exception {
        return new ObjectMapper()
                .readTree(succeeds("backup", "show", "-o", "json").out());
    }

    /** Where backups are, if that is a directory. */
    Path repository() {
        return engine.repository();
    }

    /** Empties the volume with files; where it is on this machine. */
    Path emptyFiles() throws Exception {
        assertThat(inside(name(), "web", "rm -rf /data/*")).isEmpty();
        return Path.of(docker("volume", "inspect", "--format", "{{.Mountpoint}}", name() + "_data")
                .strip());
    }

    /** What a server that begins with this file has, told as in a {@link State}. */
    String keys(Path rdb) throws Exception {
        docker("cp", rdb.toString(), container("redis") + ":/tmp/dump.rdb");
        exec(
                name(),
                "redis",
                "sh",
                "-c",
                "redis-server --port 7777 --dir /tmp --appendonly no --daemonize yes; i=0;"
                        + " until redis-cli -p 7777 ping | grep PONG || [ $i = 300 ]; do i=$((i+1)); sleep 0.1; done");
        String keys = redis(name(), "-p", "7777", "EVAL", LOOK_AT_KEYS, "0");
        redis(name(), "-p", "7777", "SHUTDOWN", "NOSAVE");
        return keys;
    }

    /** A service's volume is gone, as with the disk of its node. */
    void loseVolume(String service, String volume) throws Exception {
        docker("service", "scale", "--detach=false", name() + "_" + service + "=0");
        String left = "?";
        for (int i = 0; i < 300 && !left.isEmpty(); i++) {
            left = docker("ps", "-aq", "--filter", "volume=" + name() + "_" + volume)
                    .strip();
            if (!left.isEmpty()) {
                docker("rm", "--force", left.lines().findFirst().orElseThrow());
            }
        }
        docker("volume", "rm", name() + "_" + volume);
        docker("service", "scale", "--detach=false", name() + "_" + service + "=1");
    }

    private void sql(String of, String database, String... statements) throws Exception {
        for (String statement : statements) {
            psql(of, database, statement);
        }
    }

    private String psql(String of, String database, String statement) throws Exception {
        return exec(
                        of,
                        "postgres",
                        "psql",
                        "-XqAt",
                        "-v",
                        "ON_ERROR_STOP=1",
                        "-U",
                        "postgres",
                        "-d",
                        database,
                        "-c",
                        statement)
                .strip();
    }

    private String redis(String of, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("redis-cli", "--raw"));
        command.addAll(List.of(words));
        return exec(of, "redis", command.toArray(new String[0])).strip();
    }

    private String inside(String of, String service, String script) throws Exception {
        return exec(of, service, "sh", "-c", script);
    }

    private String exec(String of, String service, String... command) throws Exception {
        return engine.exec(of, service, command);
    }

    String docker(String... arguments) throws Exception {
        return engine.docker(arguments);
    }

    /** A guide's block, about to be run as by somebody in the stack's directory. */
    GuideBlock at(GuideBlock block) throws IOException {
        return at(name(), block);
    }

    /** The same about a stack beside it. */
    GuideBlock at(String of, GuideBlock block) throws IOException {
        GuideBlock its = engine.at(block);
        ports(of).forEach(its::with);
        return its;
    }

    CommandRun.Outcome prodstack(String... arguments) {
        String of = List.of(arguments).contains(name() + "b") ? name() + "b" : name();
        CommandRun command = engine.command();
        ports(of).forEach(command::env);
        return command.run(arguments);
    }

    CommandRun.Outcome succeeds(String... arguments) {
        return EngineStack.succeeded(prodstack(arguments));
    }

    /** Removes a stack with its volumes. */
    void remove(String stackName) throws Exception {
        engine.remove(stackName, "data", "postgres_data", "redis_data", "objects_data");
    }

    void down() throws Exception {
        if (stack.isEmpty()) {
            return;
        }
        remove(name());
        docker("secret", "rm", name() + "-token");
        engine.forget();
        EngineStack.delete(context());
    }
}
