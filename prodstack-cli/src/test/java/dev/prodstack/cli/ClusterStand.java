package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prodstack.backup.storage.s3.Radosgw;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A stack whose data is on three nodes of a lab of its own: PostgreSQL and files on n3, files of a service that is
 * quiesced on n2, files of one that is stopped for a backup on n1, whose engine commands are given. Its backups are on
 * a real S3 server, and a copy of them in another bucket.
 */
final class ClusterStand {
    /** Where the part is whose job tests meet at work. */
    static final String FAR = "n3";

    /** That part. */
    static final String FILES = "files volume files_data";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The noise takes a job some seconds to store. */
    private static final int NOISE = 64;

    private static final String STACK = """
            name: NAME
            services:
              postgres:
                image: POSTGRES
                command: [sh, /start]
                user: "999:999"
                stop_signal: SIGINT
                stop_grace_period: 30s
                environment: {PGDATA: /var/lib/postgresql/data}
                secrets: [pg_password]
                volumes: ["pg_data:/var/lib/postgresql/data"]
                healthcheck:
                  test: ["CMD", "BIN/pg_isready", "-q", "-h", "127.0.0.1"]
                  interval: 1s
                  timeout: 5s
                  retries: 60
                deploy:
                  endpoint_mode: dnsrr
                  restart_policy: {condition: any, delay: 1s}
                  placement: {constraints: [node.hostname == n3]}
                x-prodstack:
                  backup:
                    - postgres:
                        password_secret: pg_password
                        dump: {databases: [shop]}
                        LOG
              files:
                image: IMAGE
                command: [sleep, "100000"]
                init: true
                stop_grace_period: 1s
                volumes: ["files_data:/data"]
                deploy: {endpoint_mode: dnsrr, placement: {constraints: [node.hostname == n3]}}
                x-prodstack:
                  backup: [{volume: {name: files_data, service: running}}]
              web:
                image: IMAGE
                command: [sleep, "100000"]
                init: true
                stop_grace_period: 1s
                depends_on: [postgres]
                volumes: ["web_data:/data"]
                deploy: {endpoint_mode: dnsrr, placement: {constraints: [node.hostname == n1]}}
                x-prodstack:
                  backup: [{volume: {name: web_data, service: stopped}}]
                  POLICY
              quiet:
                image: IMAGE
                command: [sleep, "100000"]
                init: true
                stop_grace_period: 1s
                volumes: ["quiet_data:/data"]
                deploy: {endpoint_mode: dnsrr, placement: {constraints: [node.hostname == n2]}}
                x-prodstack:
                  backup:
                    - volume:
                        name: quiet_data
                        quiesce:
                          before: [sh, -c, "echo before >> /data/log"]
                          after: [sh, -c, "echo after >> /data/log"]
                          timeout: 30s
            volumes: {pg_data: {}, files_data: {}, web_data: {}, quiet_data: {}}
            secrets:
              backup_password: {file: ./password}
              pg_password: {file: ./password}
              s3_access_key: {file: ./access-key}
              s3_secret_key: {file: ./secret-key}
            x-prodstack:
              backup:
                repository:
                  s3: {endpoint: "ENDPOINT", bucket: backups, prefix: shop,
                       access_key_secret: s3_access_key, secret_key_secret: s3_secret_key}
                  password_secret: backup_password
                  upload_limit: 8M
                schedule: "BACKUP_TIMES"
                drill: {schedule: "DRILL_TIMES"}
                order: [quiet, postgres]
                verify: structure
                offsite:
                  repository:
                    s3: {endpoint: "ENDPOINT", bucket: copies, prefix: shop,
                         access_key_secret: s3_access_key, secret_key_secret: s3_secret_key}
                    password_secret: backup_password
              autoscale: {interval: 1s, prometheus: "PROMETHEUS"}
            """;

    /** What most tests want of it. */
    private static final Map<String, String> USUAL = Map.of(
            "BACKUP_TIMES", "0 2 * * *",
            "DRILL_TIMES", "0 4 1 * *",
            "LOG", "base_backup: false\n            wal: false",
            "POLICY", "",
            "PROMETHEUS", "http://127.0.0.1:9090");

    /** Awkward names, modes, owners, links, an empty directory, a pipe and a file with holes. */
    private static final String FILL = "cd /data && rm -rf ./* && mkdir -p 'a dir/empty' sub && echo one > 'a dir/one'"
            + " && echo two > sub/two && chown 1234:4321 sub sub/two && chmod 4750 sub/two"
            + " && ln -s ../sub/two 'a dir/link' && ln sub/two sub/hard && mkfifo pipe && truncate -s 3M holes"
            + " && echo three > \"$(printf 'new\\nline')\" && touch -d '2001-02-03 04:05:06' 'a dir/one'"
            + " && touch -d '2002-02-03 04:05:06' 'a dir' sub";

    /** All about every file but its inode and when that changed. */
    private static final String LOOK = "cd /data && find . -mindepth 1 -exec stat -c '%n %f %u %g %h %Y' {} + | sort;"
            + " find . -type f -exec sha256sum {} + | sort; test ! -e 'a dir' || readlink 'a dir/link'";

    private final Path directory;
    private final OwnLab lab;
    private final Radosgw server;
    private final ResticBuckets buckets;
    private final EngineStack engine;
    private final Path bin;
    private String stack = "";
    private int round;

    /** Brings the lab and the S3 server up; the test is skipped where there is no PostgreSQL. */
    ClusterStand(Path directory) throws Exception {
        this.directory = directory;
        bin = PostgresImage.programs();
        lab = new OwnLab(3);
        server = Radosgw.at(lab.registry().replaceFirst(":.*", ""));
        engine = EngineStack.at(lab.host("n1"), directory);
        buckets = new ResticBuckets(server, directory.resolve("password"));
    }

    /** Builds the images, and deploys. */
    void up() throws Exception {
        Files.writeString(directory.resolve("access-key"), server.accessKey());
        Files.writeString(directory.resolve("secret-key"), server.secretKey());
        String postgres = PostgresImage.build(directory, engine.host(), lab.image(), lab.registry());
        engine.jobsRunIn(JobImage.build(directory, engine.host(), postgres, lab.registry()));
        stack = STACK.replace("NAME", name())
                .replace("POSTGRES", postgres)
                .replace("IMAGE", lab.image())
                .replace("BIN", bin.toString())
                .replace("ENDPOINT", server.endpoint());
        deploy(Map.of());
        inside("postgres", psql("postgres", "CREATE DATABASE shop"));
    }

    /** Deploys the stack as most tests want it, but for these words of its file. */
    void deploy(Map<String, String> changed) throws IOException {
        file(changed);
        engine.succeeds("deploy", "--lock-timeout", "2m");
    }

    /** Writes that file alone. */
    void file(Map<String, String> changed) throws IOException {
        String text = stack;
        for (Map.Entry<String, String> word : USUAL.entrySet()) {
            text = text.replace(word.getKey(), changed.getOrDefault(word.getKey(), word.getValue()));
        }
        engine.file(text);
    }

    /**
     * What the stack holds.
     *
     * @param rows of its table: their number, and a digest of all of them in their order
     * @param web all about every file
     * @param files the same
     * @param quiet the content of a file beside what quiescing writes
     */
    record State(String rows, String web, String files, String quiet) {}

    String name() {
        return engine.name();
    }

    String image() {
        return engine.image();
    }

    String host() {
        return engine.host();
    }

    OwnLab lab() {
        return lab;
    }

    /** Where its backups are. */
    ResticBuckets buckets() {
        return buckets;
    }

    Path directory() {
        return directory;
    }

    CommandRun.Outcome prodstack(String... arguments) {
        return engine.prodstack(arguments);
    }

    CommandRun.Outcome succeeds(String... arguments) {
        return engine.succeeds(arguments);
    }

    /** The command as a process of its own. */
    LiveProcess begin(String... arguments) throws IOException {
        return LiveProcess.start(directory, host(), arguments);
    }

    /** One that has jobs, and is told the image that they run in. */
    LiveProcess beginJobs(String host, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("--image", image()));
        return LiveProcess.start(directory, host, words.toArray(new String[0]));
    }

    String docker(String node, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("docker", "-H", lab.host(node)));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    /** Waits for what takes a while; a lab of three nodes is slow on a busy machine. */
    static void await(String what, Callable<Boolean> reached) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (!reached.call()) {
            assertThat(System.nanoTime()).as("waited for " + what).isLessThan(end);
            Thread.sleep(100);
        }
    }

    /** The node that a service is bound to. */
    private static String node(String service) {
        return Map.of("quiet", "n2", "web", "n1").getOrDefault(service, FAR);
    }

    private String inside(String service, String script) throws Exception {
        String node = node(service);
        List<String> container = new ArrayList<>();
        await(service + " to run on " + node, () -> {
            docker(node, "ps", "-q", "--filter", "name=" + name() + "_" + service + "\\.")
                    .lines()
                    .findFirst()
                    .ifPresent(container::add);
            return !container.isEmpty();
        });
        return docker(node, "exec", container.get(0), "sh", "-c", script).strip();
    }

    private String psql(String database, String sql) {
        return "PGPASSWORD='a password' PGOPTIONS='-c client_min_messages=warning' " + bin
                + "/psql -h 127.0.0.1 -U postgres -XAtqc \"" + sql + "\" " + database;
    }

    /** What tells the data of one filling from that of others, as files have it. */
    String round() {
        return round + "\n";
    }

    /** Other data than before, everywhere. */
    void fill() throws Exception {
        round++;
        String rows = psql(
                "shop",
                "DROP TABLE IF EXISTS orders; CREATE TABLE orders AS SELECT i AS id, md5((i * " + round
                        + ")::text) AS note FROM generate_series(1, 20000) i");
        assertThat(inside("postgres", rows)).isEmpty();
        assertThat(inside("web", FILL + " && echo " + round + " > round")).isEmpty();
        assertThat(inside(
                        "files",
                        "cd /data && rm -rf ./* && mkdir kept && echo " + round
                                + " > kept/round && chmod 640 kept/round"
                                + " && dd if=/dev/urandom of=noise bs=1M count=" + NOISE + " 2>&-"))
                .isEmpty();
        assertThat(inside("quiet", "cd /data && rm -rf ./* && echo " + round + " > round"))
                .isEmpty();
    }

    /** As a disaster would. */
    void damage() throws Exception {
        String rows = psql("shop", "DELETE FROM orders WHERE id % 2 = 0; UPDATE orders SET note = 'lost'");
        assertThat(inside("postgres", rows)).isEmpty();
        inside(
                "web",
                "cd /data && rm -rf sub round && echo other > 'a dir/one' && echo more > more && chmod 700 'a dir'");
        inside("files", "cd /data && rm -rf kept && echo gone > noise && echo more > more");
        inside("quiet", "cd /data && echo damaged > round");
    }

    /** What a query of its database says. */
    String ask(String sql) throws Exception {
        return inside("postgres", psql("shop", sql));
    }

    State state() throws Exception {
        return new State(
                inside(
                        "postgres",
                        psql(
                                "shop",
                                "SELECT count(*) || ' ' || md5(string_agg(o::text, ',' ORDER BY id)) FROM orders o")),
                inside("web", LOOK),
                inside("files", LOOK),
                inside("quiet", "cat /data/round"));
    }

    /** What quiescing wrote. */
    String quiesced() throws Exception {
        return inside("quiet", "cat /data/log");
    }

    /** How many tasks of each service run, of how many. */
    Map<String, String> replicas() throws Exception {
        Map<String, String> replicas = new TreeMap<>();
        docker("n1", "service", "ls", "--format", "{{.Name}} {{.Replicas}}")
                .lines()
                .map(line -> line.split(" ", -1))
                .filter(words -> words[0].startsWith(name() + "_"))
                .forEach(words -> replicas.put(words[0].substring(name().length() + 1), words[1]));
        return replicas;
    }

    /** Starts nodes that are off, and waits until all that the stack has is well. */
    void heal() throws Exception {
        lab.lab("heal");
        awaitAllRun();
    }

    void awaitAllRun() throws Exception {
        await(
                "every service to run",
                () -> replicas().equals(Map.of("postgres", "1/1", "files", "1/1", "web", "1/1", "quiet", "1/1")));
        await(
                "PostgreSQL to answer",
                () -> inside("postgres", psql("shop", "SELECT 1")).equals("1"));
    }

    /** Waits until a job has the volume of the far files in its hands. */
    void awaitJobAt(LiveProcess process, String purpose) throws Exception {
        await(purpose + " on " + FAR, () -> {
            assertThat(process.endsWithin(1)).as(process::messages).isFalse();
            return jobRuns(purpose);
        });
    }

    /** Whether a job has it. */
    boolean jobRuns(String purpose) throws Exception {
        return docker(FAR, "ps", "--format", "{{.Names}}", "--filter", "volume=" + name() + "_files_data")
                .contains("prodstack-" + name() + "-" + purpose);
    }

    /** What the cluster has of jobs: services, configs. */
    String jobsLeft() throws Exception {
        return ours(docker("n1", "service", "ls", "--format", "{{.Name}}"))
                + ours(docker("n1", "config", "ls", "--format", "{{.Name}}"));
    }

    /** What the cluster has of the drill's throw-away stack: services, networks, secrets, and volumes on every node. */
    String ofTheDrill() throws Exception {
        String all = docker("n1", "service", "ls", "--format", "{{.Name}}")
                + docker("n1", "network", "ls", "--format", "{{.Name}}")
                + docker("n1", "secret", "ls", "--format", "{{.Name}}");
        for (String node : List.of("n1", "n2", "n3")) {
            all += docker(node, "volume", "ls", "--format", "{{.Name}}");
        }
        return all.lines().filter(line -> line.contains(name() + "-drill")).collect(Collectors.joining("\n"));
    }

    /** What runs of jobs on the nodes. */
    String jobsRunning() throws Exception {
        String all = "";
        for (String node : List.of("n1", "n2", "n3")) {
            all += ours(docker(node, "ps", "--format", "{{.Names}}"));
        }
        return all;
    }

    private String ours(String lines) {
        return lines.lines()
                .filter(line -> line.startsWith("prodstack-" + name() + "-"))
                .collect(Collectors.joining("\n"));
    }

    /** The records of the backups, oldest first. */
    List<JsonNode> backups() throws Exception {
        List<JsonNode> all = new ArrayList<>();
        JSON.readTree(succeeds("backup", "list", "-o", "json").out()).forEach(all::add);
        return all;
    }

    /** The newest of those that are no safety backups. */
    JsonNode newest() throws Exception {
        return backups().stream()
                .filter(backup -> backup.path("purpose").asText().equals("backup"))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    /** The reports of the drills, oldest first. */
    List<JsonNode> drills() throws Exception {
        List<JsonNode> all = new ArrayList<>();
        JSON.readTree(succeeds("drill", "--report", "json").out()).forEach(all::add);
        return all;
    }

    /** Where each part of a backup was read. */
    static Map<String, String> nodes(JsonNode backup) {
        Map<String, String> nodes = new LinkedHashMap<>();
        backup.path("parts")
                .forEach(part -> nodes.put(name(part), part.path("node").asText()));
        return nodes;
    }

    /** What a part of a backup, or of what failed of it, is called. */
    static String name(JsonNode part) {
        return part.path("service").asText() + " " + part.path("source").asText();
    }

    /** The content of a file in a backup. */
    String stored(JsonNode backup, String part, String path) throws Exception {
        for (JsonNode its : backup.path("parts")) {
            if (name(its).equals(part)) {
                return buckets.content(its.at("/snapshots/0").asText(), path);
            }
        }
        throw new AssertionError("no " + part + " in " + backup);
    }

    /** Takes the lab down. */
    void down() throws Exception {
        lab.close();
        EngineStack.delete(engine.repository());
    }
}
