package dev.prodstack.backup.tree;

import java.util.Arrays;
import java.util.Optional;

/** What a node is. */
public enum NodeKind {
    /** A regular file. */
    FILE("file", 0),
    /** A directory. */
    DIRECTORY("dir", 1 << 31),
    /** A symbolic link. */
    SYMLINK("symlink", 1 << 27),
    /** A block device. */
    DEVICE("dev", 1 << 26),
    /** A character device. */
    CHARACTER_DEVICE("chardev", 1 << 26 | 1 << 21),
    /** A named pipe. */
    FIFO("fifo", 1 << 25),
    /** A socket. */
    SOCKET("socket", 1 << 24);

    private final String word;
    private final int bits;

    NodeKind(String word, int bits) {
        this.word = word;
        this.bits = bits;
    }

    /** The format's word for it. */
    public String word() {
        return word;
    }

    int bits() {
        return bits;
    }

    /** From what {@code st_mode} says; what is unknown is taken for a file. */
    public static NodeKind ofUnixMode(int mode) {
        return switch (mode & 0170000) {
            case 0040000 -> DIRECTORY;
            case 0120000 -> SYMLINK;
            case 0060000 -> DEVICE;
            case 0020000 -> CHARACTER_DEVICE;
            case 0010000 -> FIFO;
            case 0140000 -> SOCKET;
            default -> FILE;
        };
    }

    static Optional<NodeKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findAny();
    }
}
