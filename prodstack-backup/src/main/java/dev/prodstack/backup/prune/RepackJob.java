package dev.prodstack.backup.prune;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.pack.PackedBlob;
import dev.prodstack.backup.repository.BlobWriter;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.StorageFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Copies what is needed of packs to new ones, a pack on each core; each blob is opened and compared with its id. */
final class RepackJob {
    private final Repository repository;
    private final Usage usage;
    private final BlobWriter writer;
    private final boolean compress;

    RepackJob(Repository repository, Usage usage, BlobWriter writer, boolean compress) {
        this.repository = repository;
        this.usage = usage;
        this.writer = writer;
        this.compress = compress;
    }

    void run(List<ContentId> packs, LongConsumer progress) throws IOException, InterruptedException {
        ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        AtomicLong done = new AtomicLong();
        try {
            List<Callable<Void>> jobs = new ArrayList<>();
            for (ContentId pack : packs) {
                jobs.add(() -> {
                    copy(pack);
                    synchronized (done) {
                        progress.accept(done.incrementAndGet());
                    }
                    return null;
                });
            }
            for (Future<Void> job : workers.invokeAll(jobs)) {
                get(job);
            }
        } finally {
            workers.shutdownNow();
        }
    }

    private void copy(ContentId pack) throws IOException {
        byte[] content = repository.storage().load(new StorageFile(FileKind.PACK, pack.toString()));
        List<PackedBlob> needed;
        synchronized (usage) {
            needed = usage.needed(pack, repository.blobs(pack, content));
        }
        for (PackedBlob blob : needed) {
            byte[] sealed = Arrays.copyOfRange(content, blob.offset(), blob.end());
            byte[] plain = repository.open(blob, sealed);
            if (compress && !blob.compressed()) {
                writer.save(blob.kind(), plain);
            } else {
                writer.copy(blob, sealed);
            }
        }
    }

    private static void get(Future<Void> job) throws IOException, InterruptedException {
        try {
            job.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
