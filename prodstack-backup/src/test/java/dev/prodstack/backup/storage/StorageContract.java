package dev.prodstack.backup.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.backup.storage.Storage.Stored;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every storage does. */
public abstract class StorageContract {
    private Storage storage;

    /** For subclasses. */
    protected StorageContract() {}

    /** An empty storage, of which {@link Storage#create} has not been called. */
    protected abstract Storage open() throws Exception;

    @BeforeEach
    void create() throws Exception {
        storage = open();
        storage.create();
    }

    @AfterEach
    void close() throws IOException {
        storage.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 4096, 1_000_003, 17 << 20})
    void whatIsSavedIsLoaded(int size) throws IOException {
        byte[] content = bytes(size);
        StorageFile file = save(FileKind.PACK, content);

        assertThat(storage.load(file)).isEqualTo(content);
        assertThat(storage.size(file)).hasValue((long) size);
    }

    @Test
    void onlyWhatIsBetweenPositionAndLimitIsSaved() throws IOException {
        byte[] content = bytes(100);
        ByteBuffer middle = ByteBuffer.wrap(content, 10, 50);
        StorageFile file = new StorageFile(FileKind.INDEX, "ab".repeat(32));
        storage.save(file, middle);

        assertThat(storage.load(file)).isEqualTo(Arrays.copyOfRange(content, 10, 60));
        assertThat(middle.position()).isEqualTo(10);
        assertThat(middle.limit()).isEqualTo(60);
    }

    @Test
    void readOnlyAndDirectBuffersAreSavedToo() throws IOException {
        byte[] content = bytes(70_000);
        ByteBuffer direct =
                ByteBuffer.allocateDirect(content.length).put(content).flip();
        StorageFile file = new StorageFile(FileKind.PACK, sha256(content));
        storage.save(file, direct.asReadOnlyBuffer());

        assertThat(storage.load(file)).isEqualTo(content);
    }

    @ParameterizedTest
    @EnumSource(FileKind.class)
    void eachKindHasAPlaceOfItsOwn(FileKind kind) throws IOException {
        StorageFile file = kind == FileKind.CONFIG
                ? StorageFile.CONFIG
                : new StorageFile(kind, sha256(kind.name().getBytes(StandardCharsets.UTF_8)));
        storage.save(file, ByteBuffer.wrap(bytes(33)));

        for (FileKind other : FileKind.values()) {
            assertThat(listed(other)).isEqualTo(other == kind ? Set.of(new Stored(file, 33)) : Set.of());
        }
    }

    @Test
    void partsAreLoaded() throws IOException {
        byte[] content = bytes(10_000);
        StorageFile file = save(FileKind.PACK, content);

        assertThat(storage.load(file, 0, 10_000)).isEqualTo(content);
        assertThat(storage.load(file, 9_999, 1)).containsExactly(content[9_999]);
        assertThat(storage.load(file, 1_234, 77)).isEqualTo(Arrays.copyOfRange(content, 1_234, 1_311));
        assertThat(storage.load(file, 5, 0)).isEmpty();
    }

    @Test
    void aPartBeyondTheEndIsAnEarlyEnd() throws IOException {
        StorageFile file = save(FileKind.PACK, bytes(100));

        assertThatThrownBy(() -> storage.load(file, 90, 11))
                .isInstanceOf(EOFException.class)
                .hasMessageContaining(file.path());
        assertThatThrownBy(() -> storage.load(file, 200, 1)).isInstanceOf(EOFException.class);
    }

    @Test
    void whatIsNotThereIsSaid() throws IOException {
        StorageFile file = new StorageFile(FileKind.SNAPSHOT, "0f".repeat(32));

        assertThatThrownBy(() -> storage.load(file))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(file.path());
        assertThatThrownBy(() -> storage.load(file, 3, 5)).isInstanceOf(NoSuchFileException.class);
        assertThat(storage.size(file)).isEmpty();
        assertThat(storage.lockedUntil(file)).isEmpty();
        storage.delete(file);
    }

    @Test
    void theConfigIsNeverReplaced() throws IOException {
        storage.save(StorageFile.CONFIG, ByteBuffer.wrap(bytes(10)));

        assertThatThrownBy(() -> storage.save(StorageFile.CONFIG, ByteBuffer.wrap(bytes(11))))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("config");
        assertThat(storage.load(StorageFile.CONFIG)).isEqualTo(bytes(10));
    }

    @Test
    void theSameContentSavedTwiceStaysWhatItIs() throws IOException {
        byte[] content = bytes(500);
        StorageFile file = save(FileKind.PACK, content);
        try {
            storage.save(file, ByteBuffer.wrap(content));
        } catch (FileAlreadyExistsException e) {
            assertThat(e).hasMessageContaining(file.path());
        }
        assertThat(storage.load(file)).isEqualTo(content);
        assertThat(listed(FileKind.PACK)).containsExactly(new Stored(file, 500));
    }

    @Test
    void whatIsDeletedIsGone() throws IOException {
        StorageFile gone = save(FileKind.LOCK, bytes(20));
        StorageFile stays = save(FileKind.LOCK, bytes(21));
        storage.delete(gone);
        storage.delete(gone);

        assertThat(listed(FileKind.LOCK)).containsExactly(new Stored(stays, 21));
        assertThat(storage.size(gone)).isEmpty();
        assertThatThrownBy(() -> storage.load(gone)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void creatingAgainKeepsWhatIsThere() throws IOException {
        StorageFile file = save(FileKind.KEY, bytes(40));
        storage.create();

        assertThat(listed(FileKind.KEY)).containsExactly(new Stored(file, 40));
    }

    @Test
    void theViewForTreesShowsTheSameFiles() throws IOException {
        byte[] content = bytes(3_000);
        StorageFile file = new StorageFile(FileKind.PACK, sha256(content));
        storage.forTrees().save(file, ByteBuffer.wrap(content));

        assertThat(storage.load(file)).isEqualTo(content);
        assertThat(storage.forTrees().load(file)).isEqualTo(content);
        assertThat(storage.forTrees().load(file, 100, 200)).isEqualTo(Arrays.copyOfRange(content, 100, 300));
        storage.forTrees().delete(file);
        assertThat(storage.size(file)).isEmpty();
    }

    @Test
    void manyThreadsWorkAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Stored>> work = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                byte[] content = bytes(5_000 + i);
                work.add(() -> {
                    StorageFile file = save(FileKind.PACK, content);
                    assertThat(storage.load(file)).isEqualTo(content);
                    return new Stored(file, content.length);
                });
            }
            Set<Stored> saved = new HashSet<>();
            for (Future<Stored> each : threads.invokeAll(work)) {
                saved.add(each.get());
            }
            assertThat(listed(FileKind.PACK)).isEqualTo(saved);
        } finally {
            threads.shutdownNow();
        }
    }

    protected final Storage storage() {
        return storage;
    }

    protected final StorageFile save(FileKind kind, byte[] content) throws IOException {
        StorageFile file = new StorageFile(kind, sha256(content));
        storage.save(file, ByteBuffer.wrap(content));
        return file;
    }

    protected final Set<Stored> listed(FileKind kind) throws IOException {
        try (Stream<Stored> files = storage.list(kind)) {
            return files.collect(Collectors.toSet());
        }
    }

    /** Bytes that depend on nothing but their number. */
    public static byte[] bytes(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    public static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
