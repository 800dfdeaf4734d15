package dev.prodstack.backup.storage.cache;

import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.Storage;
import dev.prodstack.backup.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Remembers what is read of another storage. */
final class CountingStorage implements Storage {
    final List<FileKind> loads = Collections.synchronizedList(new ArrayList<>());

    private final Storage storage;

    CountingStorage(Storage storage) {
        this.storage = storage;
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
