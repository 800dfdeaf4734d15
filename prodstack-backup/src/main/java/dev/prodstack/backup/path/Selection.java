package dev.prodstack.backup.path;

import java.util.List;

/**
 * Which files of a tree are meant.
 *
 * @param include patterns, one of which must match; every path where there are none
 * @param exclude patterns, none of which may match
 */
public record Selection(List<PathPattern> include, List<PathPattern> exclude) {
    /** Everything. */
    public static final Selection ALL = new Selection(List.of(), List.of());

    /** Copies the lists. */
    public Selection {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    /**
     * From patterns as text.
     *
     * @throws IllegalArgumentException if one is none
     */
    public static Selection of(List<String> include, List<String> exclude) {
        return new Selection(
                include.stream().map(PathPattern::parse).toList(),
                exclude.stream().map(PathPattern::parse).toList());
    }

    /** Whether a path, which begins with a slash, is meant. */
    public boolean contains(String path) {
        return (include.isEmpty() || include.stream().anyMatch(pattern -> pattern.matches(path))) && !excludes(path);
    }

    /** Whether something in a directory may be meant. */
    public boolean reaches(String directory) {
        return (include.isEmpty() || include.stream().anyMatch(pattern -> pattern.mayMatchBelow(directory)))
                && !excludes(directory);
    }

    private boolean excludes(String path) {
        return exclude.stream().anyMatch(pattern -> pattern.matches(path));
    }
}
