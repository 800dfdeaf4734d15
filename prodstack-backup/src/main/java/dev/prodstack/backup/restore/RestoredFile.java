package dev.prodstack.backup.restore;

import dev.prodstack.backup.blob.ContentId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * A file while its pieces are written, under another name beside its own; it takes its place when all are there. Runs
 * of zeros become holes.
 */
final class RestoredFile {
    private static final int BLOCK = 4096;
    private static final byte[] ZEROS = new byte[BLOCK];

    private static final Set<OpenOption> NEW =
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, StandardOpenOption.SPARSE);
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Item item;
    private final Path beside;
    private final long size;
    private final Semaphore handles;
    private int missing;
    private boolean failed;
    private boolean begun;
    private Optional<FileChannel> open = Optional.empty();

    /**
     * A file that is not begun.
     *
     * @param handles how many more files may stay open
     */
    RestoredFile(Item item, int pieces, long size, Semaphore handles) {
        this.item = item;
        this.missing = pieces;
        this.size = size;
        this.handles = handles;
        String digits = ContentId.of(item.node().name().bytes()).toString().substring(0, 16);
        beside = item.path().resolveSibling(".prodstack~" + digits);
    }

    Item item() {
        return item;
    }

    /** Where it lies until it is whole. */
    Path beside() {
        return beside;
    }

    /**
     * Writes a piece, the first bytes of an array; whether it was the last one, upon which the file is closed and waits
     * to be placed.
     */
    synchronized boolean write(byte[] piece, int length, long offset) throws IOException {
        if (failed) {
            return false;
        }
        FileChannel channel = channel();
        try {
            holed(channel, piece, length, offset);
            missing--;
            if (missing == 0) {
                end(channel);
            }
        } finally {
            if (open.isEmpty() || missing == 0) {
                close(channel);
            }
        }
        return missing == 0;
    }

    /** Makes a file that has no pieces. */
    synchronized void makeEmpty() throws IOException {
        close(channel());
    }

    /** Gives it up; whether it was not given up before. */
    synchronized boolean fail() {
        boolean first = !failed;
        failed = true;
        try {
            if (open.isPresent()) {
                close(open.get());
            }
            if (begun) {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            // What is left is written over by the next restore.
        }
        return first;
    }

    /** Moves it to its place. */
    void place() throws IOException {
        Files.move(beside, item.path(), StandardCopyOption.ATOMIC_MOVE);
    }

    private FileChannel channel() throws IOException {
        if (open.isPresent()) {
            return open.get();
        }
        if (!begun) {
            Files.deleteIfExists(beside);
            begun = true;
            return keep(FileChannel.open(beside, NEW, OWNER_ONLY));
        }
        return keep(FileChannel.open(beside, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    private FileChannel keep(FileChannel channel) {
        if (missing > 1 && handles.tryAcquire()) {
            open = Optional.of(channel);
        }
        return channel;
    }

    private void close(FileChannel channel) throws IOException {
        if (open.isPresent()) {
            open = Optional.empty();
            handles.release();
        }
        channel.close();
    }

    /** Writes but what is not zero, in blocks of the file. */
    private static void holed(FileChannel channel, byte[] piece, int length, long offset) throws IOException {
        int from = 0;
        int at = 0;
        while (at < length) {
            int end = (int) Math.min(length, at + BLOCK - (offset + at) % BLOCK);
            if (end - at == BLOCK && Arrays.equals(piece, at, end, ZEROS, 0, BLOCK)) {
                write(channel, piece, from, at, offset);
                from = end;
            }
            at = end;
        }
        write(channel, piece, from, length, offset);
    }

    private static void write(FileChannel channel, byte[] piece, int from, int to, long offset) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(piece, from, to - from);
        long position = offset + from;
        while (rest.hasRemaining()) {
            position += channel.write(rest, position);
        }
    }

    /** A hole at the end needs something behind it. */
    private void end(FileChannel channel) throws IOException {
        if (channel.size() < size) {
            channel.write(ByteBuffer.wrap(ZEROS, 0, 1), size - 1);
        }
    }
}
