package dev.prodstack.backup.tree;

/**
 * Modes as Go's {@code io/fs.FileMode} has them, which differ from those of {@code stat} above the nine lowest bits.
 */
public final class GoFileMode {
    private static final int SETUID = 1 << 23;
    private static final int SETGID = 1 << 22;
    private static final int STICKY = 1 << 20;

    private GoFileMode() {}

    /** From a kind and the twelve lowest bits of {@code st_mode}. */
    public static int of(NodeKind kind, int unixMode) {
        return kind.bits()
                | (unixMode & 0777)
                | ((unixMode & 04000) != 0 ? SETUID : 0)
                | ((unixMode & 02000) != 0 ? SETGID : 0)
                | ((unixMode & 01000) != 0 ? STICKY : 0);
    }

    /** The twelve lowest bits of {@code st_mode}. */
    public static int unix(int mode) {
        return (mode & 0777)
                | ((mode & SETUID) != 0 ? 04000 : 0)
                | ((mode & SETGID) != 0 ? 02000 : 0)
                | ((mode & STICKY) != 0 ? 01000 : 0);
    }
}
