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
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Directories and files, with all that is below them. The snapshot's tree has the directories on the way to them too,
 * as restic's has. What cannot be read is reported, and the rest is stored.
 */
public final class DirectorySource implements Source {
    private final List<Path> roots;
    private final Optional<Chunker> chunker;
    private final Selection selection;
    private final NodeReader nodes = new NodeReader();

    private DirectorySource(List<Path> roots, Optional<Chunker> chunker, Selection selection) {
        this.roots = roots;
        this.chunker = chunker;
        this.selection = selection;
    }

    /** At a path. */
    public static DirectorySource at(Path root) {
        return at(List.of(root));
    }

    /**
     * At several paths, which become one snapshot. Of two that lie in one another the outer one is enough.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static DirectorySource at(List<Path> roots) {
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("nothing to back up: give at least one path");
        }
        List<Path> absolute = roots.stream()
                .map(root -> root.toAbsolutePath().normalize())
                .distinct()
                .toList();
        return new DirectorySource(
                absolute.stream()
                        .filter(path ->
                                absolute.stream().noneMatch(other -> !other.equals(path) && path.startsWith(other)))
                        .toList(),
                Optional.empty(),
                Selection.ALL);
    }

    /** The same, with its files cut by something else than their content. */
    public DirectorySource cutBy(Chunker other) {
        return new DirectorySource(roots, Optional.of(other), selection);
    }

    /**
     * The same without what matches one of these patterns.
     *
     * @throws IllegalArgumentException if one is no {@link dev.prodstack.backup.path.PathPattern}
     */
    public DirectorySource excluding(List<String> patterns) {
        return new DirectorySource(roots, chunker, Selection.of(List.of(), patterns));
    }

    @Override
    public List<String> excludes() {
        return selection.exclude().stream().map(PathPattern::toString).toList();
    }

    @Override
    public List<String> paths() {
        return roots.stream().map(Path::toString).toList();
    }

    @Override
    public ContentId store(Sink sink, Optional<Tree> parent) throws IOException, InterruptedException {
        for (Path root : roots) {
            if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
                throw new NoSuchFileException(root + " is not there, so it cannot be backed up. Look at the path.");
            }
        }
        Chunker cut = chunker.orElseGet(
                () -> new RabinChunker(sink.repository().config().polynomial()));
        HiddenAttributes hidden = HiddenAttributes.below(roots);
        try {
            ContentId tree = new Walk(sink, cut).above(roots.get(0).getRoot(), roots, parent);
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

        /** The tree of a directory on the way to what is backed up, which has but what leads there. */
        ContentId above(Path directory, List<Path> wanted, Optional<Tree> parent)
                throws IOException, InterruptedException {
            if (wanted.contains(directory)) {
                return Sink.await(sink.tree(children(directory, parent)));
            }
            Map<Path, List<Path>> ways = wanted.stream()
                    .collect(Collectors.groupingBy(
                            path -> directory.resolve(path.getName(directory.getNameCount())),
                            TreeMap::new,
                            Collectors.toList()));
            Map<NodeName, Node> siblings = before(parent);
            List<CompletableFuture<Node>> pending = new ArrayList<>();
            for (Map.Entry<Path, List<Path>> way : ways.entrySet()) {
                if (way.getValue().contains(way.getKey())) {
                    add(pending, way.getKey(), siblings);
                } else {
                    pending.add(CompletableFuture.completedFuture(onTheWay(way.getKey(), way.getValue(), siblings)));
                }
            }
            return Sink.await(sink.tree(pending));
        }

        private Node onTheWay(Path path, List<Path> wanted, Map<NodeName, Node> siblings)
                throws IOException, InterruptedException {
            try {
                Node node = nodes.read(path);
                Optional<Node> before = Optional.ofNullable(siblings.get(node.name()));
                return sameStyle(node, before).withSubtree(above(path, wanted, below(path, before)));
            } catch (UnreadableException e) {
                throw new IOException(path + " " + e.getMessage(), e);
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
