package dev.prodstack.backup.restore;

import dev.prodstack.backup.tree.NodeName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Paths from bytes and back. Java's paths keep any bytes, but their texts do not: an URI takes them across. */
final class RawPath {
    private RawPath() {}

    /** A name below a directory. It is safe, so it cannot leave it. */
    static Path child(Path directory, NodeName name) {
        byte[] bytes = name.bytes();
        StringBuilder uri = new StringBuilder("file:///");
        for (byte b : bytes) {
            uri.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
        }
        return directory.resolve(Path.of(URI.create(uri.toString())).getFileName());
    }

    /** What a symbolic link holds. */
    static NodeName linkTarget(Path link) throws IOException {
        Path target = Files.readSymbolicLink(link);
        if (target.toString().chars().allMatch(c -> c > 0 && c < 0x80)) {
            return NodeName.of(target.toString());
        }
        if (target.isAbsolute()) {
            return NodeName.of(bytes(target));
        }
        byte[] whole = bytes(Path.of("/").resolve(target));
        return NodeName.of(Arrays.copyOfRange(whole, 1, whole.length));
    }

    /** The path that a symbolic link is to hold; empty where Java would not keep its bytes, such as a last slash. */
    static Optional<Path> target(NodeName target) {
        byte[] bytes = target.bytes();
        boolean absolute = bytes.length > 0 && bytes[0] == '/';
        StringBuilder uri = new StringBuilder("file:///");
        for (byte b : bytes) {
            uri.append(b == '/' ? "/" : "%" + HexFormat.of().withUpperCase().toHexDigits(b));
        }
        Path whole = Path.of(URI.create(uri.toString()));
        byte[] kept = bytes(whole);
        byte[] wanted = new byte[absolute ? bytes.length : bytes.length + 1];
        wanted[0] = '/';
        System.arraycopy(bytes, 0, wanted, wanted.length - bytes.length, bytes.length);
        if (whole.getNameCount() == 0 || !Arrays.equals(kept, wanted)) {
            return Optional.empty();
        }
        return Optional.of(absolute ? whole : whole.subpath(0, whole.getNameCount()));
    }

    /** The last name of an absolute path. */
    static NodeName name(Path path) {
        byte[] whole = bytes(path);
        int from = whole.length;
        while (from > 0 && whole[from - 1] != '/') {
            from--;
        }
        return NodeName.of(Arrays.copyOfRange(whole, from, whole.length));
    }

    /** The bytes of an absolute path. */
    static byte[] bytes(Path path) {
        String uri = path.toUri().getRawPath();
        ByteArrayOutputStream out = new ByteArrayOutputStream(uri.length());
        int end = uri.length() > 1 && uri.endsWith("/") ? uri.length() - 1 : uri.length();
        for (int at = 0; at < end; at++) {
            if (uri.charAt(at) == '%') {
                out.write(HexFormat.fromHexDigits(uri, at + 1, at + 3));
                at += 2;
            } else {
                out.write(uri.charAt(at));
            }
        }
        return out.toByteArray();
    }
}
