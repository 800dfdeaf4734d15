package dev.prodstack.backup.source;

import dev.prodstack.backup.tree.ExtendedAttribute;
import dev.prodstack.backup.tree.GoFileMode;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.backup.tree.NodeKind;
import dev.prodstack.backup.tree.NodeName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.security.Principal;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Reads what the file system knows of a file: everything but its content. */
final class NodeReader {
    private static final String FIELDS = "unix:mode,ino,dev,rdev,nlink,uid,gid,ctime,lastModifiedTime,size";

    private final ZoneId zone = ZoneId.systemDefault();
    private final Map<Integer, String> users = new ConcurrentHashMap<>();
    private final Map<Integer, String> groups = new ConcurrentHashMap<>();

    Node read(Path path) throws IOException, UnreadableException {
        try {
            return node(path, new Fields(Files.readAttributes(path, FIELDS, LinkOption.NOFOLLOW_LINKS)));
        } catch (FileSystemException e) {
            throw UnreadableException.of(e);
        }
    }

    private Node node(Path path, Fields fields) throws IOException {
        int mode = fields.number("mode").intValue();
        NodeKind kind = NodeKind.ofUnixMode(mode);
        int uid = fields.number("uid").intValue();
        int gid = fields.number("gid").intValue();
        OffsetDateTime modified = time(fields.time("lastModifiedTime"));
        boolean device = kind == NodeKind.DEVICE || kind == NodeKind.CHARACTER_DEVICE;
        boolean linked = kind == NodeKind.FILE || kind == NodeKind.SYMLINK || device;
        Optional<NodeName> target = kind == NodeKind.SYMLINK
                ? Optional.of(NodeName.of(bytes(Files.readSymbolicLink(path))))
                : Optional.empty();
        return new Node(
                name(path),
                kind,
                GoFileMode.of(kind, mode),
                modified,
                modified,
                time(fields.time("ctime")),
                uid,
                gid,
                principal(users, uid, path, "posix:owner"),
                principal(groups, gid, path, "posix:group"),
                fields.number("ino").longValue(),
                fields.number("dev").longValue(),
                kind == NodeKind.FILE ? fields.number("size").longValue() : 0,
                linked ? fields.number("nlink").longValue() : 0,
                target,
                kind == NodeKind.FILE || kind == NodeKind.DIRECTORY ? attributes(path) : List.of(),
                device ? fields.number("rdev").longValue() : 0,
                Optional.empty(),
                Optional.empty(),
                "",
                "");
    }

    private OffsetDateTime time(FileTime time) {
        return time.toInstant().atZone(zone).toOffsetDateTime();
    }

    /** The name of a number, or nothing if it has none, for which Java gives the number. */
    private static String principal(Map<Integer, String> known, int number, Path path, String attribute)
            throws IOException {
        String name = known.get(number);
        if (name == null) {
            name = ((Principal) Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS)).getName();
            name = name.equals(Integer.toString(number)) ? "" : name;
            known.put(number, name);
        }
        return name;
    }

    private static List<ExtendedAttribute> attributes(Path path) throws IOException {
        UserDefinedFileAttributeView view =
                Files.getFileAttributeView(path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        List<ExtendedAttribute> attributes = new ArrayList<>();
        if (view == null) {
            return attributes;
        }
        List<String> names;
        try {
            names = view.list();
        } catch (FileSystemException e) {
            // The file system has none.
            return attributes;
        }
        for (String name : names) {
            ByteBuffer value = ByteBuffer.allocate(view.size(name));
            view.read(name, value);
            attributes.add(new ExtendedAttribute("user." + name, value.array()));
        }
        return attributes;
    }

    /** The last name of a path. */
    static NodeName name(Path path) {
        return NodeName.of(bytes(path.getFileName()));
    }

    /** A relative path as the file system has it. What is not ASCII Java may have replaced, but not in the URI. */
    private static byte[] bytes(Path path) {
        String text = path.toString();
        if (text.chars().allMatch(c -> c > 0 && c < 0x80)) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
        boolean relative = !path.isAbsolute();
        Path whole = relative ? Path.of("/").resolve(path) : path;
        String uri = whole.toUri().getRawPath();
        ByteArrayOutputStream out = new ByteArrayOutputStream(uri.length());
        for (int at = relative ? 1 : 0; at < uri.length(); at++) {
            if (uri.charAt(at) == '%') {
                out.write(HexFormat.fromHexDigits(uri, at + 1, at + 3));
                at += 2;
            } else {
                out.write(uri.charAt(at));
            }
        }
        return out.toByteArray();
    }

    /** What the file system says of one file, by Java's names. */
    private record Fields(Map<String, Object> values) {
        Number number(String name) {
            return (Number) value(name);
        }

        FileTime time(String name) {
            return (FileTime) value(name);
        }

        private Object value(String name) {
            return Objects.requireNonNull(values.get(name), name);
        }
    }
}
