package dev.prodstack.backup.chunk;

/**
 * Cuts where the Rabin fingerprint of the last 64 bytes has 20 zero bits, so that what is inserted moves no boundary
 * but those beside it; restic design document, "Backups and Deduplication". Chunks have 512 KiB to 8 MiB, about 1 MiB
 * on top of the least.
 *
 * <p>A chunk's first fingerprint is of its bytes up to the least length; those before its window are skipped.
 */
public final class RabinChunker implements Chunker {
    static final int MINIMUM = 512 * 1024;
    static final int MAXIMUM = 8 * 1024 * 1024;

    private static final int WINDOW = 64;
    private static final long MASK = (1 << 20) - 1;
    private static final int SHIFT = Polynomial.DEGREE - 8;

    /** What a byte that leaves the window has added to the fingerprint. */
    private final long[] out = new long[256];
    /** What the byte that is shifted past the degree is replaced by. */
    private final long[] mod = new long[256];

    /** With a repository's polynomial. */
    public RabinChunker(Polynomial polynomial) {
        for (int b = 0; b < 256; b++) {
            long hash = polynomial.remainder(b);
            for (int i = 0; i < WINDOW - 1; i++) {
                hash = polynomial.remainder(hash << 8);
            }
            out[b] = hash;
            long shifted = (long) b << Polynomial.DEGREE;
            mod[b] = polynomial.remainder(shifted) | shifted;
        }
    }

    @Override
    public int maximum() {
        return MAXIMUM;
    }

    @Override
    public int next(byte[] content, int from, int to) {
        int end = Math.min(to, from + MAXIMUM);
        int at = from + MINIMUM;
        if (at >= end) {
            return end - from;
        }
        long[] mods = mod;
        long[] outs = out;
        long hash = 0;
        for (int i = at - WINDOW; i < at; i++) {
            hash = ((hash << 8) | (content[i] & 0xff)) ^ mods[(int) (hash >>> SHIFT) & 0xff];
        }
        while ((hash & MASK) != 0 && at < end) {
            hash ^= outs[content[at - WINDOW] & 0xff];
            hash = ((hash << 8) | (content[at] & 0xff)) ^ mods[(int) (hash >>> SHIFT) & 0xff];
            at++;
        }
        return at - from;
    }
}
