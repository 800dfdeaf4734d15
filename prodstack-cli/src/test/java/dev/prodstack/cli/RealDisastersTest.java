package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.backup.storage.s3.Radosgw;
import dev.prodstack.backup.storage.s3.S3Clients;
import dev.prodstack.backup.storage.s3.S3Credentials;
import dev.prodstack.backup.storage.s3.S3Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The disasters of docs/BACKUP_RESTORE_PROCEDURES.md, done to a stack on a real engine whose backups are in a bucket
 * with object lock on a real S3 server, and what the guide says to do then. How long each took is under
 * {@code target/reports/disasters}.
 */
@Tag("long")
@Timeout(1800)
@ExtendWith(GuideBlocks.class)
class RealDisastersTest {
    private static final String BUCKET = "backups";
    private static final String PREFIX = "shop";
    private static final Path RECOVER = Guides.ROOT.resolve("stack/recover");

    private static Optional<ServersStand> made = Optional.empty();
    private static S3Settings settings = S3Settings.at("s3:http://127.0.0.1:1/none");

    private final ServersStand stand = made.orElseThrow();

    @BeforeAll
    static void begin(@TempDir Path directory) throws Exception {
        Radosgw server = Radosgw.at(LabVariable.of("PRODSTACK_TEST_REGISTRY").replaceFirst(":.*", ""));
        Path access = Files.writeString(directory.resolve("access-key"), server.accessKey());
        Path secret = Files.writeString(directory.resolve("secret-key"), server.secretKey());
        settings = S3Settings.at("s3:" + server.endpoint() + "/" + BUCKET + "/" + PREFIX)
                .credentials(new S3Credentials.KeyFiles(access, secret));
        ServersStand stand = ServersStand.withBucket(
                directory,
                "{endpoint: \"" + server.endpoint() + "\", bucket: " + BUCKET + ", prefix: " + PREFIX
                        + ", access_key_secret: s3_access_key, secret_key_secret: s3_secret_key,"
                        + " object_lock: {mode: compliance, days: 3}}");
        made = Optional.of(stand);
        stand.up();
        stand.fill();
        stand.succeeds("backup", "run");
    }

    @AfterAll
    static void end() throws Exception {
        if (made.isPresent()) {
            made.get().down();
        }
    }

    /** Notes how long it took to have everything back. */
    private static void tookSince(Instant start, String disaster) throws Exception {
        Path report = Files.createDirectories(Path.of("target/reports")).resolve("disasters");
        String line = disaster + ": " + Duration.between(start, Instant.now()).toSeconds() + " s\n";
        Files.writeString(report, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void dataCorruption(GuideBlock guide) throws Exception {
        ServersStand.State before = stand.state(stand.name());
        stand.corruptTable();
        assertThat(stand.state(stand.name()).tables()).contains("ERROR");

        stand.at(guide).where("shop", stand.name());
        guide.next("--dry-run");
        CommandRun.Outcome refused = guide.fails("--confirm");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("--no-safety-backup");
        Instant start = Instant.now();
        guide.next("--no-safety-backup");
        tookSince(start, "data corruption");
        assertThat(stand.state(stand.name())).isEqualTo(before);
    }

    @Test
    void serviceOutage(GuideBlock guide) throws Exception {
        ServersStand.State before = stand.state(stand.name());
        stand.loseVolume("redis", "redis_data");
        assertThat(stand.state(stand.name()).keys()).isEmpty();

        stand.at(guide).where("shop", stand.name());
        Instant start = Instant.now();
        assertThat(guide.next("status").out()).contains("redis");
        guide.next("restore");
        tookSince(start, "service outage");
        assertThat(stand.state(stand.name())).isEqualTo(before);
    }

    @Test
    void ransomware(GuideBlock guide) throws Exception {
        ServersStand.State before = stand.state(stand.name());
        String backup = stand.backup().path("id").asText();
        Thread.sleep(1100);
        Instant good = Instant.now();
        Thread.sleep(1100);
        stand.damage();
        assertThat(overwriteAndDeleteEverything())
                .as("versions that the server kept")
                .isGreaterThan(10);
        CommandRun.Outcome lost = stand.prodstack("restore", "--confirm", stand.name());
        assertThat(lost.code()).isEqualTo(1);
        assertThat(lost.err()).contains("There is no repository at");

        Instant start = Instant.now();
        inTheBucket(stand, guide)
                .where("compliance:30", "compliance:3")
                .where("2026-11-26 02:30", good.toString())
                .where("20261126T02", backup);
        assertThat(guide.next("rewind").out())
                .contains("deleted", "Brought back")
                .doesNotContain("cannot be brought back");
        guide.next("check");
        assertThat(guide.next("list").out()).contains(backup);
        guide.next("restore");
        tookSince(start, "ransomware");
        assertThat(stand.state(stand.name())).isEqualTo(before);
    }

    /** A block that begins with where the repository is, and its keys. */
    private static GuideBlock inTheBucket(ServersStand stand, GuideBlock block) throws Exception {
        return stand.at(block)
                .where("shop", stand.name())
                .where(
                        "s3:https://s3.example.net/shop-backups/production",
                        settings.location().toString())
                .where("AWS_ACCESS_KEY_ID=...", "AWS_ACCESS_KEY_ID=" + Files.readString(stand.file("access-key")))
                .where(
                        "AWS_SECRET_ACCESS_KEY=...",
                        "AWS_SECRET_ACCESS_KEY=" + Files.readString(stand.file("secret-key")));
    }

    /** What an intruder can do who has the keys that the stack backs up with; says how often the server refused. */
    private static int overwriteAndDeleteEverything() throws Exception {
        int refused = 0;
        try (S3Client client = S3Clients.connect(settings)) {
            List<ObjectVersion> all = client.listObjectVersionsPaginator(request -> request.bucket(BUCKET)).stream()
                    .flatMap(page -> page.versions().stream())
                    .toList();
            for (ObjectVersion version : all) {
                client.putObject(
                        request -> request.bucket(BUCKET).key(version.key()), RequestBody.fromString("pay us"));
                client.deleteObject(request -> request.bucket(BUCKET).key(version.key()));
                try {
                    client.deleteObject(
                            request -> request.bucket(BUCKET).key(version.key()).versionId(version.versionId()));
                } catch (S3Exception e) {
                    refused++;
                }
            }
        }
        return refused;
    }

    /** With nothing but the Compose file, the images and the repository: by the script, and then by hand. */
    @Test
    void completeClusterLoss(GuideBlock script, GuideBlock byHand, @TempDir Path directory) throws Exception {
        ServersStand.State before = stand.state(stand.name());
        try (OwnLab lab = new OwnLab(1)) {
            Instant start = Instant.now();
            ServersStand anew = stand.on(lab, directory);
            tookSince(start, "complete cluster loss: bringing the images");

            inTheBucket(anew, script)
                    .with("PRODSTACK", "prodstack")
                    .where("stack/recover", RECOVER.toString())
                    .where("-f stack/docker-compose.prod.yml --env-file .env.prod", "-f compose.yaml");
            assertThat(script.next("swarm.json").out()).contains("\"services\"");
            start = Instant.now();
            assertThat(script.next("stack/recover").out()).contains("== restore", "is back after");
            tookSince(start, "complete cluster loss");
            assertThat(anew.state(anew.name())).isEqualTo(before);
            assertThat(anew.token()).isNotEmpty().isEqualTo(stand.token());
            script.next("backup run");

            anew.remove(anew.name());
            anew.docker("secret", "rm", anew.name() + "-token");
            start = Instant.now();
            anew.at(byHand)
                    .with("PRODSTACK_REPO", settings.location().toString())
                    .with("PRODSTACK_REPO_PASSWORD_FILE", "password")
                    .with("AWS_ACCESS_KEY_ID", Files.readString(directory.resolve("access-key")))
                    .with("AWS_SECRET_ACCESS_KEY", Files.readString(directory.resolve("secret-key")))
                    .where("shop", anew.name());
            byHand.next("repo restore");
            byHand.next("init-secrets");
            byHand.next("deploy");
            assertThat(anew.state(anew.name()).tables()).isEmpty();
            byHand.next("restore");
            byHand.next("health-check");
            tookSince(start, "complete cluster loss, by hand");
            assertThat(anew.state(anew.name())).isEqualTo(before);
            assertThat(anew.token()).isEqualTo(stand.token());
            anew.down();
        }
    }
}
