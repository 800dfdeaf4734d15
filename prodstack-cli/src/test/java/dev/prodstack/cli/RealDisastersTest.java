package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.backup.storage.s3.Radosgw;
import dev.prodstack.backup.storage.s3.S3Clients;
import dev.prodstack.backup.storage.s3.S3Credentials;
import dev.prodstack.backup.storage.s3.S3Settings;
import java.nio.charset.StandardCharsets;
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
class RealDisastersTest {
    private static final String BUCKET = "backups";
    private static final String PREFIX = "shop";

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
    void dataCorruption() throws Exception {
        ServersStand.State before = stand.state(stand.name());
        stand.corruptTable();
        assertThat(stand.state(stand.name()).tables()).contains("ERROR");

        CommandRun.Outcome refused = stand.prodstack("restore", "--only", "postgres", "--confirm", stand.name());
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("--no-safety-backup");
        Instant start = Instant.now();
        stand.succeeds("restore", "--only", "postgres", "--no-safety-backup", "--confirm", stand.name());
        tookSince(start, "data corruption");
        assertThat(stand.state(stand.name())).isEqualTo(before);
    }

    @Test
    void serviceOutage() throws Exception {
        ServersStand.State before = stand.state(stand.name());
        stand.loseVolume("redis", "redis_data");
        assertThat(stand.state(stand.name()).keys()).isEmpty();

        Instant start = Instant.now();
        stand.succeeds("restore", "--only", "redis", "--confirm", stand.name());
        tookSince(start, "service outage");
        assertThat(stand.state(stand.name())).isEqualTo(before);
    }

    @Test
    void ransomware() throws Exception {
        ServersStand.State before = stand.state(stand.name());
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
        CommandRun.Outcome rewound = stand.succeeds(
                "repo",
                "rewind",
                "-r",
                settings.location().toString(),
                "--s3-key-files",
                stand.file("access-key") + "," + stand.file("secret-key"),
                "--s3-object-lock",
                "compliance:3",
                "--to",
                good.toString());
        assertThat(rewound.out()).contains("deleted", "Brought back").doesNotContain("cannot be brought back");
        stand.succeeds("restore", "--confirm", stand.name());
        tookSince(start, "ransomware");
        assertThat(stand.state(stand.name())).isEqualTo(before);
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

    /** By the script that the guide names, with nothing but the Compose file, the images and the repository. */
    @Test
    void completeClusterLoss(@TempDir Path directory) throws Exception {
        ServersStand.State before = stand.state(stand.name());
        try (OwnLab lab = new OwnLab(1)) {
            Instant start = Instant.now();
            ServersStand anew = stand.on(lab, directory);
            tookSince(start, "complete cluster loss: bringing the images");
            start = Instant.now();
            String said = recover(anew, directory);
            tookSince(start, "complete cluster loss");
            assertThat(said).contains("== restore", "is back after");
            assertThat(anew.state(anew.name())).isEqualTo(before);
            assertThat(anew.token()).isNotEmpty().isEqualTo(stand.token());
            anew.succeeds("backup", "run");
            anew.down();
        }
    }

    private static String recover(ServersStand anew, Path directory) throws Exception {
        Path root = Path.of("..").toAbsolutePath().normalize();
        ProcessBuilder builder = new ProcessBuilder(
                        root.resolve("stack/recover").toString())
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().put("DOCKER_HOST", anew.host());
        builder.environment().put("PORT", "18473");
        builder.environment().put("PRODSTACK_IMAGE", anew.jobImage());
        builder.environment().put("PRODSTACK_REPO", settings.location().toString());
        builder.environment()
                .put(
                        "PRODSTACK_REPO_PASSWORD_FILE",
                        directory.resolve("password").toString());
        builder.environment().put("AWS_ACCESS_KEY_ID", Files.readString(directory.resolve("access-key")));
        builder.environment().put("AWS_SECRET_ACCESS_KEY", Files.readString(directory.resolve("secret-key")));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
