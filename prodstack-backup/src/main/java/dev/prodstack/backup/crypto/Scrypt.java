package dev.prodstack.backup.crypto;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * How much work it is to turn a password into a key; RFC 7914.
 *
 * @param n the cost, a power of two
 * @param r the block size; memory is 128 * n * r bytes
 * @param p how often it is done
 */
public record Scrypt(int n, int r, int p) {
    /** About what restic chooses on a server: 32 MiB of memory and a third of a second. */
    public static final Scrypt STANDARD = new Scrypt(32768, 8, 4);

    private static final long MOST_MEMORY = 1L << 28;
    private static final int MOST_WORK = 1 << 26;

    /** Checks the bounds, as they are read from files that anybody may have written. */
    public Scrypt {
        boolean power = n > 1 && Integer.bitCount(n) == 1;
        if (!power || r < 1 || p < 1 || 128L * n * r > MOST_MEMORY || (long) n * r * p > MOST_WORK) {
            throw new IllegalArgumentException("scrypt cannot be computed with N " + n + ", r " + r + ", p " + p);
        }
    }

    /** The key that a password gives. */
    public MasterKey derive(char[] password, byte[] salt) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        try {
            return MasterKey.of(SCrypt.generate(bytes, salt, n, r, p, 64));
        } finally {
            Arrays.fill(bytes, (byte) 0);
            encoded.clear().put(new byte[encoded.capacity()]);
        }
    }
}
