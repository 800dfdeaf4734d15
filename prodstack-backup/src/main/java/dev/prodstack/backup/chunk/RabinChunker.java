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
    private static final int LANES = 4;
    /** Short, as what is searched beyond a boundary is searched again for the next chunk. */
    private static final int LANE = 8 * 1024;

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
        while (end - at >= LANES * LANE) {
            int found = search(content, at);
            if (found >= 0) {
                return found - from;
            }
            at += LANES * LANE;
        }
        long hash = fingerprint(content, at);
        while ((hash & MASK) != 0 && at < end) {
            hash = slide(hash, content, at);
            at++;
        }
        return at - from;
    }

    /** Of the window that ends before a place. */
    private long fingerprint(byte[] content, int end) {
        long hash = 0;
        for (int i = end - WINDOW; i < end; i++) {
            hash = ((hash << 8) | (content[i] & 0xff)) ^ mod[(int) (hash >>> SHIFT) & 0xff];
        }
        return hash;
    }

    /** The fingerprint of a window, moved on by the byte at a place. */
    private long slide(long hash, byte[] content, int at) {
        long left = hash ^ out[content[at - WINDOW] & 0xff];
        return ((left << 8) | (content[at] & 0xff)) ^ mod[(int) (left >>> SHIFT) & 0xff];
    }

    /**
     * The first boundary among the next bytes, or -1. A step waits for the one before it, so four stretches are gone
     * through side by side: what a fingerprint is depends on its window alone.
     */
    private int search(byte[] content, int start) {
        long a = fingerprint(content, start);
        long b = fingerprint(content, start + LANE);
        long c = fingerprint(content, start + 2 * LANE);
        long d = fingerprint(content, start + 3 * LANE);
        int foundB = -1;
        int foundC = -1;
        int foundD = -1;
        for (int at = start; at < start + LANE; at++) {
            if ((a & MASK) == 0) {
                return at;
            }
            if ((b & MASK) == 0 && foundB < 0) {
                foundB = at + LANE;
            }
            if ((c & MASK) == 0 && foundC < 0) {
                foundC = at + 2 * LANE;
            }
            if ((d & MASK) == 0 && foundD < 0) {
                foundD = at + 3 * LANE;
            }
            a = slide(a, content, at);
            b = slide(b, content, at + LANE);
            c = slide(c, content, at + 2 * LANE);
            d = slide(d, content, at + 3 * LANE);
        }
        if (foundB >= 0) {
            return foundB;
        }
        return foundC >= 0 ? foundC : foundD;
    }
}
