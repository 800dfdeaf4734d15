package dev.prodstack.backup.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Holds the files of one repository. Implementations are safe for many threads.
 *
 * <p>Every method throws an {@link IOException} whose message names the place and what to do next, once it is of no use
 * to try again; implementations repeat what a moment later may succeed.
 */
public interface Storage extends AutoCloseable {
    /** Where this is, as a person would write it; without credentials. */
    String location();

    /**
     * Stores a file: whole or not at all, and durably once this returns.
     *
     * @param content from position to limit, which it may read more than once; not kept
     * @throws IOException if it is not stored, also because a file of that name is there
     */
    void save(StorageFile file, ByteBuffer content) throws IOException;

    /**
     * Reads a whole file.
     *
     * @throws java.nio.file.NoSuchFileException if there is none of that name
     */
    byte[] load(StorageFile file) throws IOException;

    /**
     * Reads a part of a file.
     *
     * @param offset in bytes
     * @param length in bytes; the part is exactly as long
     * @throws java.nio.file.NoSuchFileException if there is none of that name
     * @throws java.io.EOFException if the file ends before
     */
    byte[] load(StorageFile file, long offset, int length) throws IOException;

    /** The size of a file in bytes; empty if there is none of that name. */
    Optional<Long> size(StorageFile file) throws IOException;

    /** The files of a kind that there are, in no order. What does not look like one is left out. */
    Stream<Stored> list(FileKind kind) throws IOException;

    /** Removes a file. That it is not there is no error. */
    void delete(StorageFile file) throws IOException;

    /** Prepares a place that has no repository yet, such as by making folders. That there is one is no error. */
    void create() throws IOException;

    /** Ends connections. */
    @Override
    void close() throws IOException;

    /**
     * A file that is there.
     *
     * @param file which one
     * @param size in bytes
     */
    record Stored(StorageFile file, long size) {}
}
