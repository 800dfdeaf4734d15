package dev.prodstack.backup.server;

import dev.prodstack.backup.Backup;
import dev.prodstack.backup.snapshot.Snapshot;
import dev.prodstack.backup.source.Source;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a snapshot is of. It stands in the snapshot's labels, so that {@code restic snapshots --tag stack=shop} finds it
 * too. The snapshot's host is the stack: jobs run on any node, and the snapshot before is found by host and paths.
 *
 * @param stack the stack's name
 * @param service the service's key
 * @param source what the policy calls the source, such as {@code postgres}
 * @param backup the id of the backup that it is part of
 */
public record Origin(String stack, String service, String source, String backup) {
    /** Checks that nothing is blank, and that labels can hold it. */
    public Origin {
        for (String word : List.of(stack, service, source, backup)) {
            if (word.isBlank() || word.contains(",")) {
                throw new IllegalArgumentException("expected a name without commas, not \"" + word + "\"");
            }
        }
    }

    /** The labels of a snapshot that holds one kind of it, such as {@code dump}. */
    public List<String> tags(String kind) {
        Objects.requireNonNull(kind, "kind");
        return List.of("stack=" + stack, "service=" + service, "source=" + source, "backup=" + backup, "kind=" + kind);
    }

    /** The same in whatever backup: what a search for all of a source's snapshots of one kind asks for. */
    public List<String> tagsOfAnyBackup(String kind) {
        return tags(kind).stream().filter(tag -> !tag.startsWith("backup=")).toList();
    }

    /** What a kind of it is called in lists of snapshots: {@code postgres.base}. No slashes. */
    public String name(String kind) {
        return (service + "." + kind).replace('/', '_');
    }

    /** A backup of a source with these labels, on the host that is the stack. */
    public Backup backup(Source what, String kind) {
        return Backup.of(what).onHost(stack).tagged(tags(kind).toArray(String[]::new));
    }

    /** What labels of a snapshot say, by the word before the equals sign; empty if it has none such. */
    public static Optional<String> label(Snapshot snapshot, String word) {
        String before = word + "=";
        return snapshot.tags().stream()
                .filter(tag -> tag.startsWith(before))
                .map(tag -> tag.substring(before.length()))
                .findFirst();
    }
}
