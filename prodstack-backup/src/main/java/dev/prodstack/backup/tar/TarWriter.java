package dev.prodstack.backup.tar;

import dev.prodstack.backup.browse.Entry;
import dev.prodstack.backup.browse.SnapshotFiles;
import dev.prodstack.backup.tree.DeviceNumber;
import dev.prodstack.backup.tree.ExtendedAttribute;
import dev.prodstack.backup.tree.GoFileMode;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.backup.tree.NodeKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes files of a snapshot as a tar stream that GNU tar, bsdtar and {@code docker cp} read. Names, targets and
 * attributes are kept to the byte.
 */
public final class TarWriter implements AutoCloseable {
    /** What an octal field of a header holds at most. */
    private static final long MOST_ID = 07777777;

    private static final int MOST_NAME = 99;

    private final SnapshotFiles files;
    private final TarArchiveOutputStream out;
    private final BiConsumer<String, String> lacking;
    private final Map<LinkKey, byte[]> firstNames = new HashMap<>();

    /** The names as bytes of the directories that were written. */
    private final Map<String, byte[]> directories = new HashMap<>();

    /**
     * Writes to a stream, which is closed by {@link #close()}.
     *
     * @param lacking is told of what a tar stream cannot carry: the path, and what continues it
     */
    public TarWriter(SnapshotFiles files, OutputStream out, BiConsumer<String, String> lacking) {
        this.files = files;
        this.lacking = lacking;
        // Names are bytes: this character set has one character for each.
        this.out = new TarArchiveOutputStream(out, StandardCharsets.ISO_8859_1.name());
        this.out.setLongFileMode(TarArchiveOutputStream.LONGFILE_TRUNCATE);
        this.out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
    }

    private record LinkKey(long device, long inode, Object content) {}

    /** Writes everything, with the paths that it has in the snapshot. */
    public void all() throws IOException {
        files.walk(entry -> add(entry, entry.path()));
    }

    /** Writes what is below a directory, with paths from there. */
    public void below(Entry directory) throws IOException {
        int skip = directory.path().length();
        files.walk(directory, entry -> add(entry, entry.path().substring(skip)));
    }

    private boolean add(Entry entry, String path) throws IOException {
        Node node = entry.node();
        if (node.kind() == NodeKind.SOCKET) {
            lacking.accept(entry.path(), "is a socket, which a tar stream cannot hold");
            return false;
        }
        byte[] name = name(path, node);
        Optional<byte[]> link = link(node, name);
        byte type = link.isPresent() && node.kind() == NodeKind.FILE ? TarConstants.LF_LINK : type(node.kind());
        boolean content = type == TarConstants.LF_NORMAL;
        Optional<byte[]> records = records(entry, name, link, content);
        if (records.isPresent()) {
            extended(records.get());
        }
        TarArchiveEntry header = new TarArchiveEntry(latin(shortened(name)), type);
        header.setSize(content ? node.size() : 0);
        header.setMode(GoFileMode.unix(node.mode()));
        header.setUserId((int) Math.min(MOST_ID, Integer.toUnsignedLong(node.uid())));
        header.setGroupId((int) Math.min(MOST_ID, Integer.toUnsignedLong(node.gid())));
        header.setUserName(node.user());
        header.setGroupName(node.group());
        header.setLastModifiedTime(
                FileTime.from(Math.max(0, node.modified().toInstant().getEpochSecond()), TimeUnit.SECONDS));
        link.ifPresent(target -> header.setLinkName(latin(shortened(target))));
        device(node, header);
        out.putArchiveEntry(header);
        if (content) {
            files.content(node, out);
        }
        out.closeArchiveEntry();
        return true;
    }

    private static byte type(NodeKind kind) {
        return switch (kind) {
            case DIRECTORY -> TarConstants.LF_DIR;
            case SYMLINK -> TarConstants.LF_SYMLINK;
            case DEVICE -> TarConstants.LF_BLK;
            case CHARACTER_DEVICE -> TarConstants.LF_CHR;
            case FIFO -> TarConstants.LF_FIFO;
            case FILE, SOCKET -> TarConstants.LF_NORMAL;
        };
    }

    /** The bytes of a path, relative. Only its last name is known as bytes; those above are directories' own. */
    private byte[] name(String path, Node node) {
        int slash = path.lastIndexOf('/');
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        String above = path.substring(0, path.length() - node.name().toString().length());
        name.writeBytes(directories.getOrDefault(above, above.getBytes(StandardCharsets.UTF_8)));
        name.writeBytes(node.name().bytes());
        if (node.kind() == NodeKind.DIRECTORY) {
            name.write('/');
            directories.put(path + "/", name.toByteArray());
        }
        byte[] bytes = name.toByteArray();
        return slash >= 0 && bytes[0] == '/' ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private Optional<byte[]> link(Node node, byte[] name) {
        if (node.kind() == NodeKind.SYMLINK) {
            return node.target().map(target -> target.bytes());
        }
        if (node.kind() != NodeKind.FILE || node.links() < 2 || node.inode() == 0) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                firstNames.putIfAbsent(new LinkKey(node.deviceId(), node.inode(), node.content()), name));
    }

    private Optional<byte[]> records(Entry entry, byte[] name, Optional<byte[]> link, boolean content) {
        Node node = entry.node();
        PaxRecords records = new PaxRecords();
        if (!plain(name)) {
            records.add("path", name);
        }
        if (link.isPresent() && !plain(link.get())) {
            records.add("linkpath", link.get());
        }
        Instant modified = node.modified().toInstant();
        if (modified.getNano() != 0 || modified.getEpochSecond() < 0) {
            records.add("mtime", seconds(modified));
        }
        if (Integer.toUnsignedLong(node.uid()) > MOST_ID) {
            records.add("uid", Integer.toUnsignedString(node.uid()));
        }
        if (Integer.toUnsignedLong(node.gid()) > MOST_ID) {
            records.add("gid", Integer.toUnsignedString(node.gid()));
        }
        if (content || node.kind() == NodeKind.DIRECTORY) {
            node.attributes().forEach(attribute -> attribute(entry, attribute, records));
        }
        byte[] bytes = records.bytes();
        return bytes.length == 0 ? Optional.empty() : Optional.of(bytes);
    }

    private void attribute(Entry entry, ExtendedAttribute attribute, PaxRecords records) {
        String list = switch (attribute.name()) {
            case "system.posix_acl_access" -> "SCHILY.acl.access";
            case "system.posix_acl_default" -> "SCHILY.acl.default";
            default -> "";
        };
        if (list.isEmpty()) {
            records.add("SCHILY.xattr." + attribute.name(), attribute.value());
            return;
        }
        Optional<String> text = PosixAcl.text(attribute.value());
        if (text.isPresent()) {
            records.add(list, text.get());
        } else {
            lacking.accept(entry.path(), "has an access control list that is not understood, and not carried");
        }
    }

    /** Rounds down, as times before 1970 count backwards. */
    private static String seconds(Instant time) {
        if (time.getEpochSecond() >= 0 || time.getNano() == 0) {
            return String.format("%d.%09d", time.getEpochSecond(), time.getNano());
        }
        return String.format("-%d.%09d", -time.getEpochSecond() - 1, 1_000_000_000 - time.getNano());
    }

    /** An extended header is an entry of its own, before the one that it is about. */
    private void extended(byte[] records) throws IOException {
        TarArchiveEntry header = new TarArchiveEntry("./PaxHeaders/entry", TarConstants.LF_PAX_EXTENDED_HEADER_LC);
        header.setSize(records.length);
        header.setLastModifiedTime(FileTime.fromMillis(0));
        out.putArchiveEntry(header);
        out.write(records);
        out.closeArchiveEntry();
    }

    private static void device(Node node, TarArchiveEntry header) {
        if (node.kind() == NodeKind.DEVICE || node.kind() == NodeKind.CHARACTER_DEVICE) {
            header.setDevMajor((int) DeviceNumber.major(node.device()));
            header.setDevMinor((int) DeviceNumber.minor(node.device()));
        }
    }

    private static boolean plain(byte[] name) {
        if (name.length > MOST_NAME) {
            return false;
        }
        for (byte b : name) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] shortened(byte[] name) {
        return name.length > MOST_NAME ? Arrays.copyOf(name, MOST_NAME) : name;
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Ends the stream. */
    @Override
    public void close() throws IOException {
        out.close();
    }
}
