package dev.prodstack.backup.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 that names a blob or a file. Kept as numbers, as there may be millions. */
public record ContentId(long a, long b, long c, long d) implements Comparable<ContentId> {
    /** How many bytes one has. */
    public static final int BYTES = 32;

    private static final ThreadLocal<MessageDigest> SHA256 = ThreadLocal.withInitial(ContentId::sha256);

    /** Of the 32 bytes that start at an offset. */
    public static ContentId read(byte[] bytes, int offset) {
        return new ContentId(
                Bytes.bigEndian(bytes, offset),
                Bytes.bigEndian(bytes, offset + 8),
                Bytes.bigEndian(bytes, offset + 16),
                Bytes.bigEndian(bytes, offset + 24));
    }

    /** The id of content. */
    public static ContentId of(byte[] content) {
        return of(content, 0, content.length);
    }

    /** The id of a part of an array. */
    public static ContentId of(byte[] content, int offset, int length) {
        MessageDigest digest = SHA256.get();
        digest.update(content, offset, length);
        return read(digest.digest(), 0);
    }

    /** The id of all that a stream has. */
    public static ContentId of(InputStream content) throws IOException {
        DigestInputStream stream = new DigestInputStream(content, sha256());
        stream.transferTo(OutputStream.nullOutputStream());
        return read(stream.getMessageDigest().digest(), 0);
    }

    /**
     * Reads 64 lower-case hexadecimal digits.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static ContentId parse(String hex) {
        if (!isId(hex)) {
            throw new IllegalArgumentException("expected 64 lower-case hexadecimal digits, found \"" + hex + "\"");
        }
        return read(HexFormat.of().parseHex(hex), 0);
    }

    /** Whether a text is one, as names of files in a listing may be anything. */
    public static boolean isId(String text) {
        return text.length() == 2 * BYTES
                && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    /** Its 32 bytes. */
    public byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        write(bytes, 0);
        return bytes;
    }

    /** Puts its 32 bytes at an offset. */
    public void write(byte[] into, int offset) {
        Bytes.putBigEndian(into, offset, a);
        Bytes.putBigEndian(into, offset + 8, b);
        Bytes.putBigEndian(into, offset + 16, c);
        Bytes.putBigEndian(into, offset + 24, d);
    }

    @Override
    public int compareTo(ContentId other) {
        int order = Long.compareUnsigned(a, other.a);
        order = order != 0 ? order : Long.compareUnsigned(b, other.b);
        order = order != 0 ? order : Long.compareUnsigned(c, other.c);
        return order != 0 ? order : Long.compareUnsigned(d, other.d);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(a);
    }

    /** Its 64 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }

    /** Its first eight digits, which is what people are shown. */
    public String brief() {
        return toString().substring(0, 8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
