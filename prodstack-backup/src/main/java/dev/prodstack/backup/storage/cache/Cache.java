package dev.prodstack.backup.storage.cache;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory with the copies of any number of repositories. Whatever goes wrong with it, a full disk or missing
 * rights, costs time only: the repository is asked instead.
 */
public final class Cache {
    /** How long the copies of a repository that nobody opens are kept. */
    public static final Duration KEPT_UNUSED = Duration.ofDays(30);

    private static final String TAG = "CACHEDIR.TAG";
    /** Cache Directory Tagging Specification, 0.6: tells programs that back up directories to leave this one out. */
    private static final String TAG_CONTENT = """
            Signature: 8a477f597d28d172789f06886806bc55
            # Copies of files of backup repositories; may be deleted at any time.
            """;

    private final Path directory;

    private Cache(Path directory) {
        this.directory = directory;
    }

    /** In a directory, which is made when something is first kept in it. */
    public static Cache at(Path directory) {
        return new Cache(directory.toAbsolutePath().normalize());
    }

    /**
     * The same files, of which copies are kept here.
     *
     * @param repository the repository's id, which tells its copies from those of others
     */
    public Storage over(Storage storage, ContentId repository) {
        Path place = directory.resolve(repository.toString());
        try {
            prepare(place);
            removeUnused(place);
        } catch (IOException | UncheckedIOException e) {
            // Without a cache, then.
            return storage;
        }
        return new CachedStorage(storage, new Copies(place));
    }

    private void prepare(Path place) throws IOException {
        Files.createDirectories(
                place, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (FileKind kind : List.of(FileKind.INDEX, FileKind.SNAPSHOT, FileKind.PACK)) {
            Files.createDirectories(place.resolve(kind.folder()));
        }
        Files.setLastModifiedTime(place, FileTime.from(Instant.now()));
        try {
            Files.writeString(directory.resolve(TAG), TAG_CONTENT, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            // From an earlier time.
        }
    }

    private void removeUnused(Path used) throws IOException {
        Instant limit = Instant.now().minus(KEPT_UNUSED);
        try (Stream<Path> places = Files.list(directory)) {
            for (Path place : places.toList()) {
                boolean copies = ContentId.isId(place.getFileName().toString()) && Files.isDirectory(place);
                if (copies
                        && !place.equals(used)
                        && Files.getLastModifiedTime(place).toInstant().isBefore(limit)) {
                    remove(place);
                }
            }
        }
    }

    private static void remove(Path place) throws IOException {
        try (Stream<Path> below = Files.walk(place)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
