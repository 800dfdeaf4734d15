package dev.prodstack.backup.storage.cache;

import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.Storage;
import dev.prodstack.backup.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Remembers what is read of another storage. */
final class CountingStorage implements Storage {
    private final Storage storage;
    private final List<FileKind> loads;

    /** Adds the kind of each file that is read, or read a part of, to a list that is safe for threads. */
    CountingStorage(Storage storage, List<FileKind> loads) {
        this.storage = storage;
        this.loads = loads;
    }

    @Override
    public String location() {
        return storage.location();
    }

    @Override
    public void save(StorageFile file, ByteBuffer content) throws IOException {
        storage.save(file, content);
    }

    @Override
    public byte[] load(StorageFile file) throws IOException {
        loads.add(file.kind());
        return storage.load(file);
    }

    @Override
    public byte[] load(StorageFile file, long offset, int length) throws IOException {
        loads.add(file.kind());
        return storage.load(file, offset, length);
    }

    @Override
    public Optional<Long> size(StorageFile file) throws IOException {
        return storage.size(file);
    }

    @Override
    public Stream<Stored> list(FileKind kind) throws IOException {
        return storage.list(kind);
    }

    @Override
    public void delete(StorageFile file) throws IOException {
        storage.delete(file);
    }

    @Override
    public void create() throws IOException {
        storage.create();
    }

    @Override
    public void close() throws IOException {
        storage.close();
    }
}
