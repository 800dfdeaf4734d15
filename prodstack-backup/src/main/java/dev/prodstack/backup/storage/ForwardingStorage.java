package dev.prodstack.backup.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Hands everything on to another storage; for those that do some things otherwise. */
public abstract class ForwardingStorage implements Storage {
    private final Storage storage;

    /** In front of a storage. */
    protected ForwardingStorage(Storage storage) {
        this.storage = Objects.requireNonNull(storage, "storage");
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
        return storage.load(file);
    }

    @Override
    public byte[] load(StorageFile file, long offset, int length) throws IOException {
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
    public Optional<Instant> lockedUntil(StorageFile file) throws IOException {
        return storage.lockedUntil(file);
    }

    @Override
    public Storage forTrees() {
        return storage.forTrees();
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
