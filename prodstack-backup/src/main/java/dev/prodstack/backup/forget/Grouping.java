package dev.prodstack.backup.forget;

import dev.prodstack.backup.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which snapshots a policy looks at together.
 *
 * @param keys what those of one group have in common
 */
public record Grouping(Set<Key> keys) {
    /** Those of the same paths on the same host. */
    public static final Grouping STANDARD = new Grouping(Set.of(Key.HOST, Key.PATHS));

    /** All together. */
    public static final Grouping NONE = new Grouping(Set.of());

    /** Copies. */
    public Grouping {
        keys = Set.copyOf(keys);
    }

    Group of(Snapshot snapshot) {
        return new Group(
                keys.contains(Key.HOST) ? Optional.of(snapshot.hostname()) : Optional.empty(),
                keys.contains(Key.PATHS) ? Optional.of(sorted(snapshot.paths())) : Optional.empty(),
                keys.contains(Key.TAGS) ? Optional.of(sorted(snapshot.tags())) : Optional.empty());
    }

    private static List<String> sorted(List<String> texts) {
        return texts.stream().sorted().toList();
    }

    /** What snapshots may have in common. */
    public enum Key {
        /** The host. */
        HOST,
        /** The paths, in any order. */
        PATHS,
        /** The tags, in any order. */
        TAGS
    }

    /**
     * What the snapshots of a group have in common.
     *
     * @param host the host, if it counts
     * @param paths the paths in order, if they count
     * @param tags the tags in order, if they count
     */
    public record Group(Optional<String> host, Optional<List<String>> paths, Optional<List<String>> tags) {
        /** Copies. */
        public Group {
            paths = paths.map(List::copyOf);
            tags = tags.map(List::copyOf);
        }

        /** Such as {@code host db1, paths /var/lib}. */
        @Override
        public String toString() {
            String text = host.map(name -> ", host " + name).orElse("")
                    + paths.map(list -> ", paths " + String.join(" ", list)).orElse("")
                    + tags.map(list -> ", tags " + (list.isEmpty() ? "none" : String.join(" ", list)))
                            .orElse("");
            return text.isEmpty() ? "all" : text.substring(2);
        }
    }
}
