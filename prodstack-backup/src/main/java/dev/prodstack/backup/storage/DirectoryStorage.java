package dev.prodstack.backup.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A repository in a directory. A file is written under another name, forced to disk, and then moved to its own, so that
 * it is there whole or not at all; its folder is forced too.
 */
public final class DirectoryStorage implements Storage {
    private static final Set<PosixFilePermission> READ_ONLY = Set.of(PosixFilePermission.OWNER_READ);

    private static final Pattern NO_ROOM = Pattern.compile("No space left|quota exceeded");

    /** In bytes. */
    private static final long RESERVE = 4L * 1024 * 1024;

    private final Path root;

    private DirectoryStorage(Path root) {
        this.root = root;
    }

    /** At a directory, which need not be there before {@link #create()}. */
    public static DirectoryStorage at(Path root) {
        return new DirectoryStorage(root.toAbsolutePath().normalize());
    }

    @Override
    public String location() {
        return root.toString();
    }

    @Override
    public void save(StorageFile file, ByteBuffer content) throws IOException {
        Path target = path(file);
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        makeFolder(parent(target));
        requireRoom(file, content.remaining());
        // A leading dot keeps what a crash leaves behind out of every listing.
        Path beside = target.resolveSibling("." + file.name() + "-" + UUID.randomUUID());
        try {
            try (FileChannel channel =
                    FileChannel.open(beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                ByteBuffer rest = content.duplicate();
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.setPosixFilePermissions(beside, READ_ONLY);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw full(e);
        } finally {
            Files.deleteIfExists(beside);
        }
        force(parent(target));
    }

    /** A folder that is new must itself outlast a loss of power, or what is in it does not. */
    private static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            makeFolder(parent(folder));
            Files.createDirectories(folder);
            force(parent(folder));
        }
    }

    /** Only the file system's root has none, which is there always. */
    private static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent());
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Packs leave room for the index and the snapshot that make them useful. */
    private void requireRoom(StorageFile file, long size) throws IOException {
        long reserve = file.kind() == FileKind.PACK ? RESERVE : 0;
        long room = root.toFile().getUsableSpace();
        // Where the system does not tell, it says 0.
        if (room > 0 && room < size + reserve) {
            throw new StorageException(StorageException.Reason.FULL, noRoom(room + " bytes"), null);
        }
    }

    private IOException full(IOException cause) {
        boolean full = NO_ROOM.matcher(String.valueOf(cause.getMessage())).find();
        return full ? new StorageException(StorageException.Reason.FULL, noRoom("none"), cause) : cause;
    }

    private String noRoom(String left) {
        return "No room is left for the repository at " + root + " (" + left + ")."
                + " Make room there, such as by forget and prune (which with unlimited unused needs next to none itself),"
                + " or enlarge it; nothing that was stored is harmed.";
    }

    @Override
    public byte[] load(StorageFile file) throws IOException {
        return Files.readAllBytes(path(file));
    }

    @Override
    public byte[] load(StorageFile file, long offset, int length) throws IOException {
        ByteBuffer part = ByteBuffer.allocate(length);
        try (FileChannel channel = FileChannel.open(path(file), StandardOpenOption.READ)) {
            while (part.hasRemaining()) {
                if (channel.read(part, offset + part.position()) < 0) {
                    throw new EOFException(path(file) + " ends at " + (offset + part.position())
                            + " bytes, where something until " + (offset + length) + " is expected");
                }
            }
        }
        return part.array();
    }

    @Override
    public Optional<Long> size(StorageFile file) throws IOException {
        try {
            return Optional.of(Files.size(path(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    @SuppressWarnings("StreamResourceLeak") // the caller closes it
    public Stream<Stored> list(FileKind kind) throws IOException {
        Path folder = root.resolve(kind.folder());
        int depth = kind == FileKind.CONFIG ? 0 : kind == FileKind.PACK ? 2 : 1;
        if (!Files.exists(folder)) {
            return Stream.empty();
        }
        return Files.find(folder, depth, (path, attributes) -> attributes.isRegularFile() && named(path))
                .flatMap(path -> stored(kind, path).stream());
    }

    private static boolean named(Path path) {
        return !path.getFileName().toString().startsWith(".");
    }

    private static Optional<Stored> stored(FileKind kind, Path path) {
        try {
            StorageFile file = new StorageFile(kind, path.getFileName().toString());
            return Optional.of(new Stored(file, Files.size(path)));
        } catch (IOException e) {
            // Removed since it was listed.
            return Optional.empty();
        }
    }

    @Override
    public void delete(StorageFile file) throws IOException {
        Files.deleteIfExists(path(file));
    }

    @Override
    public void create() throws IOException {
        for (FileKind kind : FileKind.values()) {
            if (kind != FileKind.CONFIG) {
                makeFolder(root.resolve(kind.folder()));
            }
        }
        for (int i = 0; i < 256; i++) {
            makeFolder(root.resolve(FileKind.PACK.folder()).resolve(String.format("%02x", i)));
        }
    }

    @Override
    public void close() {}

    private Path path(StorageFile file) {
        return root.resolve(file.path());
    }
}
