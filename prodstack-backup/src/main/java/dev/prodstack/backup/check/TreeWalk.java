package dev.prodstack.backup.check;

import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.blob.DamagedException;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.backup.tree.NodeKind;
import dev.prodstack.backup.tree.NodeName;
import dev.prodstack.backup.tree.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Walks the trees of snapshots, each tree once unless something below it is wrong, and notes which paths need blobs
 * that are not to be had.
 */
final class TreeWalk {
    private final Repository repository;
    private final Predicate<ContentId> badData;
    private final Set<ContentId> sound = new HashSet<>();
    private final Map<Subject, Damage> damages = new LinkedHashMap<>();

    TreeWalk(Repository repository, Predicate<ContentId> badData) {
        this.repository = repository;
        this.badData = badData;
    }

    private record Subject(BlobKind kind, ContentId id) {}

    private static final class Damage {
        private final String reason;
        private final List<String> paths = new ArrayList<>();
        private long count;

        Damage(String reason) {
            this.reason = reason;
        }

        void at(String path) {
            count++;
            if (paths.size() < Finding.MOST_AFFECTED) {
                paths.add(path);
            }
        }
    }

    void walk(StoredSnapshot snapshot) throws IOException {
        walk(snapshot.snapshot().tree(), snapshot.id().brief() + ":");
    }

    /** Whether all is sound. */
    private boolean walk(ContentId id, String path) throws IOException {
        if (sound.contains(id)) {
            return true;
        }
        String shown = path.endsWith(":") ? path + "/" : path;
        Tree tree;
        try {
            tree = repository.tree(id);
        } catch (DamagedException e) {
            note(BlobKind.TREE, id, String.valueOf(e.getMessage()), shown + " and all that is below it");
            return false;
        }
        boolean well = true;
        Optional<NodeName> last = Optional.empty();
        for (Node node : tree.nodes()) {
            String below = path + "/" + node.name();
            if (!node.name().safe() || last.filter(node.name()::equals).isPresent()) {
                note(BlobKind.TREE, id, "The list of a directory has a name that cannot be, or is there twice.", below);
                well = false;
            }
            last = Optional.of(node.name());
            well &= node.kind() == NodeKind.DIRECTORY ? directory(id, node, below) : file(id, node, below);
        }
        if (well) {
            sound.add(id);
        }
        return well;
    }

    private boolean directory(ContentId list, Node node, String path) throws IOException {
        if (node.subtree().isEmpty()) {
            note(BlobKind.TREE, list, "The list of a directory names a directory without a list.", path);
            return false;
        }
        return walk(node.subtree().get(), path);
    }

    private boolean file(ContentId list, Node node, String path) {
        if (node.kind() == NodeKind.FILE && node.content().isEmpty()) {
            note(BlobKind.TREE, list, "The list of a directory names a file without content.", path);
            return false;
        }
        boolean well = true;
        for (ContentId chunk : node.content().orElse(List.of())) {
            if (!repository.index().contains(BlobKind.DATA, chunk)) {
                note(BlobKind.DATA, chunk, "A piece of a file is in no pack.", path);
                well = false;
            } else if (badData.test(chunk)) {
                note(BlobKind.DATA, chunk, "A piece of a file is damaged.", path);
                well = false;
            }
        }
        return well;
    }

    private void note(BlobKind kind, ContentId id, String reason, String path) {
        damages.computeIfAbsent(new Subject(kind, id), subject -> new Damage(reason))
                .at(path);
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        damages.forEach((subject, damage) -> findings.add(new Finding(
                Finding.Kind.BLOB,
                subject.kind().word() + " blob " + subject.id(),
                damage.reason,
                damage.paths,
                damage.count)));
        return findings;
    }
}
