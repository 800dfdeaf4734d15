package dev.prodstack.backup.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.Storage.Stored;
import dev.prodstack.backup.storage.StorageContract;
import dev.prodstack.backup.storage.StorageException;
import dev.prodstack.backup.storage.StorageException.Reason;
import dev.prodstack.backup.storage.StorageFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of requests when servers and networks misbehave. */
class S3FaultsTest {
    private static final byte[] CONTENT = StorageContract.bytes(300_000);
    private static final StorageFile PACK = new StorageFile(FileKind.PACK, StorageContract.sha256(CONTENT));

    @TempDir
    Path directory;

    private FaultyProxy proxy;
    private S3Settings settings;
    private S3Storage storage;

    @BeforeEach
    void start() throws IOException {
        proxy = new FaultyProxy(S3Proxy.running());
        settings = proxy.settings(directory);
        storage = S3Storage.with(settings);
        storage.create();
    }

    @AfterEach
    void stop() throws IOException {
        storage.close();
        proxy.close();
    }

    static Stream<Fault> passingOnEveryRequest() {
        return Stream.of(
                new Fault.Refuses(500, "InternalError"),
                new Fault.Refuses(502, "BadGateway"),
                new Fault.Refuses(503, "SlowDown"),
                new Fault.Refuses(503, "ServiceUnavailable"),
                new Fault.Refuses(504, "GatewayTimeout"),
                new Fault.Refuses(429, "TooManyRequests"),
                new Fault.Refuses(400, "RequestTimeout"),
                new Fault.Refuses(409, "OperationAborted"),
                Fault.Simple.VANISHES);
    }

    @ParameterizedTest
    @MethodSource("passingOnEveryRequest")
    void whatPassesIsTriedAgain(Fault fault) throws IOException {
        proxy.fail("PUT", 2, fault);
        storage.save(PACK, ByteBuffer.wrap(CONTENT));
        proxy.fail("GET", 2, fault);
        assertThat(storage.load(PACK)).isEqualTo(CONTENT);
        proxy.fail("list-type", 2, fault);
        try (Stream<Stored> files = storage.list(FileKind.PACK)) {
            assertThat(files).containsExactly(new Stored(PACK, CONTENT.length));
        }
        proxy.fail("DELETE", 2, fault);
        storage.delete(PACK);
        assertThat(storage.size(PACK)).isEmpty();
    }

    @Test
    void anAnswerThatEndsEarlyIsAskedForAgain() throws IOException {
        storage.save(PACK, ByteBuffer.wrap(CONTENT));
        proxy.fail("GET", 1, new Fault.Truncates(100_000));
        proxy.fail("GET", 1, new Fault.Truncates(0));
        assertThat(storage.load(PACK)).isEqualTo(CONTENT);

        proxy.fail("GET", 2, new Fault.Truncates(70));
        assertThat(storage.load(PACK, 1_000, 500)).isEqualTo(Arrays.copyOfRange(CONTENT, 1_000, 1_500));
    }

    @Test
    void aSlowAnswerIsWaitedFor() throws IOException {
        storage.save(PACK, ByteBuffer.wrap(CONTENT));
        proxy.fail("GET", 1, new Fault.Slows(Duration.ofMillis(20)));

        assertThat(storage.load(PACK)).isEqualTo(CONTENT);
    }

    @Test
    void whatChangesOnTheWayToTheServerIsSentAgain() throws IOException {
        proxy.fail("PUT", 1, new Fault.CorruptsUpload(123_456));
        storage.save(PACK, ByteBuffer.wrap(CONTENT));

        assertThat(storage.load(PACK)).isEqualTo(CONTENT);
    }

    @Test
    void whatWasStoredThoughItsAnswerWasLostIsStored() throws IOException {
        proxy.fail("PUT", 1, Fault.Simple.LOSES_ANSWER);
        storage.save(PACK, ByteBuffer.wrap(CONTENT));
        assertThat(storage.load(PACK)).isEqualTo(CONTENT);

        proxy.fail("PUT", 1, Fault.Simple.LOSES_ANSWER);
        storage.save(StorageFile.CONFIG, ByteBuffer.wrap(CONTENT));
        assertThat(storage.load(StorageFile.CONFIG)).isEqualTo(CONTENT);
    }

    @Test
    void aConfigOfSomebodyElseIsNotTakenForOurs() throws IOException {
        storage.save(StorageFile.CONFIG, ByteBuffer.wrap(CONTENT));
        // Both looked before either wrote.
        proxy.fail("HEAD", 1, new Fault.Refuses(404, "NoSuchKey"));
        proxy.fail("PUT", 1, Fault.Simple.LOSES_ANSWER);

        assertThatThrownBy(() -> storage.save(StorageFile.CONFIG, ByteBuffer.wrap(new byte[10])))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(storage.load(StorageFile.CONFIG)).isEqualTo(CONTENT);
    }

    static Stream<Arguments> lasting() {
        return Stream.of(
                Arguments.of(new Fault.Refuses(404, "NoSuchBucket"), Reason.NO_PLACE, "there is no bucket", 1),
                Arguments.of(new Fault.Refuses(403, "InvalidAccessKeyId"), Reason.DENIED, "access-key", 1),
                Arguments.of(new Fault.Refuses(403, "SignatureDoesNotMatch"), Reason.DENIED, "does not belong to", 1),
                Arguments.of(new Fault.Refuses(403, "AccessDenied"), Reason.DENIED, "s3:PutObject", 1),
                Arguments.of(Fault.expired(), Reason.DENIED, "have expired. Renew", 2),
                Arguments.of(new Fault.Refuses(403, "RequestTimeTooSkewed"), Reason.DENIED, "Set the clock", 4),
                Arguments.of(Fault.full(), Reason.FULL, "Make room", 1),
                Arguments.of(new Fault.Refuses(403, "QuotaExceeded"), Reason.FULL, "quota", 1),
                Arguments.of(new Fault.Refuses(500, "InternalError"), Reason.UNREACHABLE, "keeps failing", 4),
                Arguments.of(new Fault.Refuses(418, "Teapot"), Reason.UNFIT, "418", 1),
                Arguments.of(Fault.Simple.VANISHES, Reason.UNREACHABLE, "keeps breaking", 4));
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void whatLastsIsSaidAndNotTriedInVain(Fault fault, Reason reason, String words, int attempts) {
        proxy.fail("PUT", Integer.MAX_VALUE, fault);
        int before = proxy.heard().size();

        assertThatThrownBy(() -> storage.save(PACK, ByteBuffer.wrap(CONTENT)))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining("cannot store " + PACK + " in " + settings.location())
                .hasMessageContaining(words)
                .hasMessageNotContaining(proxy.secretKey());
        assertThat(proxy.heard()).hasSize(before + attempts);
    }

    @Test
    void keysRenewedOnDiskAreTakenAtOnce() throws IOException {
        storage.save(PACK, ByteBuffer.wrap(CONTENT));
        proxy.fail("GET", 1, Fault.expired());

        assertThat(storage.load(PACK)).isEqualTo(CONTENT);
    }

    @Test
    void aServerThatComesBackIsGoneOnWith() throws IOException {
        storage.save(PACK, ByteBuffer.wrap(CONTENT));
        proxy.fail("", Integer.MAX_VALUE, Fault.Simple.VANISHES);
        assertThatThrownBy(() -> storage.load(PACK)).isInstanceOf(StorageException.class);
        proxy.heal();

        assertThat(storage.load(PACK)).isEqualTo(CONTENT);
    }

    @Test
    void aMissingBucketIsSaidByTheRealServer() throws IOException {
        S3Settings other =
                S3Settings.at("s3:" + proxy.endpoint() + "/no-such-bucket").credentials(settings.credentials());
        try (S3Storage missing = S3Storage.with(other)) {
            assertThatThrownBy(() -> missing.load(StorageFile.CONFIG))
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_PLACE))
                    .hasMessageContaining("there is no bucket no-such-bucket");
        }
    }

    @Test
    void wrongKeysAreSaidByTheRealServer() throws IOException {
        Path wrong = Files.writeString(directory.resolve("wrong"), "nonsense");
        refused(new S3Credentials.KeyFiles(wrong, directory.resolve("secret-key")), "does not know the access key");
        refused(new S3Credentials.KeyFiles(directory.resolve("access-key"), wrong), "the secret key does not belong");
        refused(new S3Credentials.KeyFiles(directory.resolve("absent"), wrong), "absent");
        refused(new S3Credentials.Profile(wrong, "default"), "");
    }

    private void refused(S3Credentials credentials, String words) throws IOException {
        try (S3Storage denied = S3Storage.with(settings.credentials(credentials))) {
            assertThatThrownBy(() -> denied.load(StorageFile.CONFIG))
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DENIED))
                    .hasMessageContaining(words)
                    .hasMessageNotContaining("nonsense");
        }
    }

    @Test
    void aProfileInAFileOpensABucket() throws IOException {
        Path file = Files.writeString(
                directory.resolve("credentials"),
                "[shop]\naws_access_key_id = " + proxy.accessKey() + "\naws_secret_access_key = " + proxy.secretKey()
                        + "\n");
        try (S3Storage other = S3Storage.with(settings.credentials(new S3Credentials.Profile(file, "shop")))) {
            storage.save(PACK, ByteBuffer.wrap(CONTENT));
            assertThat(other.load(PACK)).isEqualTo(CONTENT);
        }
    }

    @Test
    void nobodyThereIsSaidAfterAFewAttempts() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        unreachable("http://127.0.0.1:" + port, "nothing answers at http://127.0.0.1:" + port, Retries.USUAL);
        unreachable("http://no-such-host.invalid", "unknown. Correct the address", Retries.USUAL);
    }

    @Test
    void aServerWithoutTlsIsNotTrusted() {
        unreachable(S3Proxy.running().endpoint().replace("http:", "https:"), "no safe connection", Retries.USUAL);
    }

    private void unreachable(String endpoint, String words, Retries retries) {
        S3Settings other = S3Settings.at("s3:" + endpoint + "/bucket")
                .credentials(settings.credentials())
                .retries(retries);
        assertThatThrownBy(() -> {
                    try (S3Storage absent = S3Storage.with(other)) {
                        absent.size(StorageFile.CONFIG);
                    }
                })
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE))
                .hasMessageContaining(words);
    }

    @Test
    void aFileThatHoldsNoAuthoritiesIsSaid() throws IOException {
        Path file = Files.writeString(directory.resolve("authorities.pem"), "none");

        assertThatThrownBy(() -> S3Storage.with(settings.authorities(file)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("authorities.pem");
    }
}
