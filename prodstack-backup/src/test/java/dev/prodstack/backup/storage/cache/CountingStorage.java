package dev.prodstack.backup.storage.cache;

import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.ForwardingStorage;
import dev.prodstack.backup.storage.Storage;
import dev.prodstack.backup.storage.StorageFile;
import java.io.IOException;
import java.util.List;

/** Remembers what is read of another storage. */
final class CountingStorage extends ForwardingStorage {
    private final List<FileKind> loads;

    /** Adds the kind of each file that is read, or read a part of, to a list that is safe for threads. */
    CountingStorage(Storage storage, List<FileKind> loads) {
        super(storage);
        this.loads = loads;
    }

    @Override
    public Storage forTrees() {
        return this;
    }

    @Override
    public byte[] load(StorageFile file) throws IOException {
        loads.add(file.kind());
        return super.load(file);
    }

    @Override
    public byte[] load(StorageFile file, long offset, int length) throws IOException {
        loads.add(file.kind());
        return super.load(file, offset, length);
    }
}
