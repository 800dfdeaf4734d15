package dev.prodstack.backup.tar;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.chunk.Chunker;
import dev.prodstack.backup.chunk.RabinChunker;
import dev.prodstack.backup.source.Sink;
import dev.prodstack.backup.source.Source;
import dev.prodstack.backup.source.Tally;
import dev.prodstack.backup.source.Unread;
import dev.prodstack.backup.tree.DeviceNumber;
import dev.prodstack.backup.tree.ExtendedAttribute;
import dev.prodstack.backup.tree.GoFileMode;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.backup.tree.NodeKind;
import dev.prodstack.backup.tree.NodeName;
import dev.prodstack.backup.tree.Tree;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The files of a tar stream, such as {@code docker cp} or {@code tar -c --acls --xattrs} writes. They stand in the
 * snapshot as if the stream had been unpacked at the root. The names of all of them are kept in memory until the end,
 * as they may come in any order.
 */
public final class TarSource implements Source {
    private static final String ATTRIBUTE = "SCHILY.xattr.";

    private final String name;
    private final InputStream in;
    private final Optional<Chunker> chunker;

    private TarSource(String name, InputStream in, Optional<Chunker> chunker) {
        this.name = name;
        this.in = in;
        this.chunker = chunker;
    }

    /**
     * A stream.
     *
     * @param name what it is called in lists of snapshots, by which the one before is found
     * @param in the stream, not compressed; not closed
     */
    public static TarSource named(String name, InputStream in) {
        return new TarSource(name, in, Optional.empty());
    }

    /** The same, with its files cut by something else than their content. */
    public TarSource cutBy(Chunker other) {
        return new TarSource(name, in, Optional.of(other));
    }

    @Override
    public List<String> paths() {
        return List.of("/" + name);
    }

    @Override
    public ContentId store(Sink sink, Optional<Tree> parent) throws IOException, InterruptedException {
        Chunker cut = chunker.orElseGet(
                () -> new RabinChunker(sink.repository().config().polynomial()));
        return new Reading(sink, cut).all();
    }

    private final class Reading {
        private final Sink sink;
        private final Chunker cut;
        private final ZoneId zone = ZoneId.systemDefault();
        private final OffsetDateTime now = OffsetDateTime.now(zone);
        private final TarDirectory root = TarDirectory.root(now);
        private long inodes;

        Reading(Sink sink, Chunker cut) {
            this.sink = sink;
            this.cut = cut;
        }

        ContentId all() throws IOException, InterruptedException {
            HeaderTap tap = new HeaderTap(in);
            TarArchiveInputStream tar = new TarArchiveInputStream(tap, StandardCharsets.ISO_8859_1.name());
            tap.keep();
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                add(tar, entry, tap.headers());
                tar.skip(Long.MAX_VALUE);
                tap.keep();
            }
            if (!tap.endsWell()) {
                throw new EOFException("The tar stream ends before its end mark: whatever wrote it broke off. "
                        + "There is no snapshot; look at what that program said, and run it again.");
            }
            // What writes it may be waiting to write the rest of its last block.
            tap.transferTo(OutputStream.nullOutputStream());
            return Sink.await(root.store(sink));
        }

        private void add(TarArchiveInputStream tar, TarArchiveEntry entry, HeaderTap.Headers headers)
                throws IOException, InterruptedException {
            Optional<List<NodeName>> path = path(headers.name());
            if (path.isEmpty()) {
                lacking(Unread.Kind.MISSING, headers, "has a name that leads elsewhere");
                return;
            }
            if (path.get().isEmpty()) {
                // The root itself, which a snapshot knows nothing of.
                return;
            }
            if (entry.isLink()) {
                link(headers, path.get());
                return;
            }
            Optional<NodeKind> kind = kind(entry);
            if (kind.isEmpty()) {
                lacking(Unread.Kind.NOT_CARRIED, headers, "is of a kind that is not known: " + entry.getLinkFlag());
                return;
            }
            Node node = node(path.get().get(path.get().size() - 1), kind.get(), entry, headers);
            if (kind.get() != NodeKind.FILE) {
                root.put(path.get(), node, CompletableFuture.completedFuture(node));
                return;
            }
            Sink.Content content = sink.content(tar, cut);
            sink.tally().file(Tally.Change.ADDED, content.size());
            root.put(
                    path.get(),
                    node.withContent(List.of(), content.size()),
                    content.ids().thenApply(ids -> node.withContent(ids, content.size())));
        }

        private void link(HeaderTap.Headers headers, List<NodeName> path) {
            Optional<List<NodeName>> target = path(headers.link());
            if (target.isEmpty() || !root.link(target.get(), path)) {
                lacking(Unread.Kind.MISSING, headers, "is another name of what is not in the stream before it");
            }
        }

        private Node node(NodeName last, NodeKind kind, TarArchiveEntry entry, HeaderTap.Headers headers) {
            OffsetDateTime modified =
                    modified(entry, headers.records()).atZone(zone).toOffsetDateTime();
            boolean device = kind == NodeKind.DEVICE || kind == NodeKind.CHARACTER_DEVICE;
            if (kind == NodeKind.FILE) {
                inodes++;
            }
            return new Node(
                    last,
                    kind,
                    GoFileMode.of(kind, entry.getMode()),
                    modified,
                    modified,
                    modified,
                    (int) entry.getLongUserId(),
                    (int) entry.getLongGroupId(),
                    entry.getUserName(),
                    entry.getGroupName(),
                    kind == NodeKind.FILE ? inodes : 0,
                    0,
                    0,
                    kind == NodeKind.DIRECTORY ? 0 : 1,
                    kind == NodeKind.SYMLINK ? Optional.of(NodeName.of(headers.link())) : Optional.empty(),
                    attributes(headers),
                    device ? DeviceNumber.of(entry.getDevMajor(), entry.getDevMinor()) : 0,
                    Optional.empty(),
                    Optional.empty(),
                    "",
                    "");
        }

        private List<ExtendedAttribute> attributes(HeaderTap.Headers headers) {
            List<ExtendedAttribute> attributes = new ArrayList<>();
            headers.records().forEach((keyword, value) -> {
                if (keyword.startsWith(ATTRIBUTE)) {
                    attributes.add(new ExtendedAttribute(keyword.substring(ATTRIBUTE.length()), value));
                } else if (keyword.startsWith("SCHILY.acl.")) {
                    String which = keyword.substring("SCHILY.acl.".length());
                    Optional<byte[]> list = PosixAcl.attribute(new String(value, StandardCharsets.UTF_8));
                    if (list.isPresent()) {
                        attributes.add(new ExtendedAttribute("system.posix_acl_" + which, list.get()));
                    } else {
                        lacking(
                                Unread.Kind.NOT_CARRIED,
                                headers,
                                "has an access control list with names, not numbers, which is not carried; "
                                        + "tar --numeric-owner writes numbers");
                    }
                }
            });
            return attributes;
        }

        private void lacking(Unread.Kind kind, HeaderTap.Headers headers, String reason) {
            sink.report(new Unread(kind, new String(headers.name(), StandardCharsets.UTF_8), reason));
        }
    }

    private static Optional<NodeKind> kind(TarArchiveEntry entry) {
        if (entry.isDirectory()) {
            return Optional.of(NodeKind.DIRECTORY);
        }
        if (entry.isSymbolicLink()) {
            return Optional.of(NodeKind.SYMLINK);
        }
        if (entry.isFIFO()) {
            return Optional.of(NodeKind.FIFO);
        }
        if (entry.isBlockDevice()) {
            return Optional.of(NodeKind.DEVICE);
        }
        if (entry.isCharacterDevice()) {
            return Optional.of(NodeKind.CHARACTER_DEVICE);
        }
        return entry.isFile() ? Optional.of(NodeKind.FILE) : Optional.empty();
    }

    /** To the nanosecond where an extended header says so. */
    private static Instant modified(TarArchiveEntry entry, Map<String, byte[]> records) {
        Optional<String> record =
                Optional.ofNullable(records.get("mtime")).map(bytes -> new String(bytes, StandardCharsets.US_ASCII));
        if (record.isEmpty() || !record.get().matches("-?\\d{1,12}(\\.\\d{1,18})?")) {
            return entry.getLastModifiedTime().toInstant();
        }
        BigDecimal nanos = new BigDecimal(record.get()).movePointRight(9);
        return Instant.ofEpochSecond(
                Math.floorDiv(nanos.toBigInteger().longValue(), 1_000_000_000L),
                Math.floorMod(nanos.toBigInteger().longValue(), 1_000_000_000L));
    }

    /** The names of a path; empty if one of them leads elsewhere. */
    private static Optional<List<NodeName>> path(byte[] bytes) {
        List<NodeName> names = new ArrayList<>();
        int from = 0;
        for (int at = 0; at <= bytes.length; at++) {
            if (at == bytes.length || bytes[at] == '/') {
                NodeName name = NodeName.of(Arrays.copyOfRange(bytes, from, at));
                from = at + 1;
                if (name.safe()) {
                    names.add(name);
                } else if (!name.toString().isEmpty() && !name.toString().equals(".")) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(names);
    }
}
