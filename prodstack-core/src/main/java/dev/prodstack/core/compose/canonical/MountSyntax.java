package dev.prodstack.core.compose.canonical;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The short syntax of a mount, {@code [source:]target[:option,...]}. */
final class MountSyntax {
    private static final Set<String> PROPAGATIONS =
            Set.of("rprivate", "private", "rshared", "shared", "rslave", "slave");

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
        boolean drive = path.length() >= 2 && Character.isLetter(path.charAt(0)) && path.charAt(1) == ':';
        return path.startsWith("\\\\")
                || (drive && (path.length() == 2 || path.charAt(2) == '\\' || path.charAt(2) == '/'));
    }

    /** At colons, except the one behind a Windows drive letter. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean drive = i == start + 1 && isWindowsPath(text.substring(start)) && i + 1 < text.length();
            if (text.charAt(i) == ':' && !drive) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
