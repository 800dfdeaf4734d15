package dev.prodstack.backup.browse;

import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.backup.tree.NodeKind;
import dev.prodstack.backup.tree.NodeName;
import dev.prodstack.backup.tree.Tree;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The files of a snapshot. The repository's index is loaded, and who may be pruning is kept from it by a lock for as
 * long as this is used.
 */
public final class SnapshotFiles {
    /** How many pieces of a file are fetched while one is written. */
    private static final int AHEAD = 4;

    private final Repository repository;
    private final ContentId root;

    private SnapshotFiles(Repository repository, ContentId root) {
        this.repository = repository;
        this.root = root;
    }

    /** Of a snapshot. */
    public static SnapshotFiles of(Repository repository, StoredSnapshot snapshot) {
        return new SnapshotFiles(repository, snapshot.snapshot().tree());
    }

    /** What is done with an entry. */
    public interface Visitor {
        /** Looks at one; whether what is below it is to be looked at too. */
        boolean visit(Entry entry) throws IOException;
    }

    /** What is at a path, which begins with a slash and is not the root. */
    public Optional<Entry> find(String path) throws IOException {
        List<String> names =
                Arrays.stream(path.split("/")).filter(name -> !name.isEmpty()).toList();
        Optional<ContentId> at = Optional.of(root);
        Optional<Node> node = Optional.empty();
        for (String name : names) {
            if (at.isEmpty()) {
                return Optional.empty();
            }
            node = repository.tree(at.get()).find(NodeName.of(name));
            at = node.flatMap(Node::subtree);
        }
        return node.map(found -> new Entry("/" + String.join("/", names), found));
    }

    /** Visits everything, each directory before what is in it, by the order of names. */
    public void walk(Visitor visitor) throws IOException {
        walk(root, "", visitor);
    }

    /** Visits everything below a directory, in the same order. */
    public void walk(Entry directory, Visitor visitor) throws IOException {
        if (directory.node().subtree().isPresent()) {
            walk(directory.node().subtree().get(), directory.path(), visitor);
        }
    }

    private void walk(ContentId id, String path, Visitor visitor) throws IOException {
        Tree tree = repository.tree(id);
        for (Node node : tree.nodes()) {
            Entry entry = new Entry(path + "/" + node.name(), node);
            if (visitor.visit(entry)
                    && node.kind() == NodeKind.DIRECTORY
                    && node.subtree().isPresent()) {
                walk(node.subtree().get(), entry.path(), visitor);
            }
        }
    }

    /** Writes the content of a file, piece by piece; some pieces are fetched ahead. */
    public void content(Node file, OutputStream out) throws IOException {
        Deque<CompletableFuture<byte[]>> ahead = new ArrayDeque<>();
        for (ContentId chunk : file.content().orElse(List.of())) {
            ahead.add(CompletableFuture.supplyAsync(() -> piece(chunk)));
            if (ahead.size() > AHEAD) {
                out.write(await(ahead.remove()));
            }
        }
        while (!ahead.isEmpty()) {
            out.write(await(ahead.remove()));
        }
    }

    private byte[] piece(ContentId chunk) {
        try {
            return repository.load(BlobKind.DATA, chunk);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static byte[] await(CompletableFuture<byte[]> piece) throws IOException {
        try {
            return piece.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
