package dev.prodstack.backup.redis;

/** The checksum at the end of RDB files: CRC-64 of Jones, reflected, from zero. Redis, {@code crc64.c}. */
final class Crc64 {
    private static final long POLYNOMIAL = 0x95AC9329AC4BC9B5L;
    private static final long[] TABLE = table();

    private long value;

    private static long[] table() {
        long[] table = new long[256];
        for (int i = 0; i < table.length; i++) {
            long crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 1 ? crc >>> 1 ^ POLYNOMIAL : crc >>> 1;
            }
            table[i] = crc;
        }
        return table;
    }

    void update(byte[] content, int offset, int length) {
        long crc = value;
        for (int i = offset; i < offset + length; i++) {
            crc = TABLE[(int) (crc ^ content[i]) & 0xFF] ^ crc >>> 8;
        }
        value = crc;
    }

    long value() {
        return value;
    }
}
