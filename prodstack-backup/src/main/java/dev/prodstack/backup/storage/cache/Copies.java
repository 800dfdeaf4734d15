package dev.prodstack.backup.storage.cache;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The copies of one repository's files. None of its methods fails: a copy that cannot be had is none. */
final class Copies {
    private final Path directory;
    /** Packs whose content was compared with their names since this was opened. */
    private final Set<String> compared = ConcurrentHashMap.newKeySet();

    Copies(Path directory) {
        this.directory = directory;
    }

    /** A whole copy, if there is one and it holds what its name says. */
    Optional<byte[]> load(StorageFile file) {
        Path path = path(file);
        try {
            if (!Files.exists(path)) {
                return Optional.empty();
            }
            byte[] content = Files.readAllBytes(path);
            if (isWhole(file, content)) {
                return Optional.of(content);
            }
        } catch (IOException e) {
            // No copy, then.
        }
        delete(file);
        return Optional.empty();
    }

    /** A part of a copy, if there is one, it holds what its name says, and it is long enough. */
    Optional<byte[]> load(StorageFile file, long offset, int length) {
        if (!compared.contains(file.name())) {
            Optional<byte[]> whole = load(file);
            if (whole.isEmpty()) {
                return Optional.empty();
            }
            compared.add(file.name());
        }
        ByteBuffer part = ByteBuffer.allocate(length);
        try (FileChannel channel = FileChannel.open(path(file), StandardOpenOption.READ)) {
            while (part.hasRemaining()) {
                if (channel.read(part, offset + part.position()) < 0) {
                    return Optional.empty();
                }
            }
            return Optional.of(part.array());
        } catch (IOException e) {
            delete(file);
            return Optional.empty();
        }
    }

    /** Keeps a copy, if it is what its name says and there is room. */
    void keep(StorageFile file, ByteBuffer content) {
        Path target = path(file);
        Path beside = target.resolveSibling("." + file.name() + "-" + UUID.randomUUID());
        try {
            try (FileChannel channel =
                    FileChannel.open(beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                ByteBuffer rest = content.duplicate();
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
            }
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            drop(beside);
        }
    }

    void delete(StorageFile file) {
        compared.remove(file.name());
        drop(path(file));
    }

    /** Removes the copies of a kind whose files are gone. */
    void retain(FileKind kind, Set<String> names) {
        try (Stream<Path> copies = Files.list(directory.resolve(kind.folder()))) {
            for (Path copy : copies.toList()) {
                String name = copy.getFileName().toString();
                if (!name.startsWith(".") && !names.contains(name)) {
                    delete(new StorageFile(kind, name));
                }
            }
        } catch (IOException e) {
            // They are in nobody's way.
        }
    }

    static boolean isWhole(StorageFile file, byte[] content) {
        return ContentId.of(content).toString().equals(file.name());
    }

    private static void drop(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // What is damaged is noticed when it is read.
        }
    }

    private Path path(StorageFile file) {
        return directory.resolve(file.kind().folder()).resolve(file.name());
    }
}
