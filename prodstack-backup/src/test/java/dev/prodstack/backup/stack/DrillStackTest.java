package dev.prodstack.backup.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.backup.BackupManifest;
import dev.prodstack.core.backup.BackupPart;
import dev.prodstack.core.backup.BackupRecord;
import dev.prodstack.core.cluster.ClusterJobs.Node;
import dev.prodstack.core.cluster.TrialStacks;
import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.stack.Mount;
import dev.prodstack.core.stack.Network;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillStackTest {
    private static final Node NODE = new Node("node-1", "n1");
    private static final TrialStacks.Running RUNNING = new TrialStacks.Running(
            Map.of("postgres", "registry:5000/postgres:17@sha256:" + "a".repeat(64)),
            Map.of("postgres_password", "shop_postgres_password-x1"),
            Map.of("conf", "shop_conf-77"));

    private static final String FILE = """
            name: shop
            services:
              postgres:
                image: postgres:17
                volumes: ["data:/data", "/etc/localtime:/etc/localtime:ro", "/srv/spool:/spool"]
                secrets: [postgres_password]
                configs: [conf]
                networks: {inner: {aliases: [db]}, given: {}}
                ports: ["5432:5432"]
                deploy:
                  replicas: 3
                  placement: {constraints: [node.labels.disk == fast]}
                  resources: {limits: {memory: 1G}, reservations: {memory: 1G, cpus: "1"}}
                x-prodstack:
                  autoscale: {min: 1, max: 3, metrics: [{cpu: {target: 60%}}]}
                  backup: [{postgres: {user: postgres, password_secret: postgres_password}}]
              cache: {image: "redis:8", networks: [inner]}
              api: {image: "api:1", networks: [inner], depends_on: [cache, setup], volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro"]}
              setup: {image: "api:1", deploy: {mode: replicated-job}}
              mailer: {image: "mailer:1", networks: [inner]}
            networks:
              inner: {driver_opts: {encrypted: ""}, ipam: {config: [{subnet: 10.9.0.0/24}]}}
              given: {external: true}
            volumes:
              data: {driver_opts: {type: nfs, o: "addr=10.0.0.5", device: ":/shop"}}
              kept: {name: everybody, external: true}
            secrets:
              postgres_password: {file: ./password}
              repository_password: {external: true}
              unused: {file: ./unused}
            configs: {conf: {content: x}}
            x-prodstack:
              backup:
                repository: REPOSITORY
                drill: {requests: [{service: api, port: 8000, path: /health}]}
            """;

    @TempDir
    private Path directory = Path.of("");

    private Stack production(String repository) throws Exception {
        Path file = Files.writeString(directory.resolve("compose.yaml"), FILE.replace("REPOSITORY", repository));
        return ComposeFile.load(file).stack();
    }

    private DrillStack.Made made(String repository, TrialStacks.Running running, String... services) throws Exception {
        Stack production = production(repository);
        return DrillStack.of(
                production, production.operations().backup().orElseThrow(), backup(services), running, NODE, "1a2b");
    }

    private static BackupRecord backup(String... services) {
        Instant now = Instant.parse("2026-11-26T02:00:00Z");
        List<BackupPart> parts = Arrays.stream(services)
                .map(service -> new BackupPart(
                        service, service, "dump", "n1", List.of("a".repeat(64)), 1, 1, now, now, Map.of(), ""))
                .toList();
        return new BackupManifest("shop", "b1", BackupRecord.Purpose.BACKUP, now, now, Optional.empty(), parts);
    }

    private static final String DIRECTORY = "{directory: /srv/backups, password_secret: repository_password}";

    @Test
    void hasWhatIsRestoredWhatIsAskedAndWhatTheyNeed() throws Exception {
        DrillStack.Made made = made(DIRECTORY, RUNNING, "postgres", "gone");

        assertThat(made.obstacles()).isEmpty();
        assertThat(made.stack().name()).isEqualTo("shop-drill");
        assertThat(made.stack().services().keySet()).containsExactlyInAnyOrder("postgres", "api", "cache");
        assertThat(service(made, "api").dependsOn().keySet()).containsExactly("cache");
        assertThat(made.notes()).contains("left out: mailer, setup");
    }

    @Test
    void isCutOffFromEverythingElse() throws Exception {
        DrillStack.Made made = made(DIRECTORY, RUNNING, "postgres");
        Service postgres = service(made, "postgres");

        assertThat(postgres.ports()).isEmpty();
        assertThat(postgres.networks())
                .hasEntrySatisfying("inner", its -> assertThat(its.aliases()).containsExactly("db"));
        assertThat(made.stack().networks().values()).hasSize(2).allSatisfy(network -> {
            assertThat(network.internal()).isTrue();
            assertThat(network.external()).isFalse();
            assertThat(network.name()).hasValue("shop-drill_" + network.key() + "-1a2b");
            assertThat(network.ipam()).isEmpty();
            assertThat(network.driverOptions()).isEmpty();
        });
        assertThat(made.stack().volumes().values()).allSatisfy(volume -> {
            assertThat(volume.external()).isFalse();
            assertThat(volume.name()).isEmpty();
            assertThat(volume.driverOptions()).isEmpty();
            assertThat(volume.labels()).containsEntry(TrialStacks.LABEL, "shop-drill");
        });
        assertThat(postgres.mounts())
                .filteredOn(mount -> mount instanceof Mount.OfHost)
                .extracting(Mount::target)
                .containsExactly("/etc/localtime");
        assertThat(postgres.mounts())
                .filteredOn(mount -> mount instanceof Mount.OfMemory)
                .extracting(Mount::target)
                .containsExactly("/spool");
        assertThat(service(made, "api").mounts())
                .allSatisfy(mount -> assertThat(mount).isInstanceOf(Mount.OfMemory.class));
        assertThat(made.notes())
                .contains(
                        "postgres: published ports are left out (5432)",
                        "postgres: reads /etc/localtime of the node",
                        "postgres: has an empty directory in place of /srv/spool of the node");
    }

    @Test
    void isOneTaskOfEachOnOneNodeWithoutWhatOperatesIt() throws Exception {
        Service postgres = service(made(DIRECTORY, RUNNING, "postgres"), "postgres");

        assertThat(postgres.deploy().replicas()).hasValue(1);
        assertThat(postgres.deploy().placement().constraints()).containsExactly("node.id == node-1");
        assertThat(postgres.deploy().labels()).containsEntry(TrialStacks.LABEL, "shop-drill");
        assertThat(postgres.deploy().resources().limits().memory()).isPresent();
        assertThat(postgres.deploy().resources().reservations().memory()).isEmpty();
        assertThat(postgres.operations().autoscale()).isEmpty();
        assertThat(postgres.operations().backup()).isPresent();
    }

    @Test
    void runsWhatTheStackRunsNow() throws Exception {
        DrillStack.Made made = made(DIRECTORY, RUNNING, "postgres");

        assertThat(service(made, "postgres").image().orElseThrow().toString())
                .startsWith("registry:5000/postgres:17@sha256:");
        assertThat(service(made, "api").image().orElseThrow().toString()).isEqualTo("api:1");
        assertThat(made.stack().externalSecrets()).containsExactly("shop_postgres_password-x1", "repository_password");
        assertThat(made.stack().externalConfigs()).containsExactly("shop_conf-77");
    }

    @Test
    void whatTheClusterDoesNotHaveIsInTheWay() throws Exception {
        TrialStacks.Running nothing = new TrialStacks.Running(Map.of(), Map.of(), Map.of());

        assertThat(made(DIRECTORY, nothing, "postgres").obstacles())
                .containsExactly(
                        "the cluster has no secret postgres_password: deploy the stack first",
                        "the cluster has no config conf: deploy the stack first");
        assertThat(made(DIRECTORY, nothing, "cache").obstacles()).isEmpty();
    }

    @Test
    void jobsHaveAWayToARepositoryThatIsElsewhere() throws Exception {
        DrillStack.Made made =
                made("{s3: {bucket: shop-backups}, password_secret: repository_password}", RUNNING, "postgres");

        assertThat(made.stack().networks().values())
                .extracting(Network::internal)
                .containsOnly(false);
        assertThat(made.notes())
                .contains("the repository is outside of the nodes, so the networks have a way out, as jobs need it");
    }

    @Test
    void aRepositoryInAVolumeStaysTheOneItIs() throws Exception {
        DrillStack.Made made = made("{volume: kept, password_secret: repository_password}", RUNNING, "postgres");

        assertThat(Names.volume(made.stack(), "kept")).isEqualTo("everybody");
        assertThat(Names.volume(made.stack(), "data")).isEqualTo("shop-drill_data");
    }

    private static Service service(DrillStack.Made made, String name) {
        return Optional.ofNullable(made.stack().services().get(name)).orElseThrow();
    }
}
