package dev.prodstack.backup.tree;

/** Numbers of devices as Linux has them in {@code st_rdev}; makedev(3). */
public final class DeviceNumber {
    private DeviceNumber() {}

    /** Which driver. */
    public static long major(long device) {
        return ((device >>> 8 & 0xfff) | (device >>> 32 & ~0xfffL)) & 0xffffffffL;
    }

    /** Which of its devices. */
    public static long minor(long device) {
        return ((device & 0xff) | (device >>> 12 & ~0xffL)) & 0xffffffffL;
    }

    /** Both in one. */
    public static long of(long major, long minor) {
        return (major & 0xfff) << 8 | (major & ~0xfffL) << 32 | (minor & 0xff) | (minor & ~0xffL) << 12;
    }
}
