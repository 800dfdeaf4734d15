package dev.prodstack.backup.browse;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.backup.tree.NodeKind;
import dev.prodstack.backup.tree.NodeName;
import dev.prodstack.backup.tree.Tree;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Something that is other in a second snapshot than in a first one.
 *
 * @param change in which way
 * @param path where, beginning with a slash; all that is in an added or removed directory has a difference of its own
 * @param before as it is in the first one
 * @param after as it is in the second one
 */
public record Difference(Change change, String path, Optional<Node> before, Optional<Node> after) {
    /** Checks that nothing is missing. */
    public Difference {
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(path, "path");
    }

    /** The ways. */
    public enum Change {
        /** It is in the second one only. */
        ADDED,
        /** It is in the first one only. */
        REMOVED,
        /** Its content or target is another. */
        CONTENT,
        /** It is of another kind. */
        KIND,
        /** Its mode, owner, times or attributes are others, and its content is the same. */
        METADATA
    }

    /** Gives on the differences of two snapshots by the order of their paths. Equal directories are not looked into. */
    public static void between(
            Repository repository, StoredSnapshot first, StoredSnapshot second, Consumer<Difference> each)
            throws IOException {
        new Comparison(repository, each)
                .trees(
                        Optional.of(first.snapshot().tree()),
                        Optional.of(second.snapshot().tree()),
                        "");
    }

    private record Comparison(Repository repository, Consumer<Difference> each) {
        void trees(Optional<ContentId> before, Optional<ContentId> after, String path) throws IOException {
            if (before.equals(after)) {
                return;
            }
            TreeMap<NodeName, Node> left = nodes(before);
            TreeMap<NodeName, Node> right = nodes(after);
            TreeMap<NodeName, Node> all = new TreeMap<>(left);
            all.putAll(right);
            for (NodeName name : all.keySet()) {
                nodes(Optional.ofNullable(left.get(name)), Optional.ofNullable(right.get(name)), path + "/" + name);
            }
        }

        private TreeMap<NodeName, Node> nodes(Optional<ContentId> tree) throws IOException {
            TreeMap<NodeName, Node> nodes = new TreeMap<>();
            if (tree.isPresent()) {
                Tree list = repository.tree(tree.get());
                list.nodes().forEach(node -> nodes.put(node.name(), node));
            }
            return nodes;
        }

        private void nodes(Optional<Node> before, Optional<Node> after, String path) throws IOException {
            change(before, after).ifPresent(change -> each.accept(new Difference(change, path, before, after)));
            trees(before.flatMap(Node::subtree), after.flatMap(Node::subtree), path);
        }

        private static Optional<Change> change(Optional<Node> before, Optional<Node> after) {
            if (before.isEmpty() || after.isEmpty()) {
                return Optional.of(before.isEmpty() ? Change.ADDED : Change.REMOVED);
            }
            Node left = before.get();
            Node right = after.get();
            if (left.kind() != right.kind()) {
                return Optional.of(Change.KIND);
            }
            boolean content = left.content().equals(right.content())
                    && left.target().equals(right.target())
                    && left.device() == right.device();
            if (!content) {
                return Optional.of(Change.CONTENT);
            }
            boolean metadata = left.mode() == right.mode()
                    && left.uid() == right.uid()
                    && left.gid() == right.gid()
                    && left.attributes().equals(right.attributes())
                    && (left.kind() == NodeKind.DIRECTORY
                            || left.modified()
                                    .toInstant()
                                    .equals(right.modified().toInstant()));
            return metadata ? Optional.empty() : Optional.of(Change.METADATA);
        }
    }
}
