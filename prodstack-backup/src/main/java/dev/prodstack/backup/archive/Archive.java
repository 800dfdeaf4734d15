package dev.prodstack.backup.archive;

import dev.prodstack.backup.browse.Entry;
import dev.prodstack.backup.browse.SnapshotFiles;
import dev.prodstack.backup.tar.TarWriter;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A snapshot as one file: {@code Archive.of(files).as(ArchiveFormat.TAR_ZST).to(out)}. Decrypting with {@code gpg
 * --decrypt} and unpacking with {@code tar} brings its files back without this program.
 */
public final class Archive {
    private static final int BUFFER = 256 * 1024;

    private final SnapshotFiles files;
    private final Optional<Entry> below;
    private final ArchiveFormat format;
    private final Optional<char[]> password;
    private final BiConsumer<String, String> lacking;

    private Archive(
            SnapshotFiles files,
            Optional<Entry> below,
            ArchiveFormat format,
            Optional<char[]> password,
            BiConsumer<String, String> lacking) {
        this.files = files;
        this.below = below;
        this.format = format;
        this.password = password;
        this.lacking = lacking;
    }

    /** All files of a snapshot, as a plain tar stream. */
    public static Archive of(SnapshotFiles files) {
        return new Archive(
                Objects.requireNonNull(files),
                Optional.empty(),
                ArchiveFormat.TAR,
                Optional.empty(),
                (path, reason) -> {});
    }

    /** The same of what is below a directory, with paths from there. */
    public Archive below(Entry directory) {
        return new Archive(files, Optional.of(directory), format, password, lacking);
    }

    /** The same, compressed. */
    public Archive as(ArchiveFormat other) {
        return new Archive(files, below, other, password, lacking);
    }

    /** The same, encrypted with a password, as OpenPGP has it. */
    public Archive encrypted(char[] secret) {
        return new Archive(files, below, format, Optional.of(Arrays.copyOf(secret, secret.length)), lacking);
    }

    /** The same, telling of what the archive cannot carry: the path, and what continues it. */
    public Archive telling(BiConsumer<String, String> listener) {
        return new Archive(files, below, format, password, listener);
    }

    /** Writes it; the stream is flushed, and stays open. */
    public void to(OutputStream out) throws IOException {
        OutputStream whole = new BufferedOutputStream(new Open(out), BUFFER);
        OutputStream sealed = password.isPresent() ? OpenPgp.encrypt(whole, password.get()) : whole;
        try (TarWriter tar = new TarWriter(files, format.compress(sealed), lacking)) {
            if (below.isPresent()) {
                tar.below(below.get());
            } else {
                tar.all();
            }
        }
        out.flush();
    }

    /** What is not ours to close. */
    private static final class Open extends FilterOutputStream {
        Open(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
