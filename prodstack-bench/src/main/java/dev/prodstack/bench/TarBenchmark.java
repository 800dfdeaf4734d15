package dev.prodstack.bench;

import dev.prodstack.backup.Backup;
import dev.prodstack.backup.archive.Archive;
import dev.prodstack.backup.archive.ArchiveFormat;
import dev.prodstack.backup.browse.SnapshotFiles;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.storage.DirectoryStorage;
import dev.prodstack.backup.tar.TarSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A tar stream of 64 files of one MiB, like a database's dump, into a repository that has them already, and out of it;
 * operations a second are MiB a second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class TarBenchmark {
    private static final int MIB = 1024 * 1024;
    private static final int FILES = 64;

    private final char[] password = "a password that is no secret".toCharArray();
    private byte[] stream = new byte[0];
    private Path directory = Path.of("");
    private Optional<Repository> opened = Optional.empty();
    private Optional<SnapshotFiles> stored = Optional.empty();

    /** Prepares; the content is made up in {@link #fill}. */
    public TarBenchmark() {}

    /** Makes up the files, and stores them. */
    @Setup
    public void fill() throws IOException, InterruptedException {
        SplittableRandom chance = new SplittableRandom(1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (int i = 0; i < FILES; i++) {
                TarArchiveEntry entry = new TarArchiveEntry("dump/table" + i + ".sql");
                entry.setSize(MIB);
                tar.putArchiveEntry(entry);
                tar.write(rows(chance), 0, MIB);
                tar.closeArchiveEntry();
            }
        }
        stream = bytes.toByteArray();
        directory = Files.createTempDirectory("tar-benchmark");
        Repository repository = Repository.init(DirectoryStorage.at(directory.resolve("repository")), password);
        opened = Optional.of(repository);
        stored = Optional.of(SnapshotFiles.of(repository, in()));
    }

    private static byte[] rows(SplittableRandom chance) {
        StringBuilder text = new StringBuilder();
        while (text.length() < MIB) {
            text.append(chance.nextInt(10_000_000))
                    .append("\t2026-01-")
                    .append(chance.nextInt(28) + 1)
                    .append('\t')
                    .append(chance.nextInt(100_000))
                    .append("\tpaid\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Removes the repository. */
    @TearDown
    public void remove() throws IOException {
        opened.orElseThrow().close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(TarBenchmark::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads, cuts, and names what is there already. */
    @Benchmark
    @OperationsPerInvocation(FILES)
    public StoredSnapshot in() throws IOException, InterruptedException {
        return Backup.of(TarSource.named("dump", new ByteArrayInputStream(stream)))
                .to(opened.orElseThrow());
    }

    /** Reads packs, opens, checks and writes. */
    @Benchmark
    @OperationsPerInvocation(FILES)
    public int out() throws IOException {
        Archive.of(stored.orElseThrow()).as(ArchiveFormat.TAR).to(OutputStream.nullOutputStream());
        return FILES;
    }
}
