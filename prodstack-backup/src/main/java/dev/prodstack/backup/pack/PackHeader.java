package dev.prodstack.backup.pack;

import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.blob.DamagedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The list at the end of a pack, as it is before it is sealed; restic design document, "Pack Format". */
public final class PackHeader {
    private static final int DATA = 0;
    private static final int TREE = 1;
    private static final int COMPRESSED = 2;
    private static final int PLAIN_ENTRY = 1 + 4 + ContentId.BYTES;
    private static final int COMPRESSED_ENTRY = PLAIN_ENTRY + 4;

    private PackHeader() {}

    /** The entries of blobs, which follow each other in the pack without gaps. */
    public static byte[] encode(List<PackedBlob> blobs) {
        ByteBuffer header = ByteBuffer.allocate(blobs.size() * COMPRESSED_ENTRY).order(ByteOrder.LITTLE_ENDIAN);
        for (PackedBlob blob : blobs) {
            int type = (blob.kind() == BlobKind.TREE ? TREE : DATA) | (blob.compressed() ? COMPRESSED : 0);
            header.put((byte) type).putInt(blob.length());
            if (blob.compressed()) {
                header.putInt(blob.uncompressed());
            }
            header.put(blob.id().bytes());
        }
        byte[] bytes = new byte[header.position()];
        header.flip().get(bytes);
        return bytes;
    }

    static int length(List<PackedBlob> blobs) {
        return blobs.stream()
                .mapToInt(blob -> blob.compressed() ? COMPRESSED_ENTRY : PLAIN_ENTRY)
                .sum();
    }

    /** The blobs that an opened header lists. */
    public static List<PackedBlob> decode(byte[] header) throws DamagedException {
        ByteBuffer in = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        List<PackedBlob> blobs = new ArrayList<>();
        int offset = 0;
        byte[] id = new byte[ContentId.BYTES];
        while (in.hasRemaining()) {
            int type = in.get();
            boolean compressed = (type & COMPRESSED) != 0;
            int size = compressed ? COMPRESSED_ENTRY : PLAIN_ENTRY;
            if (type < 0 || type > 3 || in.remaining() < size - 1) {
                throw new DamagedException("has a header that ends early or has an entry of unknown type " + type);
            }
            int length = in.getInt();
            int uncompressed = compressed ? in.getInt() : 0;
            in.get(id);
            BlobKind kind = (type & TREE) != 0 ? BlobKind.TREE : BlobKind.DATA;
            try {
                PackedBlob blob = new PackedBlob(ContentId.read(id, 0), kind, offset, length, uncompressed);
                blobs.add(blob);
                offset = blob.end();
            } catch (IllegalArgumentException e) {
                throw new DamagedException("has a header with " + e.getMessage(), e);
            }
        }
        return blobs;
    }
}
