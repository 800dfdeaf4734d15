package dev.prodstack.backup.crash;

import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.Storage;
import dev.prodstack.backup.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A storage that is as if the machine lost its power after so many changes: from then on nothing works. */
final class DyingStorage implements Storage {
    private final Storage storage;
    private final int changes;
    private final AtomicInteger made = new AtomicInteger();

    DyingStorage(Storage storage, int changes) {
        this.storage = storage;
        this.changes = changes;
    }

    /** How many changes were tried. */
    int tried() {
        return made.get();
    }

    private void change() throws IOException {
        if (made.incrementAndGet() > changes) {
            throw new IOException("the power is gone");
        }
    }

    private void look() throws IOException {
        if (made.get() > changes) {
            throw new IOException("the power is gone");
        }
    }

    @Override
    public String location() {
        return storage.location();
    }

    @Override
    public void save(StorageFile file, ByteBuffer content) throws IOException {
        change();
        storage.save(file, content);
    }

    @Override
    public byte[] load(StorageFile file) throws IOException {
        look();
        return storage.load(file);
    }

    @Override
    public byte[] load(StorageFile file, long offset, int length) throws IOException {
        look();
        return storage.load(file, offset, length);
    }

    @Override
    public Optional<Long> size(StorageFile file) throws IOException {
        look();
        return storage.size(file);
    }

    @Override
    public Stream<Stored> list(FileKind kind) throws IOException {
        look();
        return storage.list(kind);
    }

    @Override
    public void delete(StorageFile file) throws IOException {
        change();
        storage.delete(file);
    }

    @Override
    public void create() throws IOException {
        storage.create();
    }

    @Override
    public void close() {}
}
