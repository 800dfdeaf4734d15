package dev.prodstack.backup.tree;

/** Which bytes are UTF-8; Unicode Standard, table 3-7. */
final class Utf8 {
    private Utf8() {}

    static boolean valid(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            int width = width(bytes, at);
            if (width == 0) {
                return false;
            }
            at += width;
        }
        return true;
    }

    /** How many bytes the character has that starts there; 0 if none does. */
    static int width(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        if (first < 0x80) {
            return 1;
        }
        int width = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (width == 0 || at + width > bytes.length) {
            return 0;
        }
        int second = bytes[at + 1] & 0xff;
        int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = 2; i < width; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return width;
    }
}
