package dev.prodstack.backup.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.backup.Backup;
import dev.prodstack.backup.Forget;
import dev.prodstack.backup.Prune;
import dev.prodstack.backup.Workload;
import dev.prodstack.backup.check.Check;
import dev.prodstack.backup.check.Subset;
import dev.prodstack.backup.crypto.Scrypt;
import dev.prodstack.backup.prune.Allowance;
import dev.prodstack.backup.prune.PruneRules;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.source.DirectorySource;
import dev.prodstack.core.value.ByteSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a repository when the server goes wrong under a backup and a prune. */
@Timeout(300)
@Tag("engine")
class S3RepositoryFaultsTest {
    private static final char[] PASSWORD = "open sesame".toCharArray();
    private static final int ALWAYS = 1_000_000;

    @TempDir
    Path directory;

    private FaultyProxy proxy;
    private S3Settings settings;
    private Path source;
    private Workload workload;
    private StoredSnapshot first;

    @BeforeEach
    void fill() throws Exception {
        proxy = new FaultyProxy(S3Proxy.running());
        settings = proxy.settings(directory);
        source = directory.resolve("source");
        workload = new Workload(source, 37).write();
        try (Repository repository = Repository.init(S3Storage.with(settings), PASSWORD, new Scrypt(2, 1, 1))) {
            first = Backup.of(DirectorySource.at(source)).to(repository);
            workload.change();
            Backup.of(DirectorySource.at(source)).to(repository);
            workload.change();
        }
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("PUT", 3, new Fault.Refuses(503, "SlowDown")),
                Arguments.of("/data/", ALWAYS, new Fault.Refuses(500, "InternalError")),
                Arguments.of("PUT", ALWAYS, Fault.expired()),
                Arguments.of("/data/", ALWAYS, Fault.full()),
                Arguments.of("/index/", ALWAYS, Fault.full()),
                Arguments.of("/snapshots/", ALWAYS, Fault.expired()),
                Arguments.of("DELETE", ALWAYS, new Fault.Refuses(403, "AccessDenied")),
                Arguments.of("/data/", 1, new Fault.Truncates(100)),
                Arguments.of("/data/", 1, new Fault.Corrupts(50)),
                Arguments.of("/data/", 1, new Fault.CorruptsUpload(50)),
                Arguments.of("PUT", 2, Fault.Simple.LOSES_ANSWER),
                Arguments.of("/", ALWAYS, Fault.Simple.VANISHES));
    }

    @ParameterizedTest(name = "{0} x {1}: {2}")
    @MethodSource("faults")
    void theRepositoryStaysWhole(String requests, int times, Fault fault) throws Exception {
        try (Repository repository = open()) {
            proxy.fail(requests, times, fault);
            attempt(() -> Backup.of(DirectorySource.at(source)).to(repository));
            attempt(() -> Forget.remove(repository, Set.of(first.id())));
            attempt(() -> prune(repository));
            proxy.heal();
        }
        try (Repository repository = open()) {
            assertThat(Check.of(repository)
                            .readingData(Subset.ALL)
                            .withoutLock()
                            .run()
                            .clean())
                    .isTrue();
            // Nothing that failed is in the way of what comes next.
            Forget.remove(repository, Set.of(first.id()));
            Backup.of(DirectorySource.at(source)).to(repository);
            prune(repository);
            assertThat(Check.of(repository).readingData(Subset.ALL).run().clean())
                    .isTrue();
        }
    }

    private Repository open() throws IOException {
        return Repository.open(S3Storage.with(settings), PASSWORD);
    }

    private static void prune(Repository repository) throws IOException, InterruptedException {
        Prune.by(PruneRules.STANDARD.allowing(new Allowance.Size(new ByteSize(0))))
                .of(repository);
    }

    private static void attempt(Work work) throws InterruptedException {
        try {
            work.run();
        } catch (IOException e) {
            assertThat(e).hasMessageNotContaining("open sesame");
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }
}
