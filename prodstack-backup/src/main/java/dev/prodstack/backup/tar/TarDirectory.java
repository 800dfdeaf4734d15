package dev.prodstack.backup.tar;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.source.Sink;
import dev.prodstack.backup.source.Tally;
import dev.prodstack.backup.tree.GoFileMode;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.backup.tree.NodeKind;
import dev.prodstack.backup.tree.NodeName;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A directory while the entries of a tar stream are gathered. */
final class TarDirectory {
    private static final int MODE = 0755;

    private final OffsetDateTime now;
    private final TreeMap<NodeName, TarDirectory> directories = new TreeMap<>();
    private final TreeMap<NodeName, File> files = new TreeMap<>();
    private Node node;

    private TarDirectory(NodeName name, OffsetDateTime now) {
        this.now = now;
        this.node = new Node(
                name,
                NodeKind.DIRECTORY,
                GoFileMode.of(NodeKind.DIRECTORY, MODE),
                now,
                now,
                now,
                0,
                0,
                "",
                "",
                0,
                0,
                0,
                0,
                Optional.empty(),
                List.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                "",
                "");
    }

    static TarDirectory root(OffsetDateTime now) {
        return new TarDirectory(NodeName.of("/"), now);
    }

    /** What is no directory. Names of one file share its count of them. */
    @SuppressWarnings("ArrayRecordComponent") // a count that several share
    private record File(NodeName name, Node node, CompletableFuture<Node> whole, int[] names) {
        CompletableFuture<Node> named() {
            return whole.thenApply(done -> done.named(name, names[0]));
        }
    }

    /** Puts a thing at a path; what was there before is replaced, as when a tar stream is unpacked. */
    void put(List<NodeName> path, Node thing, CompletableFuture<Node> whole) {
        TarDirectory parent = parent(path);
        NodeName name = path.get(path.size() - 1);
        if (thing.kind() == NodeKind.DIRECTORY) {
            parent.files.remove(name);
            parent.directory(name).node = thing;
        } else {
            parent.directories.remove(name);
            parent.files.put(name, new File(name, thing, whole, new int[] {1}));
        }
    }

    /** Gives a file another name; whether the file is there. */
    boolean link(List<NodeName> target, List<NodeName> path) {
        Optional<File> file = file(target);
        file.ifPresent(found -> {
            found.names()[0]++;
            NodeName name = path.get(path.size() - 1);
            parent(path).files.put(name, new File(name, found.node(), found.whole(), found.names()));
        });
        return file.isPresent();
    }

    private Optional<File> file(List<NodeName> path) {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        TarDirectory at = this;
        for (NodeName name : path.subList(0, path.size() - 1)) {
            Optional<TarDirectory> next = Optional.ofNullable(at.directories.get(name));
            if (next.isEmpty()) {
                return Optional.empty();
            }
            at = next.get();
        }
        return Optional.ofNullable(at.files.get(path.get(path.size() - 1)));
    }

    private TarDirectory parent(List<NodeName> path) {
        TarDirectory at = this;
        for (NodeName name : path.subList(0, path.size() - 1)) {
            at.files.remove(name);
            at = at.directory(name);
        }
        return at;
    }

    private TarDirectory directory(NodeName name) {
        return directories.computeIfAbsent(name, missing -> new TarDirectory(missing, now));
    }

    CompletableFuture<ContentId> store(Sink sink) {
        List<CompletableFuture<Node>> nodes = new ArrayList<>();
        files.values().forEach(file -> nodes.add(file.named()));
        directories.values().forEach(directory -> {
            sink.tally().directory(Tally.Change.ADDED);
            nodes.add(directory.store(sink).thenApply(directory.node::withSubtree));
        });
        return sink.tree(nodes);
    }
}
