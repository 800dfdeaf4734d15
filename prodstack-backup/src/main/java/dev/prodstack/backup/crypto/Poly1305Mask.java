package dev.prodstack.backup.crypto;

/** The bits of {@code r} that Poly1305 demands to be clear; Bernstein 2005, section 2. */
final class Poly1305Mask {
    private Poly1305Mask() {}

    static void apply(byte[] r) {
        for (int i = 3; i < 16; i += 4) {
            r[i] &= 0x0f;
        }
        for (int i = 4; i < 16; i += 4) {
            r[i] &= (byte) 0xfc;
        }
    }
}
