package dev.prodstack.core.backup;

import java.util.List;

/**
 * What is backed up of one service.
 *
 * @param sources the sources, in the order in which they are read; at least one, and no two that name the same data
 */
public record BackupPolicy(List<BackupSource> sources) {
    /** Checks that there is a source, and each once. */
    public BackupPolicy {
        sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("a backup needs at least one source");
        }
        List<String> names = sources.stream().map(BackupSource::name).toList();
        for (String name : names) {
            if (names.indexOf(name) != names.lastIndexOf(name)) {
                throw new IllegalArgumentException("the source " + name + " is given twice");
            }
        }
    }
}
