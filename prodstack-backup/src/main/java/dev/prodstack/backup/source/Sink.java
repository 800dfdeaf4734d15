package dev.prodstack.backup.source;

import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.chunk.Chunker;
import dev.prodstack.backup.repository.BlobWriter;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.backup.tree.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Takes what a source reads. The source's own thread reads and cuts; a thread for each core hashes, compresses, seals,
 * checks and stores. What is between them is bounded in bytes, so a source that reads fast waits.
 */
public final class Sink implements AutoCloseable {
    private static final int PERMIT = 4096;
    private static final int MOST_PERMITS = 64 * 1024 * 1024 / PERMIT;

    private final Repository repository;
    private final BlobWriter writer;
    private final Consumer<Unread> unread;
    private final Tally tally;
    private final ExecutorService workers;
    private final Semaphore room = new Semaphore(MOST_PERMITS);
    private byte[] buffer = new byte[0];

    /** Writes with as many threads as there are cores. */
    public Sink(Repository repository, BlobWriter writer, Consumer<Unread> unread, Tally tally) {
        this.repository = repository;
        this.writer = writer;
        this.unread = unread;
        this.tally = tally;
        workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    }

    /** The repository that is written to, for reading the trees of a parent. */
    public Repository repository() {
        return repository;
    }

    /** Counts what is read. */
    public Tally tally() {
        return tally;
    }

    /** Tells of what is not in the snapshot, or not as it should be. */
    public void report(Unread what) {
        unread.accept(what);
    }

    /**
     * Reads a stream to its end, from one thread at a time. Its chunks are stored later.
     *
     * @return the chunks, in order; fails if one cannot be stored
     */
    public Content content(InputStream in, Chunker chunker) throws IOException, InterruptedException {
        if (buffer.length < 2 * chunker.maximum()) {
            buffer = new byte[2 * chunker.maximum()];
        }
        List<CompletableFuture<ContentId>> chunks = new ArrayList<>();
        long size = 0;
        int from = 0;
        int to = 0;
        boolean ended = false;
        while (true) {
            if (!ended && to - from < chunker.maximum()) {
                System.arraycopy(buffer, from, buffer, 0, to - from);
                to -= from;
                from = 0;
                int read = in.readNBytes(buffer, to, buffer.length - to);
                ended = read < buffer.length - to;
                to += read;
            }
            if (from == to) {
                return new Content(chunks, size);
            }
            int length = chunker.next(buffer, from, to);
            chunks.add(later(Arrays.copyOfRange(buffer, from, from + length)));
            from += length;
            size += length;
            tally.read(length);
        }
    }

    /**
     * Stores a tree once all of its nodes are known. It takes no room of what is read, which waits for nothing else.
     */
    public CompletableFuture<ContentId> tree(List<CompletableFuture<Node>> nodes) {
        return CompletableFuture.allOf(nodes.toArray(CompletableFuture<?>[]::new))
                .thenApplyAsync(
                        done -> {
                            Tree tree = new Tree(
                                    nodes.stream().map(CompletableFuture::join).toList());
                            return store(BlobKind.TREE, tree.encode());
                        },
                        workers);
    }

    private ContentId store(BlobKind kind, byte[] content) {
        try {
            return writer.save(kind, content);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private CompletableFuture<ContentId> later(byte[] content) throws InterruptedException {
        int permits = Math.min(MOST_PERMITS, content.length / PERMIT + 1);
        room.acquire(permits);
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return store(BlobKind.DATA, content);
                    } finally {
                        room.release(permits);
                    }
                },
                workers);
    }

    /** What a future gives, or the {@link IOException} it failed with. */
    public static <T> T await(CompletableFuture<T> future) throws IOException {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** Ends its threads; what is under way is given up. */
    @Override
    public void close() {
        workers.shutdownNow();
    }

    /**
     * What a file's content became.
     *
     * @param chunks their ids, once they are stored
     * @param size how many bytes were read
     */
    public record Content(List<CompletableFuture<ContentId>> chunks, long size) {
        /** Copies the list. */
        public Content {
            chunks = List.copyOf(chunks);
        }

        /** The ids of the chunks, once all are stored. */
        public CompletableFuture<List<ContentId>> ids() {
            return CompletableFuture.allOf(chunks.toArray(CompletableFuture<?>[]::new))
                    .thenApply(
                            done -> chunks.stream().map(CompletableFuture::join).toList());
        }
    }
}
