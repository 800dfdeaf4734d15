package dev.prodstack.backup.pack;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStream;
import dev.prodstack.backup.blob.DamagedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

/** How hard content is compressed, with zstd (RFC 8878). Whatever it was written with, anything is read. */
public enum Compression {
    /** Pieces of files are not; everything else is, as restic has it. */
    OFF(1),
    /** Fast. */
    AUTO(3),
    /** Small. */
    MAX(11);

    private final int level;

    Compression(int level) {
        this.level = level;
    }

    /** Compresses a part of an array. The frame says how long the content is. */
    public byte[] compress(byte[] content, int offset, int length) {
        byte[] into = new byte[Math.toIntExact(Zstd.compressBound(length))];
        long size = Zstd.compressByteArray(into, 0, into.length, content, offset, length, level);
        if (Zstd.isError(size)) {
            throw new IllegalStateException("zstd: " + Zstd.getErrorName(size));
        }
        return Arrays.copyOf(into, (int) size);
    }

    /** Decompresses what is known to be of a length. */
    public static byte[] decompress(byte[] compressed, int length) throws DamagedException {
        try {
            byte[] content = new byte[length];
            long size = Zstd.decompressByteArray(content, 0, length, compressed, 0, compressed.length);
            if (Zstd.isError(size) || size != length) {
                throw new DamagedException("does not decompress to the " + length + " bytes it should");
            }
            return content;
        } catch (ZstdException e) {
            throw new DamagedException("does not decompress: " + e.getMessage(), e);
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
