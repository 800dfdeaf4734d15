package dev.prodstack.backup.repository;

/** Room that one thread works in, blob after blob, so that what lives no longer than a step is not allocated anew. */
final class Scratch {
    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    /** In bytes; what a damaged length asks for beyond it is not kept. */
    private static final int MOST_KEPT = 16 * 1024 * 1024;

    private byte[] frame = {};
    private byte[] plain = {};

    private Scratch() {}

    static Scratch ofThread() {
        return OF_THREAD.get();
    }

    /** Room for a compressed blob; good until this is asked for again. */
    byte[] frame(int size) {
        if (size > MOST_KEPT) {
            return new byte[size];
        }
        frame = grown(frame, size);
        return frame;
    }

    /** Room for a blob's content; good until this is asked for again. */
    byte[] plain(int size) {
        if (size > MOST_KEPT) {
            return new byte[size];
        }
        plain = grown(plain, size);
        return plain;
    }

    private static byte[] grown(byte[] room, int size) {
        return room.length >= size ? room : new byte[Math.min(MOST_KEPT, size + size / 4)];
    }
}
