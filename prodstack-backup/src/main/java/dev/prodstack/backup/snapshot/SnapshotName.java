package dev.prodstack.backup.snapshot;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person calls a snapshot: {@code latest}, or the first digits of its id, and perhaps a path in it, as in
 * {@code latest:/srv/shop}.
 *
 * @param word {@code latest}, or one digit or more
 * @param path a path in the snapshot; {@code /} for the whole
 */
public record SnapshotName(String word, String path) {
    /** The word for the newest. */
    public static final String LATEST = "latest";

    private static final Pattern FORM = Pattern.compile("(latest|[0-9a-f]{1,64})(?::(.*))?", Pattern.DOTALL);

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static SnapshotName parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("expected latest or the first digits of a snapshot's id");
        }
        String path = form.group(2) == null || form.group(2).isEmpty() ? "/" : form.group(2);
        return new SnapshotName(form.group(1), path.startsWith("/") ? path : "/" + path);
    }

    /**
     * The one that is meant.
     *
     * @param snapshots all there are, oldest first
     * @param filter which ones {@code latest} chooses from
     * @throws NoSuchElementException if there is none, or more than one; the message says which
     */
    public StoredSnapshot in(List<StoredSnapshot> snapshots, SnapshotFilter filter) {
        if (word.equals(LATEST)) {
            return filter.of(snapshots).stream()
                    .reduce((earlier, later) -> later)
                    .orElseThrow(() -> new NoSuchElementException(
                            snapshots.isEmpty()
                                    ? "there is no snapshot yet"
                                    : "none of the " + snapshots.size() + " snapshots is of that host, tag or path"));
        }
        List<StoredSnapshot> found = snapshots.stream()
                .filter(stored -> stored.id().toString().startsWith(word))
                .toList();
        if (found.size() != 1) {
            throw new NoSuchElementException(
                    found.isEmpty()
                            ? "there is no snapshot " + word
                            : found.size() + " snapshots begin with " + word + "; give more digits");
        }
        return found.get(0);
    }
}
