package dev.prodstack.bench;

import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.blob.DamagedException;
import dev.prodstack.backup.chunk.Polynomial;
import dev.prodstack.backup.chunk.RabinChunker;
import dev.prodstack.backup.crypto.ForgedException;
import dev.prodstack.backup.crypto.MasterKey;
import dev.prodstack.backup.index.BlobIndex;
import dev.prodstack.backup.index.IndexedPack;
import dev.prodstack.backup.pack.Compression;
import dev.prodstack.backup.pack.PackFile;
import dev.prodstack.backup.pack.PackedBlob;
import dev.prodstack.backup.tree.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * The steps of a backup, each on one core. Where a step works on content, it is one MiB like a database's dump, so that
 * operations a second are MiB a second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class BackupBenchmark {
    private static final int MIB = 1024 * 1024;
    private static final int SIZE = 16 * MIB;
    private static final int INDEXED = 1_000_000;
    private static final int IN_A_PACK = 250;
    private static final int NODES = 1_000;

    private final MasterKey key = MasterKey.random();
    private final RabinChunker chunker = new RabinChunker(Polynomial.parse("3da3358b4dc173"));
    private final BlobIndex index = new BlobIndex();
    private final SplittableRandom chance = new SplittableRandom(1);
    private final List<ContentId> ids = new ArrayList<>();
    private List<PackedBlob> blobs = List.of();
    private byte[] content = new byte[0];
    private byte[] compressed = new byte[0];
    private byte[] sealed = new byte[0];
    private Tree tree = new Tree(List.of());
    private int next;

    /** Prepares; the content is made up in {@link #fill}. */
    public BackupBenchmark() {}

    /** Makes up the content, the index and a directory. */
    @Setup
    public void fill() throws DamagedException {
        StringBuilder text = new StringBuilder();
        while (text.length() < SIZE) {
            text.append("INSERT INTO orders VALUES (")
                    .append(chance.nextInt(10_000_000))
                    .append(", '2026-01-")
                    .append(chance.nextInt(28) + 1)
                    .append("', ")
                    .append(chance.nextInt(100_000))
                    .append(", 'paid');\n");
        }
        content = text.substring(0, SIZE).getBytes(StandardCharsets.US_ASCII);
        compressed = Compression.AUTO.compress(content, 0, MIB);
        sealed = key.seal(content, 0, MIB);
        for (int i = 0; i < INDEXED / IN_A_PACK; i++) {
            List<PackedBlob> pack = new ArrayList<>();
            for (int blob = 0; blob < IN_A_PACK; blob++) {
                pack.add(new PackedBlob(id(), BlobKind.DATA, blob * 100, 100, 150));
            }
            blobs = pack;
            ids.add(pack.get(i % IN_A_PACK).id());
            index.add(new IndexedPack(id(), pack));
        }
        StringBuilder nodes = new StringBuilder("{\"nodes\":[");
        for (int i = 0; i < NODES; i++) {
            nodes.append(i == 0 ? "" : ",")
                    .append("{\"name\":\"file")
                    .append(i)
                    .append("\",\"type\":\"file\",\"mode\":420,\"mtime\":\"2026-01-02T03:04:05.678+01:00\",\"uid\":1,"
                            + "\"gid\":2,\"user\":\"shop\",\"inode\":7,\"size\":3,\"links\":1,\"content\":[\"")
                    .append(id())
                    .append("\"]}");
        }
        tree = Tree.decode(nodes.append("]}").toString().getBytes(StandardCharsets.UTF_8));
    }

    private ContentId id() {
        return new ContentId(chance.nextLong(), chance.nextLong(), chance.nextLong(), chance.nextLong());
    }

    /** Where chunks end. */
    @Benchmark
    @OperationsPerInvocation(SIZE / MIB)
    public int chunk() {
        int from = 0;
        while (from < SIZE) {
            from += chunker.next(content, from, SIZE);
        }
        return from;
    }

    /** The id of one MiB. */
    @Benchmark
    public ContentId hash() {
        return ContentId.of(content, 0, MIB);
    }

    /** One MiB at the level of AUTO. */
    @Benchmark
    public byte[] compress() {
        return Compression.AUTO.compress(content, 0, MIB);
    }

    /** Back to one MiB. */
    @Benchmark
    public byte[] decompress() throws DamagedException {
        return Compression.decompress(compressed, MIB);
    }

    /** One MiB under the key. */
    @Benchmark
    public byte[] seal() {
        return key.seal(content, 0, MIB);
    }

    /** Back to one MiB. */
    @Benchmark
    public byte[] open() throws ForgedException {
        return key.open(sealed);
    }

    /** The end of a pack of 250 blobs. */
    @Benchmark
    public byte[] packHeader() {
        return PackFile.end(key, blobs);
    }

    /** Whether a blob is among a million. */
    @Benchmark
    public boolean lookUp() {
        next = (next + 1) % ids.size();
        return index.contains(BlobKind.DATA, ids.get(next));
    }

    /** A directory of a thousand files. */
    @Benchmark
    public byte[] encodeTree() {
        return tree.encode();
    }
}
