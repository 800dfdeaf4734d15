package dev.prodstack.backup.chunk;

/**
 * Cuts every so many bytes: for files whose pages are rewritten in place, such as a database's. Content-defined chunks
 * of a megabyte would each change with one page of 8 KiB.
 *
 * @param size in bytes; a multiple of the page
 */
public record FixedChunker(int size) implements Chunker {
    /** Fit for PostgreSQL: eight of its pages. */
    public static final FixedChunker PAGES = new FixedChunker(64 * 1024);

    /** Checks the size. */
    public FixedChunker {
        if (size < 512 || size > RabinChunker.MAXIMUM) {
            throw new IllegalArgumentException("a chunk has 512 bytes to 8 MiB, not " + size);
        }
    }

    @Override
    public int maximum() {
        return size;
    }

    @Override
    public int next(byte[] content, int from, int to) {
        return Math.min(size, to - from);
    }
}
