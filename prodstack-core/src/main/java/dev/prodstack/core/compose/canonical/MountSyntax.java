package dev.prodstack.core.compose.canonical;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The short syntax of a mount, {@code [source:]target[:option,...]}. */
final class MountSyntax {
    private static final Set<String> PROPAGATIONS =
            Set.of("rprivate", "private", "rshared", "shared", "rslave", "slave");

    private static final Pattern DRIVE = Pattern.compile("[a-zA-Z]:(?:[/\\\\]|$)");
    private static final Pattern DRIVE_IN_SHORT_FORM = Pattern.compile("[a-zA-Z]:(?:\\\\|/[^:]*:(?:/|[a-zA-Z]:))");

    /**
     * The parts of a mount.
     *
     * @param source a volume's key or a path; empty for an anonymous volume
     * @param target the path in the container
     * @param options what stands behind the target, split at commas
     */
    record Parts(String source, String target, List<String> options) {

        /** Whether the source is a path on the node rather than a volume's key. */
        boolean isHostPath() {
            return source.startsWith(".") || source.startsWith("/") || source.startsWith("~") || isWindowsPath(source);
        }
    }

    private MountSyntax() {}

    /**
     * Splits a short form.
     *
     * @throws IllegalArgumentException if the text is no short form of a mount
     */
    static Parts parse(String text) {
        List<String> parts = split(text);
        boolean malformed = parts.size() > 3 || parts.stream().anyMatch(String::isEmpty);
        if (malformed) {
            throw new IllegalArgumentException("expected a mount such as data:/var/lib/data or ./conf:/etc/conf:ro");
        }
        if (parts.size() == 1) {
            return new Parts("", parts.get(0), List.of());
        }
        List<String> options = parts.size() == 3 ? List.of(parts.get(2).split(",", -1)) : List.of();
        return new Parts(parts.get(0), parts.get(1), options);
    }

    /**
     * An option that says how mounts propagate.
     *
     * @throws IllegalArgumentException if the option is none, nor any other that a mount knows
     */
    static String propagation(String option) {
        if (!PROPAGATIONS.contains(option)) {
            throw new IllegalArgumentException(
                    "expected ro, rw, nocopy, z, Z or a propagation such as rslave behind the " + "target, not \""
                            + option + "\"");
        }
        return option;
    }

    static boolean isWindowsPath(String path) {
        return path.startsWith("\\\\") || DRIVE.matcher(path).lookingAt();
    }

    /**
     * At colons, except the one behind a Windows drive letter. {@code d:/data} is the volume {@code d} at
     * {@code /data}: with forward slashes, a drive is one only if another path follows, as in {@code d:/data:/srv}.
     */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean drive = i == start + 1
                    && DRIVE_IN_SHORT_FORM.matcher(text.substring(start)).lookingAt();
            if (text.charAt(i) == ':' && !drive) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
