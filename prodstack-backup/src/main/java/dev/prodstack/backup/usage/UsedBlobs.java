package dev.prodstack.backup.usage;

import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.blob.DamagedException;
import dev.prodstack.backup.index.BlobIndex;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.tree.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/** Which blobs of a repository's index snapshots need: a bit for each. */
public final class UsedBlobs implements AutoCloseable {
    private static final int AT_ONCE = 512;

    private final Repository repository;
    private final BlobIndex index;
    private final BitSet used;
    private final LongConsumer progress;
    private final ExecutorService readers =
            Executors.newFixedThreadPool(2 * Runtime.getRuntime().availableProcessors());
    private long trees;

    /**
     * None yet.
     *
     * @param repository whose index is loaded
     * @param progress is told how many trees have been read
     */
    public UsedBlobs(Repository repository, LongConsumer progress) {
        this.repository = repository;
        this.progress = progress;
        index = repository.index();
        used = new BitSet(index.size());
    }

    /**
     * Adds what snapshots need, by walking their trees, each of which is read once.
     *
     * @param roots the trees of the snapshots
     * @return a bit for each blob that is needed by now, by its number in the index
     * @throws DamagedException if something is needed that the index has not
     */
    public BitSet add(Collection<ContentId> roots) throws IOException, InterruptedException {
        walk(roots);
        return (BitSet) used.clone();
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }

    private void walk(Collection<ContentId> roots) throws IOException, InterruptedException {
        List<ContentId> open = new ArrayList<>();
        for (ContentId root : roots) {
            if (mark(BlobKind.TREE, root)) {
                open.add(root);
            }
        }
        while (!open.isEmpty()) {
            // From the end, as a stack: what is open stays few where directories are deep.
            List<ContentId> some = open.subList(Math.max(0, open.size() - AT_ONCE), open.size());
            List<Callable<List<Node>>> reads = new ArrayList<>();
            for (ContentId tree : some) {
                reads.add(() -> repository.tree(tree).nodes());
            }
            some.clear();
            for (Future<List<Node>> read : readers.invokeAll(reads)) {
                for (Node node : get(read)) {
                    mark(node, open);
                }
            }
            trees += reads.size();
            progress.accept(trees);
        }
    }

    private void mark(Node node, List<ContentId> open) throws DamagedException {
        if (node.content().isPresent()) {
            for (ContentId id : node.content().get()) {
                mark(BlobKind.DATA, id);
            }
        }
        if (node.subtree().isPresent() && mark(BlobKind.TREE, node.subtree().get())) {
            open.add(node.subtree().get());
        }
    }

    /** Whether it was not marked before. */
    private boolean mark(BlobKind kind, ContentId id) throws DamagedException {
        int number = index.number(kind, id);
        if (number < 0) {
            throw new DamagedException("The " + kind.word() + " blob " + id + " is needed by a snapshot, but not in the"
                    + " index of the repository at " + repository.location()
                    + ". Nothing was changed. Run check to see what is affected, and repair index if its packs are"
                    + " there.");
        }
        boolean fresh = !used.get(number);
        used.set(number);
        return fresh;
    }

    private static <T> T get(Future<T> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
