package dev.prodstack.backup.restore;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.browse.SnapshotFiles;
import dev.prodstack.backup.parallel.Workers;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.tree.ExtendedAttribute;
import dev.prodstack.backup.tree.GoFileMode;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.backup.tree.NodeKind;
import dev.prodstack.backup.tree.NodeName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compares a directory with a snapshot, reading all of it: names, kinds, owners, modes, times, targets of links, which
 * names are one file, attributes in {@code user.*}, and every byte of every file.
 *
 * <pre>{@code
 * Comparison.Report report = Comparison.of(repository, snapshot, "/volume/uploads").with(Path.of("/volume/uploads"));
 * report.differences().forEach(System.out::println);
 * }</pre>
 *
 * <p>The directory itself is not compared, only what is below it; nor are sockets, which no backup carries.
 *
 * @param repository where the snapshot is; its index is loaded
 * @param snapshot which
 * @param from the path in it that the directory stands for
 * @param others whether what is there besides is a difference
 */
public record Comparison(Repository repository, StoredSnapshot snapshot, String from, Others others) {
    private static final int MOST_TOLD = 20;
    private static final String USER = "user.";

    /** Whether what is there besides is a difference. */
    public enum Others {
        /** It is. */
        DIFFERENT,
        /** It is not. */
        ALLOWED
    }

    /** Of a path in a snapshot. Where the backup left out patterns, what is there besides is no difference. */
    public static Comparison of(Repository repository, StoredSnapshot snapshot, String from) {
        Others others = snapshot.snapshot().excludes().isEmpty() ? Others.DIFFERENT : Others.ALLOWED;
        return new Comparison(repository, snapshot, from, others);
    }

    /** The same, whatever else is there. */
    public Comparison allowingOthers() {
        return new Comparison(repository, snapshot, from, Others.ALLOWED);
    }

    /**
     * What came of it.
     *
     * @param things how many files, directories and others were compared
     * @param bytes how many bytes of files
     * @param different how many differ
     * @param differences the first of these, each with what is different
     */
    public record Report(long things, long bytes, long different, List<String> differences) {
        /** Copies the list. */
        public Report {
            differences = List.copyOf(differences);
        }
    }

    /**
     * Compares.
     *
     * @throws IOException if the snapshot or the directory cannot be read
     */
    public Report with(Path directory) throws IOException, InterruptedException {
        ContentId tree = SnapshotFiles.of(repository, snapshot)
                .find(from)
                .flatMap(entry -> entry.node().subtree())
                .orElseThrow(() -> new NoSuchFileException(
                        "The snapshot " + snapshot.id().brief() + " has no directory " + from + ". See repo ls."));
        Run run = new Run();
        run.walk(directory.toAbsolutePath(), tree, "");
        Workers.forEach(run.files, item -> {
            if (!Content.matches(repository.index(), item.path(), item)) {
                run.differs(item.shown(), "content");
            }
            run.bytes.addAndGet(item.node().size());
        });
        return new Report(run.things, run.bytes.get(), run.different, run.told);
    }

    /** What a path is like. */
    private record There(int mode, int uid, int gid, long inode, long device, Instant modified) {
        static There at(Path path) throws IOException {
            Map<String, Object> all = Files.readAttributes(
                    path, "unix:mode,uid,gid,ino,rdev,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
            return new There(
                    (int) number(all, "mode"),
                    (int) number(all, "uid"),
                    (int) number(all, "gid"),
                    number(all, "ino"),
                    number(all, "rdev"),
                    ((FileTime) Objects.requireNonNull(all.get("lastModifiedTime"))).toInstant());
        }

        private static long number(Map<String, Object> all, String name) {
            return ((Number) Objects.requireNonNull(all.get(name))).longValue();
        }
    }

    private record LinkKey(long device, long inode, List<ContentId> content) {}

    private final class Run {
        private final List<Item> files = new ArrayList<>();
        private final List<String> told = new ArrayList<>();
        private final AtomicLong bytes = new AtomicLong();
        private final Map<LinkKey, Long> inodes = new HashMap<>();
        private long things;
        private long different;

        private synchronized void differs(String shown, String what) {
            different++;
            if (told.size() < MOST_TOLD) {
                told.add(shown + ": " + what);
            }
        }

        private void walk(Path directory, ContentId tree, String shown) throws IOException {
            Set<NodeName> wanted = new HashSet<>();
            for (Node node : repository.tree(tree).nodes()) {
                wanted.add(node.name());
                if (node.name().safe() && node.kind() != NodeKind.SOCKET) {
                    compare(node, RawPath.child(directory, node.name()), shown + "/" + node.name());
                }
            }
            if (others == Others.ALLOWED) {
                return;
            }
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
                for (Path entry : entries) {
                    if (!wanted.contains(RawPath.name(entry))) {
                        differs(shown + "/" + RawPath.name(entry), "not in the backup");
                    }
                }
            }
        }

        private void compare(Node node, Path path, String shown) throws IOException {
            things++;
            There there;
            try {
                there = There.at(path);
            } catch (NoSuchFileException e) {
                differs(shown, "missing");
                return;
            }
            NodeKind kind = NodeKind.ofUnixMode(there.mode());
            if (kind != node.kind()) {
                differs(shown, "is a " + kind.word() + ", not a " + node.kind().word());
                return;
            }
            metadata(node, path, shown, there);
            switch (kind) {
                case FILE -> file(node, path, shown, there.inode());
                case SYMLINK -> {
                    if (!node.target().equals(Optional.of(RawPath.linkTarget(path)))) {
                        differs(shown, "target of the link");
                    }
                }
                case DEVICE, CHARACTER_DEVICE -> {
                    if (there.device() != node.device()) {
                        differs(shown, "number of the device");
                    }
                }
                default -> {}
            }
            if (kind == NodeKind.DIRECTORY && node.subtree().isPresent()) {
                walk(path, node.subtree().get(), shown);
            }
        }

        private void metadata(Node node, Path path, String shown, There there) throws IOException {
            List<String> what = new ArrayList<>();
            if (there.uid() != node.uid() || there.gid() != node.gid()) {
                what.add("owner");
            }
            if (node.kind() != NodeKind.SYMLINK && (there.mode() & 07777) != GoFileMode.unix(node.mode())) {
                what.add("mode");
            }
            if (!there.modified().equals(node.modified().toInstant())) {
                what.add("time");
            }
            if ((node.kind() == NodeKind.FILE || node.kind() == NodeKind.DIRECTORY)
                    && !attributes(path).equals(wanted(node))) {
                what.add("attributes");
            }
            if (!what.isEmpty()) {
                differs(shown, String.join(", ", what));
            }
        }

        private void file(Node node, Path path, String shown, long inode) {
            if (node.content().isEmpty()) {
                return;
            }
            if (node.links() > 1 && node.inode() != 0) {
                LinkKey key = new LinkKey(
                        node.deviceId(), node.inode(), node.content().get());
                long first = inodes.computeIfAbsent(key, its -> inode);
                if (first != inode) {
                    differs(shown, "is a file of its own, not another name of one");
                }
            }
            files.add(new Item(node, path, shown, Action.UNCHANGED));
        }

        private static Map<String, String> wanted(Node node) {
            Map<String, String> wanted = new HashMap<>();
            for (ExtendedAttribute attribute : node.attributes()) {
                if (attribute.name().startsWith(USER)) {
                    wanted.put(attribute.name().substring(USER.length()), Arrays.toString(attribute.value()));
                }
            }
            return wanted;
        }

        private static Map<String, String> attributes(Path path) throws IOException {
            Map<String, String> found = new HashMap<>();
            UserDefinedFileAttributeView view =
                    Files.getFileAttributeView(path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            if (view != null) {
                for (String name : view.list()) {
                    ByteBuffer value = ByteBuffer.allocate(view.size(name));
                    view.read(name, value);
                    found.put(name, Arrays.toString(value.array()));
                }
            }
            return found;
        }
    }
}
