package dev.prodstack.backup.repair;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.blob.DamagedException;
import dev.prodstack.backup.index.IndexedPack;
import dev.prodstack.backup.pack.PackFile;
import dev.prodstack.backup.pack.PackedBlob;
import dev.prodstack.backup.repository.BlobWriter;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.Storage;
import dev.prodstack.backup.storage.StorageFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Compares the index with the packs that are there, and writes it anew. */
public final class IndexRepair {
    private static final int READERS = 8;

    private final Repository repository;
    private final boolean thorough;
    private final Map<ContentId, Long> sizes = new LinkedHashMap<>();
    private final List<StorageFile> oldFiles = new ArrayList<>();
    private final Map<String, String> damagedFiles = new LinkedHashMap<>();
    private final Map<ContentId, IndexedPack> packs = new LinkedHashMap<>();
    private final List<ContentId> missing = new ArrayList<>();
    private final List<ContentId> unlisted = new ArrayList<>();
    private final Map<ContentId, String> unreadable = new LinkedHashMap<>();

    /**
     * Of a repository that is locked.
     *
     * @param thorough whether the headers of all packs are read, rather than of those that the index lacks
     */
    public IndexRepair(Repository repository, boolean thorough) {
        this.repository = repository;
        this.thorough = thorough;
    }

    /** What is wrong. */
    public IndexReport examine() throws IOException, InterruptedException {
        listPacks();
        readIndex();
        readHeaders();
        return new IndexReport(unlisted, missing, unreadable, damagedFiles);
    }

    /** What was wrong, once the index is right. */
    public IndexReport perform() throws IOException, InterruptedException {
        IndexReport report = examine();
        if (!report.isClean() || thorough) {
            write();
        }
        repository.loadIndex();
        return report;
    }

    private void listPacks() throws IOException {
        try (Stream<Storage.Stored> listed = repository.storage().list(FileKind.PACK)) {
            listed.filter(stored -> ContentId.isId(stored.file().name()))
                    .forEach(stored -> sizes.put(ContentId.parse(stored.file().name()), stored.size()));
        }
    }

    private void readIndex() throws IOException {
        Set<ContentId> gone = new HashSet<>();
        for (StorageFile file : repository.files(FileKind.INDEX)) {
            oldFiles.add(file);
            try {
                for (IndexedPack pack : repository.loadIndex(file)) {
                    Long size = sizes.get(pack.id());
                    if (size == null && gone.add(pack.id())) {
                        missing.add(pack.id());
                    } else if (size != null && size == size(pack) && !thorough) {
                        packs.putIfAbsent(pack.id(), pack);
                    }
                }
            } catch (DamagedException e) {
                damagedFiles.put(file.toString(), String.valueOf(e.getMessage()));
            }
        }
    }

    private static long size(IndexedPack pack) {
        return pack.blobs().stream().mapToLong(PackedBlob::length).sum() + PackFile.endLength(pack.blobs());
    }

    private void readHeaders() throws IOException, InterruptedException {
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        try {
            Map<ContentId, Future<IndexedPack>> reads = new LinkedHashMap<>();
            sizes.forEach((pack, size) -> {
                if (!packs.containsKey(pack)) {
                    Callable<IndexedPack> read = () -> repository.header(pack, size);
                    reads.put(pack, readers.submit(read));
                }
            });
            for (Map.Entry<ContentId, Future<IndexedPack>> read : reads.entrySet()) {
                take(read.getKey(), read.getValue());
            }
        } finally {
            readers.shutdownNow();
        }
    }

    private void take(ContentId pack, Future<IndexedPack> read) throws IOException, InterruptedException {
        try {
            packs.put(pack, read.get());
            if (!thorough) {
                unlisted.add(pack);
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DamagedException damage) {
                unreadable.put(pack, String.valueOf(damage.getMessage()));
            } else if (e.getCause() instanceof IOException failure) {
                throw failure;
            } else {
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    private void write() throws IOException {
        List<IndexedPack> batch = new ArrayList<>();
        int blobs = 0;
        for (IndexedPack pack : packs.values()) {
            batch.add(pack);
            blobs += pack.blobs().size();
            if (blobs >= BlobWriter.MOST_INDEXED) {
                repository.saveIndex(batch);
                batch.clear();
                blobs = 0;
            }
        }
        repository.saveIndex(batch);
        for (StorageFile file : oldFiles) {
            repository.remove(file);
        }
    }
}
