package dev.prodstack.backup.copy;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.pack.PackedBlob;
import dev.prodstack.backup.repository.BlobWriter;
import dev.prodstack.backup.repository.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Carries blobs of one repository to another that does not have them, pack by pack, on all cores. */
public final class BlobCopier implements AutoCloseable {
    private static final int READERS_PER_CORE = 2;

    private final Repository from;
    private final Repository to;
    private final ExecutorService workers =
            Executors.newFixedThreadPool(READERS_PER_CORE * Runtime.getRuntime().availableProcessors());

    /** Between repositories whose indexes are loaded and which are locked. */
    public BlobCopier(Repository from, Repository to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Copies.
     *
     * @param numbers which blobs, by their numbers in the index of the first
     */
    public void copy(BitSet numbers, BlobWriter writer) throws IOException, InterruptedException {
        Map<ContentId, List<PackedBlob>> missing = new LinkedHashMap<>();
        numbers.stream().forEach(number -> {
            PackedBlob blob = from.index().blob(number);
            if (!to.index().contains(blob.kind(), blob.id())) {
                missing.computeIfAbsent(from.index().packOf(number), pack -> new ArrayList<>())
                        .add(blob);
            }
        });
        List<Callable<Void>> jobs = new ArrayList<>();
        for (List<PackedBlob> blobs : missing.values()) {
            jobs.add(() -> {
                for (PackedBlob blob : blobs) {
                    writer.save(blob.kind(), from.load(blob.kind(), blob.id()));
                }
                return null;
            });
        }
        for (Future<Void> job : workers.invokeAll(jobs)) {
            get(job);
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

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
