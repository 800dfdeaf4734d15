package dev.prodstack.backup.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.backup.Backup;
import dev.prodstack.backup.Forget;
import dev.prodstack.backup.browse.SnapshotFiles;
import dev.prodstack.backup.crypto.Scrypt;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.source.DirectorySource;
import dev.prodstack.backup.storage.DirectoryStorage;
import dev.prodstack.backup.storage.FileKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a repository with copies nearby asks of the one far away. */
class CacheTest {
    private static final char[] PASSWORD = "open sesame".toCharArray();

    @TempDir
    Path directory;

    private final List<FileKind> loads = Collections.synchronizedList(new ArrayList<>());

    private Path source;

    @BeforeEach
    void backUp() throws Exception {
        source = Files.createDirectories(directory.resolve("source/below"));
        for (int i = 0; i < 20; i++) {
            Files.writeString(source.resolve("file" + i), "content " + i);
        }
        Repository.init(DirectoryStorage.at(place()), PASSWORD, new Scrypt(1024, 8, 1))
                .close();
        try (Repository plain = Repository.open(DirectoryStorage.at(place()), PASSWORD)) {
            Backup.of(DirectorySource.at(source)).to(plain);
        }
    }

    private Path place() {
        return directory.resolve("repository");
    }

    private Path cache() {
        return directory.resolve("cache");
    }

    private Repository open() throws IOException {
        Repository opened = Repository.open(new CountingStorage(DirectoryStorage.at(place()), loads), PASSWORD)
                .cached(Cache.at(cache()));
        loads.clear();
        return opened;
    }

    /** The paths of the newest snapshot, read through the cache. */
    private List<String> listed() throws Exception {
        try (Repository opened = open()) {
            List<StoredSnapshot> snapshots = opened.snapshots();
            opened.loadIndex();
            List<String> paths = new ArrayList<>();
            SnapshotFiles.of(opened, snapshots.get(snapshots.size() - 1)).walk(entry -> {
                paths.add(entry.path());
                return true;
            });
            return paths;
        }
    }

    private List<Path> copies() throws IOException {
        try (Stream<Path> below = Files.walk(cache())) {
            return below.filter(path -> Files.isRegularFile(path)
                            && !path.getFileName().toString().equals("CACHEDIR.TAG"))
                    .toList();
        }
    }

    @Test
    void whatWasReadOnceIsNotFetchedAgain() throws Exception {
        List<String> first = listed();
        assertThat(loads).contains(FileKind.INDEX, FileKind.SNAPSHOT, FileKind.PACK);
        assertThat(listed()).isEqualTo(first).hasSizeGreaterThan(20);
        assertThat(loads).isEmpty();
        assertThat(cache().resolve("CACHEDIR.TAG")).content().startsWith("Signature: 8a477f597d28d172789f06886806bc55");
    }

    @Test
    void whatIsWrittenIsThereForTheNext() throws Exception {
        try (Repository opened = open()) {
            Files.writeString(source.resolve("more"), "more");
            Backup.of(DirectorySource.at(source)).to(opened);
        }
        listed();
        assertThat(loads).doesNotContain(FileKind.SNAPSHOT, FileKind.INDEX, FileKind.PACK);
    }

    @Test
    void aDamagedCopyIsFetchedAgain() throws Exception {
        List<String> first = listed();
        for (Path copy : copies()) {
            byte[] content = Files.readAllBytes(copy);
            content[content.length / 2] ^= 1;
            Files.write(copy, content);
        }
        assertThat(listed()).isEqualTo(first);
        assertThat(loads).contains(FileKind.INDEX, FileKind.SNAPSHOT, FileKind.PACK);
        assertThat(listed()).isEqualTo(first);
        assertThat(loads).isEmpty();
    }

    @Test
    void whatSomebodyElseRemovesIsGone() throws Exception {
        listed();
        int before = copies().size();
        try (Repository elsewhere = Repository.open(DirectoryStorage.at(place()), PASSWORD)) {
            Forget.remove(elsewhere, Set.of(elsewhere.snapshots().get(0).id()));
        }
        try (Repository opened = open()) {
            assertThat(opened.snapshots()).isEmpty();
        }
        assertThat(copies()).hasSize(before - 1);
    }

    @Test
    void withoutAPlaceForCopiesItGoesOn() throws Exception {
        Files.writeString(cache(), "no directory");
        assertThat(listed()).hasSizeGreaterThan(20);
        assertThat(cache()).hasContent("no directory");
    }

    @Test
    void copiesThatNobodyUsesGo() throws Exception {
        Path unused = Files.createDirectories(cache().resolve("ab".repeat(32)).resolve("index"));
        Files.writeString(unused.resolve("x"), "x");
        Files.setLastModifiedTime(
                unused.getParent(),
                FileTime.from(Instant.now().minus(Cache.KEPT_UNUSED).minusSeconds(60)));
        Path theirs = Files.createDirectories(cache().resolve("not-ours"));
        Files.setLastModifiedTime(theirs, FileTime.from(Instant.EPOCH));
        listed();
        assertThat(unused.getParent()).doesNotExist();
        assertThat(theirs).exists();
    }
}
