package dev.prodstack.backup.chunk;

/** Says where chunks end. Safe for many threads. */
public interface Chunker {
    /** The most bytes a chunk has. */
    int maximum();

    /**
     * How long the chunk is that starts at {@code from}.
     *
     * @param content holds the content from {@code from} to {@code to}
     * @param to at least {@link #maximum()} after {@code from}, or where the content ends
     * @return from 1 to {@code to - from}
     */
    int next(byte[] content, int from, int to);
}
