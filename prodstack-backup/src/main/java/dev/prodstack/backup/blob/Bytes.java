package dev.prodstack.backup.blob;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in arrays of bytes. */
final class Bytes {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    static long bigEndian(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset);
    }

    static void putBigEndian(byte[] bytes, int offset, long value) {
        LONG.set(bytes, offset, value);
    }
}
