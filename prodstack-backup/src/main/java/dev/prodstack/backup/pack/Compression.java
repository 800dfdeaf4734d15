package dev.prodstack.backup.pack;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStream;
import dev.prodstack.backup.blob.DamagedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How hard content is compressed, with zstd (RFC 8878). Whatever it was written with, anything is read. */
public enum Compression {
    /** Pieces of files are not; everything else is, as restic has it. */
    OFF(1),
    /**
     * Fast. Of dumps and files of databases zstd's level 1 makes less than its level 3 does, in less than half the
     * time; of programs a tenth more. See docs/BENCHMARKS.md.
     */
    AUTO(1),
    /** Small. */
    MAX(11);

    /** What is not in use just now: each has tables that take longer to make than a small blob to compress. */
    private static final Queue<ZstdCompressCtx> COMPRESSORS = new ConcurrentLinkedQueue<>();

    private static final Queue<ZstdDecompressCtx> DECOMPRESSORS = new ConcurrentLinkedQueue<>();

    private final int level;

    Compression(int level) {
        this.level = level;
    }

    /** How many bytes a frame of so many has at most. */
    public static int mostCompressed(int length) {
        return Math.toIntExact(Zstd.compressBound(length));
    }

    /** Compresses a part of an array. The frame says how long the content is. */
    public byte[] compress(byte[] content, int offset, int length) {
        byte[] into = new byte[mostCompressed(length)];
        return Arrays.copyOf(into, compress(content, offset, length, into));
    }

    /**
     * Compresses a part of an array into another one, from its beginning.
     *
     * @param into has room for {@link #mostCompressed}
     * @return how many bytes the frame has
     */
    public int compress(byte[] content, int offset, int length, byte[] into) {
        ZstdCompressCtx context = Objects.requireNonNullElseGet(COMPRESSORS.poll(), ZstdCompressCtx::new);
        try {
            return context.setLevel(level).compressByteArray(into, 0, into.length, content, offset, length);
        } finally {
            COMPRESSORS.add(context);
        }
    }

    /** Decompresses what is known to be of a length. */
    public static byte[] decompress(byte[] compressed, int length) throws DamagedException {
        byte[] content = new byte[length];
        decompress(compressed, compressed.length, content, length);
        return content;
    }

    /**
     * Decompresses the beginning of an array into that of another one.
     *
     * @param size how many bytes the frame has
     * @param length how many bytes its content is known to have
     */
    public static void decompress(byte[] compressed, int size, byte[] into, int length) throws DamagedException {
        ZstdDecompressCtx context = Objects.requireNonNullElseGet(DECOMPRESSORS.poll(), ZstdDecompressCtx::new);
        try {
            if (context.decompressByteArray(into, 0, length, compressed, 0, size) != length) {
                throw new DamagedException("does not decompress to the " + length + " bytes it should");
            }
        } catch (ZstdException e) {
            throw new DamagedException("does not decompress: " + e.getMessage(), e);
        } finally {
            DECOMPRESSORS.add(context);
        }
    }

    /** Decompresses a part of an array to at most as many bytes. */
    public static byte[] decompressAtMost(byte[] compressed, int offset, int most) throws DamagedException {
        ByteArrayInputStream in = new ByteArrayInputStream(compressed, offset, compressed.length - offset);
        try (ZstdInputStream frames = new ZstdInputStream(in)) {
            byte[] content = frames.readNBytes(most);
            if (frames.read() >= 0) {
                throw new DamagedException("decompresses to more than " + most + " bytes");
            }
            return content;
        } catch (DamagedException e) {
            throw e;
        } catch (IOException e) {
            throw new DamagedException("does not decompress: " + e.getMessage(), e);
        }
    }
}
