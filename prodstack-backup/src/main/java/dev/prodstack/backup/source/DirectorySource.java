package dev.prodstack.backup.source;

import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.blob.DamagedException;
import dev.prodstack.backup.chunk.Chunker;
import dev.prodstack.backup.chunk.RabinChunker;
import dev.prodstack.backup.path.PathPattern;
import dev.prodstack.backup.path.Selection;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.backup.tree.NodeKind;
import dev.prodstack.backup.tree.NodeName;
import dev.prodstack.backup.tree.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A directory, or one file, with all that is below it. The snapshot's tree has the directories on the way to it too, as
 * restic's has. What cannot be read is reported, and the rest is stored.
 */
public final class DirectorySource implements Source {
    private final Path root;
    private final Optional<Chunker> chunker;
    private final Selection selection;
    private final NodeReader nodes = new NodeReader();

    private DirectorySource(Path root, Optional<Chunker> chunker, Selection selection) {
        this.root = root;
        this.chunker = chunker;
        this.selection = selection;
    }

    /** At a path. */
    public static DirectorySource at(Path root) {
        return new DirectorySource(root.toAbsolutePath().normalize(), Optional.empty(), Selection.ALL);
    }

    /** The same, with its files cut by something else than their content. */
    public DirectorySource cutBy(Chunker other) {
        return new DirectorySource(root, Optional.of(other), selection);
    }

    /**
     * The same without what matches one of these patterns.
     *
     * @throws IllegalArgumentException if one is no {@link dev.prodstack.backup.path.PathPattern}
     */
    public DirectorySource excluding(List<String> patterns) {
        return new DirectorySource(root, chunker, Selection.of(List.of(), patterns));
    }

    @Override
    public List<String> excludes() {
        return selection.exclude().stream().map(PathPattern::toString).toList();
    }

    @Override
    public List<String> paths() {
        return List.of(root.toString());
    }

    @Override
    public ContentId store(Sink sink, Optional<Tree> parent) throws IOException, InterruptedException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(root + " is not there, so it cannot be backed up. Look at the path.");
        }
        Chunker cut = chunker.orElseGet(
                () -> new RabinChunker(sink.repository().config().polynomial()));
        HiddenAttributes hidden = HiddenAttributes.below(root);
        try {
            ContentId tree = new Walk(sink, cut).above(root, 0, parent);
            hidden.report(sink::report);
            return tree;
        } finally {
            hidden.stop();
        }
    }

    /** One walk through the files. Trees are stored once all that is below them is; the walk does not wait for them. */
    private final class Walk {
        private final Sink sink;
        private final Chunker cut;

        Walk(Sink sink, Chunker cut) {
            this.sink = sink;
            this.cut = cut;
        }

        /** The tree of the first so many names of the path, which has but the next of them. */
        ContentId above(Path path, int depth, Optional<Tree> parent) throws IOException, InterruptedException {
            if (path.getNameCount() == 0) {
                return Sink.await(sink.tree(children(path, parent)));
            }
            Path next = path.getRoot().resolve(path.subpath(0, depth + 1));
            if (depth + 1 == path.getNameCount()) {
                List<CompletableFuture<Node>> only = new ArrayList<>();
                add(only, next, before(parent));
                return Sink.await(sink.tree(only));
            }
            try {
                Node node = nodes.read(next);
                Optional<Node> before = Optional.ofNullable(before(parent).get(node.name()));
                ContentId below = above(path, depth + 1, below(next, before));
                Node whole = sameStyle(node, before).withSubtree(below);
                return Sink.await(sink.tree(List.of(CompletableFuture.completedFuture(whole))));
            } catch (UnreadableException e) {
                throw new IOException(next + " " + e.getMessage(), e);
            }
        }

        private Optional<Tree> below(Path path, Optional<Node> before) throws IOException {
            if (before.isEmpty() || before.get().subtree().isEmpty()) {
                return Optional.empty();
            }
            ContentId id = before.get().subtree().get();
            try {
                // Without the parent's tree everything below is read; its chunks are found by what they hold.
                return sink.repository().index().contains(BlobKind.TREE, id)
                        ? Optional.of(sink.repository().tree(id))
                        : Optional.empty();
            } catch (DamagedException e) {
                sink.report(new Unread(
                        Unread.Kind.NOTE,
                        path.toString(),
                        "is read anew, as the parent's list of it is damaged: " + e.getMessage()));
                return Optional.empty();
            }
        }

        private Map<NodeName, Node> before(Optional<Tree> parent) {
            Map<NodeName, Node> before = new HashMap<>();
            parent.ifPresent(tree -> tree.nodes().forEach(node -> before.put(node.name(), node)));
            return before;
        }

        private List<CompletableFuture<Node>> children(Path directory, Optional<Tree> parent)
                throws IOException, InterruptedException {
            List<CompletableFuture<Node>> pending = new ArrayList<>();
            Map<NodeName, Node> before = before(parent);
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
                for (Path entry : entries) {
                    if (selection.contains(entry.toString())) {
                        add(pending, entry, before);
                    }
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
            return pending;
        }

        private void add(List<CompletableFuture<Node>> pending, Path path, Map<NodeName, Node> siblings)
                throws IOException, InterruptedException {
            try {
                Node read = nodes.read(path);
                Optional<Node> before = Optional.ofNullable(siblings.get(read.name()));
                Node node = sameStyle(read, before);
                switch (node.kind()) {
                    case DIRECTORY -> pending.add(directory(path, node, before));
                    case FILE -> pending.add(file(path, node, before));
                    case SOCKET ->
                        sink.report(new Unread(
                                Unread.Kind.NOT_CARRIED, path.toString(), "is a socket, which cannot be restored"));
                    default -> pending.add(CompletableFuture.completedFuture(node));
                }
            } catch (UnreadableException e) {
                sink.report(new Unread(Unread.Kind.MISSING, path.toString(), e.words()));
            }
        }

        private CompletableFuture<Node> directory(Path path, Node node, Optional<Node> before)
                throws IOException, InterruptedException, UnreadableException {
            List<CompletableFuture<Node>> children;
            try {
                children = children(path, below(path, before));
            } catch (AccessDeniedException | NoSuchFileException | NotDirectoryException e) {
                throw UnreadableException.of(e);
            }
            return sink.tree(children).thenApply(tree -> {
                sink.tally()
                        .directory(change(before, before.flatMap(Node::subtree).equals(Optional.of(tree))));
                return node.withSubtree(tree);
            });
        }

        private CompletableFuture<Node> file(Path path, Node node, Optional<Node> before)
                throws IOException, InterruptedException, UnreadableException {
            if (before.isPresent() && unchanged(node, before.get())) {
                sink.tally().file(Tally.Change.UNMODIFIED, node.size());
                return CompletableFuture.completedFuture(
                        node.withContent(before.get().content().orElseThrow(), node.size()));
            }
            try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
                Sink.Content content = sink.content(in, cut);
                if (content.size() != node.size()) {
                    sink.report(new Unread(
                            Unread.Kind.CHANGED,
                            path.toString(),
                            "changed while it was read: it had " + node.size() + " bytes, and then " + content.size()));
                }
                sink.tally().file(change(before, false), content.size());
                return content.ids().thenApply(ids -> node.withContent(ids, content.size()));
            } catch (FileSystemException e) {
                throw UnreadableException.of(e);
            }
        }

        private Tally.Change change(Optional<Node> before, boolean same) {
            return before.isEmpty() ? Tally.Change.ADDED : same ? Tally.Change.UNMODIFIED : Tally.Change.CHANGED;
        }

        private boolean unchanged(Node node, Node before) {
            return before.kind() == NodeKind.FILE
                    && before.size() == node.size()
                    && before.inode() == node.inode()
                    && before.modified().toInstant().equals(node.modified().toInstant())
                    && before.changed().toInstant().equals(node.changed().toInstant())
                    && before.content().isPresent()
                    && before.content().get().stream()
                            .allMatch(id -> sink.repository().index().contains(BlobKind.DATA, id));
        }
    }

    /**
     * Numbers of file systems change when a disk is mounted again, so restic has stopped storing them but for hard
     * links; older ones store them always. What was stored before is kept to, so that trees stay as they are.
     */
    private static Node sameStyle(Node node, Optional<Node> before) {
        boolean always = before.map(its -> its.deviceId() != 0).orElse(false);
        boolean linked = node.kind() != NodeKind.DIRECTORY && node.links() > 1;
        return always || linked ? node : node.withDeviceId(0);
    }
}
