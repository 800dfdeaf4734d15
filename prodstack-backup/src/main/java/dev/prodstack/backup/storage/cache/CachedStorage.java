package dev.prodstack.backup.storage.cache;

import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.ForwardingStorage;
import dev.prodstack.backup.storage.Storage;
import dev.prodstack.backup.storage.StorageFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A storage with copies nearby: of indexes and snapshots, and of the packs that pass through {@link #forTrees()}, which
 * are fetched whole when a part of them is first asked for.
 */
final class CachedStorage extends ForwardingStorage {
    private final Storage storage;
    private final Copies copies;
    private final Storage trees;

    CachedStorage(Storage storage, Copies copies) {
        super(storage);
        this.storage = storage;
        this.copies = copies;
        this.trees = new Trees(this, storage.forTrees(), copies);
    }

    private static boolean isCopied(FileKind kind) {
        return kind == FileKind.INDEX || kind == FileKind.SNAPSHOT;
    }

    @Override
    public void save(StorageFile file, ByteBuffer content) throws IOException {
        storage.save(file, content);
        if (isCopied(file.kind())) {
            copies.keep(file, content);
        }
    }

    @Override
    public byte[] load(StorageFile file) throws IOException {
        if (!isCopied(file.kind())) {
            return storage.load(file);
        }
        Optional<byte[]> copy = copies.load(file);
        return copy.isPresent() ? copy.get() : fetch(storage, copies, file);
    }

    /** What is not what its name says is left to the reader, and not kept. */
    private static byte[] fetch(Storage storage, Copies copies, StorageFile file) throws IOException {
        byte[] content = storage.load(file);
        if (Copies.isWhole(file, content)) {
            copies.keep(file, ByteBuffer.wrap(content));
        }
        return content;
    }

    @Override
    public Stream<Stored> list(FileKind kind) throws IOException {
        if (!isCopied(kind) && kind != FileKind.PACK) {
            return storage.list(kind);
        }
        Set<String> names = new HashSet<>();
        List<Stored> listed;
        try (Stream<Stored> there = storage.list(kind)) {
            listed = there.collect(Collectors.toList());
        }
        listed.forEach(stored -> names.add(stored.file().name()));
        copies.retain(kind, names);
        return listed.stream();
    }

    @Override
    public void delete(StorageFile file) throws IOException {
        copies.delete(file);
        storage.delete(file);
    }

    @Override
    public Storage forTrees() {
        return trees;
    }

    /** The same files, where packs are copied too. */
    private static final class Trees extends ForwardingStorage {
        private final CachedStorage all;
        private final Storage storage;
        private final Copies copies;
        /** So that threads which want parts of the same pack fetch it once. */
        private final ConcurrentHashMap<String, Object> turns = new ConcurrentHashMap<>();

        Trees(CachedStorage all, Storage storage, Copies copies) {
            super(all);
            this.all = all;
            this.storage = storage;
            this.copies = copies;
        }

        @Override
        public Storage forTrees() {
            return this;
        }

        @Override
        public void save(StorageFile file, ByteBuffer content) throws IOException {
            if (file.kind() != FileKind.PACK) {
                all.save(file, content);
                return;
            }
            storage.save(file, content);
            copies.keep(file, content);
        }

        @Override
        public byte[] load(StorageFile file) throws IOException {
            if (file.kind() != FileKind.PACK) {
                return all.load(file);
            }
            Optional<byte[]> copy = copies.load(file);
            return copy.isPresent() ? copy.get() : fetch(storage, copies, file);
        }

        @Override
        public byte[] load(StorageFile file, long offset, int length) throws IOException {
            if (file.kind() != FileKind.PACK) {
                return all.load(file, offset, length);
            }
            synchronized (turns.computeIfAbsent(file.name(), name -> new Object())) {
                Optional<byte[]> copy = copies.load(file, offset, length);
                if (copy.isPresent()) {
                    return copy.get();
                }
                byte[] whole = fetch(storage, copies, file);
                if (offset + length > whole.length) {
                    throw new EOFException(file + " at " + location() + " ends at " + whole.length
                            + " bytes, where something until " + (offset + length) + " is expected");
                }
                return Arrays.copyOfRange(whole, (int) offset, (int) offset + length);
            }
        }
    }
}
