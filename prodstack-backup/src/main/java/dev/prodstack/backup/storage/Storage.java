package dev.prodstack.backup.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
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
     * @throws java.nio.file.FileAlreadyExistsException if a file of that name is there; of what is named by its content
     *     an implementation may put the same content there once more
     * @throws IOException if it is not stored
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

    /**
     * The files of a kind that there are, in no order. What does not look like one is left out. To be closed; reading
     * it throws {@link java.io.UncheckedIOException}.
     */
    Stream<Stored> list(FileKind kind) throws IOException;

    /**
     * Removes a file: from now on it is neither listed nor loaded. That it is not there is no error. Where versions of
     * files are kept, and locked, what is locked stays as an older version and takes room until its lock has ended.
     */
    void delete(StorageFile file) throws IOException;

    /**
     * Until when a lock keeps the content of a file from being removed; empty if none does or the file is not there.
     */
    default Optional<Instant> lockedUntil(StorageFile file) throws IOException {
        return Optional.empty();
    }

    /**
     * The same files, for loading and saving packs that hold trees, and not for other packs. They are small, few and
     * read often, so an implementation that keeps copies nearby does so for those that pass here.
     */
    default Storage forTrees() {
        return this;
    }

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
