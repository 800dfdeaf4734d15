package dev.prodstack.backup.restore;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.blob.DamagedException;
import dev.prodstack.backup.path.Selection;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.restore.RestorePlan.HardLink;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.backup.tree.NodeKind;
import dev.prodstack.backup.tree.NodeName;
import dev.prodstack.backup.tree.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Walks a snapshot's tree and compares it with what is at the target. Reads, and writes nothing. */
final class Planner {
    private final Repository repository;
    private final Selection selection;
    private final Overwrite overwrite;
    private final RestorePlan plan = new RestorePlan();
    private final Map<LinkKey, Item> firstNames = new HashMap<>();

    Planner(Repository repository, Selection selection, Overwrite overwrite) {
        this.repository = repository;
        this.selection = selection;
        this.overwrite = overwrite;
    }

    private record LinkKey(long device, long inode, List<ContentId> content) {}

    RestorePlan plan(ContentId tree, Path target, String shown) throws IOException {
        walk(tree, target, shown, new ArrayList<>());
        return plan;
    }

    /** One file or link, in place of a directory. */
    RestorePlan plan(Node node, Path target, String shown) throws IOException {
        place(node, RawPath.child(target, node.name()), shown, new ArrayList<>());
        return plan;
    }

    /** The directories that lead here are restored only if something in them is; until then they are pending. */
    private void walk(ContentId id, Path directory, String shown, List<Item> pending) throws IOException {
        Tree tree;
        try {
            tree = repository.tree(id);
        } catch (DamagedException e) {
            lack(shown, "is lost with all that is below it: " + e.getMessage());
            return;
        }
        Optional<NodeName> last = Optional.empty();
        for (Node node : tree.nodes()) {
            String path = (shown.equals("/") ? "" : shown) + "/" + node.name();
            if (!node.name().safe() || last.filter(node.name()::equals).isPresent()) {
                lack(path, "has a name that cannot be in a directory, or is there twice; it may be meant to do harm");
                continue;
            }
            last = Optional.of(node.name());
            place(node, RawPath.child(directory, node.name()), path, pending);
        }
    }

    private void place(Node node, Path path, String shown, List<Item> pending) throws IOException {
        boolean directory = node.kind() == NodeKind.DIRECTORY;
        boolean meant = selection.contains(shown);
        if (!meant && !(directory && selection.reaches(shown))) {
            return;
        }
        if (directory) {
            directory(node, path, shown, pending, meant);
            return;
        }
        Optional<BasicFileAttributes> there = there(path);
        if (there.isPresent() && there.get().isDirectory() && !empty(path)) {
            lack(shown, "is not restored: a directory that is not empty is in its place");
            return;
        }
        flush(pending);
        Item item = new Item(node, path, shown, action(node, path, there));
        switch (node.kind()) {
            case FILE -> file(item);
            case SOCKET -> lack(shown, "is a socket, which only its program can make");
            default -> plan.others.add(item);
        }
    }

    private void directory(Node node, Path path, String shown, List<Item> pending, boolean meant) throws IOException {
        Optional<BasicFileAttributes> there = there(path);
        boolean other = there.isPresent() && !there.get().isDirectory();
        if (other && overwrite == Overwrite.NEVER) {
            lack(shown, "is not restored, with all that is below it: something else is in its place, and is kept");
            return;
        }
        Action action = there.isEmpty() ? Action.CREATE : other ? Action.REPLACE : Action.UNCHANGED;
        pending.add(new Item(node, path, shown, action));
        if (meant) {
            flush(pending);
        }
        if (node.subtree().isEmpty()) {
            lack(shown, "has no list of what is in it");
        } else {
            walk(node.subtree().get(), path, shown, pending);
        }
        if (!pending.isEmpty()) {
            pending.remove(pending.size() - 1);
        }
    }

    private void flush(List<Item> pending) {
        plan.directories.addAll(pending);
        pending.clear();
    }

    private void file(Item item) {
        Node node = item.node();
        if (node.content().isEmpty()) {
            lack(item.shown(), "is a file without content; it could not be read when it was backed up");
            return;
        }
        if (item.action() != Action.KEEP && node.links() > 1 && node.inode() != 0) {
            LinkKey key =
                    new LinkKey(node.deviceId(), node.inode(), node.content().get());
            Item first = firstNames.putIfAbsent(key, item);
            if (first != null) {
                plan.hardLinks.add(new HardLink(item, first));
                return;
            }
        }
        plan.files.add(item);
    }

    private Action action(Node node, Path path, Optional<BasicFileAttributes> there) throws IOException {
        if (there.isEmpty()) {
            return Action.CREATE;
        }
        boolean newer = node.modified()
                .toInstant()
                .isAfter(there.get().lastModifiedTime().toInstant());
        return switch (overwrite) {
            case NEVER -> Action.KEEP;
            case IF_NEWER -> newer ? Action.REPLACE : Action.KEEP;
            case IF_CHANGED -> alike(node, there.get(), path) ? Action.UNCHANGED : Action.REPLACE;
            case ALWAYS ->
                node.kind() != NodeKind.FILE && alike(node, there.get(), path) ? Action.UNCHANGED : Action.REPLACE;
        };
    }

    private static boolean alike(Node node, BasicFileAttributes there, Path path) throws IOException {
        return switch (node.kind()) {
            case FILE ->
                there.isRegularFile()
                        && there.size() == node.size()
                        && there.lastModifiedTime()
                                .toInstant()
                                .equals(node.modified().toInstant());
            case SYMLINK ->
                there.isSymbolicLink()
                        && node.target()
                                .filter(target -> target.equals(linkTarget(path)))
                                .isPresent();
            default -> kind(path) == node.kind() && device(path) == node.device();
        };
    }

    private static NodeName linkTarget(Path path) {
        try {
            return RawPath.linkTarget(path);
        } catch (IOException e) {
            // Gone since it was looked at: then it is not alike.
            return NodeName.of("");
        }
    }

    private static NodeKind kind(Path path) throws IOException {
        return NodeKind.ofUnixMode((Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS));
    }

    private static long device(Path path) throws IOException {
        NodeKind kind = kind(path);
        return kind == NodeKind.DEVICE || kind == NodeKind.CHARACTER_DEVICE
                ? ((Number) Files.getAttribute(path, "unix:rdev", LinkOption.NOFOLLOW_LINKS)).longValue()
                : 0;
    }

    private static Optional<BasicFileAttributes> there(Path path) throws IOException {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            // Something above is no directory, or the path is too long; making it says so.
            return Optional.empty();
        }
    }

    private static boolean empty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    private void lack(String shown, String reason) {
        plan.lacks.add(new Lack(shown, Lack.Kind.CONTENT, reason));
    }
}
