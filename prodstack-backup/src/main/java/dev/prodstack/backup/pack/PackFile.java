package dev.prodstack.backup.pack;

import dev.prodstack.backup.blob.DamagedException;
import dev.prodstack.backup.crypto.ForgedException;
import dev.prodstack.backup.crypto.MasterKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** What stands at the end of a pack. */
public final class PackFile {
    /** The length of the sealed header, which is a pack's end. */
    public static final int LENGTH_FIELD = 4;

    private static final int MOST_HEADER = 16 * 1024 * 1024;

    private PackFile() {}

    /** The header and its length, to be put behind the blobs. */
    public static byte[] end(MasterKey key, List<PackedBlob> blobs) {
        byte[] sealed = key.seal(PackHeader.encode(blobs));
        return ByteBuffer.allocate(sealed.length + LENGTH_FIELD)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(sealed)
                .putInt(sealed.length)
                .array();
    }

    /** How many bytes {@link #end} has. */
    public static int endLength(List<PackedBlob> blobs) {
        return PackHeader.length(blobs) + MasterKey.OVERHEAD + LENGTH_FIELD;
    }

    /**
     * How long the sealed header is.
     *
     * @param tail the last bytes of the pack, four or more
     * @param size of the whole pack
     */
    public static int headerLength(byte[] tail, long size) throws DamagedException {
        int length = ByteBuffer.wrap(tail, tail.length - LENGTH_FIELD, LENGTH_FIELD)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        if (length < MasterKey.OVERHEAD || length > MOST_HEADER || length > size - LENGTH_FIELD) {
            throw new DamagedException("says that its header has " + length + " bytes, where the pack has " + size);
        }
        return length;
    }

    /**
     * The blobs of a pack.
     *
     * @param tail the pack's end: at least the sealed header and its length
     * @param size of the whole pack
     */
    public static List<PackedBlob> blobs(MasterKey key, byte[] tail, long size) throws DamagedException {
        int length = headerLength(tail, size);
        int end = tail.length - LENGTH_FIELD;
        try {
            List<PackedBlob> blobs = PackHeader.decode(key.open(Arrays.copyOfRange(tail, end - length, end)));
            long content = blobs.isEmpty() ? 0 : blobs.get(blobs.size() - 1).end();
            if (content != size - length - LENGTH_FIELD) {
                throw new DamagedException(
                        "lists " + content + " bytes of blobs and has " + (size - length - LENGTH_FIELD));
            }
            return blobs;
        } catch (ForgedException e) {
            throw new DamagedException("has a header that " + e.getMessage(), e);
        }
    }
}
