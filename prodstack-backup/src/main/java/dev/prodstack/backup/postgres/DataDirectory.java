package dev.prodstack.backup.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The data directory of a server that does not run, whose content is replaced so that it can be put back. What is new
 * is made in a folder inside, and takes the place of what was there only once it is whole; that goes to another folder
 * inside, until it is settled which of the two is kept. Both are on the same file system, so files only change their
 * names. It may break off anywhere and is begun again.
 *
 * @param path the directory
 */
public record DataDirectory(Path path) {
    /** The folder in which the new content is made. */
    static final String NEW = "prodstack_new";

    /** The folder with what was there before. */
    static final String REPLACED = "prodstack_replaced";

    /** In that folder, once all of it is there. */
    static final String WHOLE = "prodstack_whole";

    /** The folder with what was there before, while it is removed. */
    static final String DROPPED = "prodstack_dropped";

    private static final String LOST_AND_FOUND = "lost+found";

    /** Makes content in an empty folder. */
    public interface Making {
        /** Makes it. */
        void into(Path folder) throws IOException, InterruptedException;
    }

    /** What becomes of the content that is replaced. */
    public enum Old {
        /** It stays until {@link #keepNew} or {@link #putBack}. */
        KEPT,
        /** That of an attempt which never ended stays; what this one made is removed. */
        KEPT_BEFORE,
        /** It is removed first. */
        REMOVED
    }

    /** Replaces the content. If the new one cannot be made, the old one is as it was, unless it was to be removed. */
    public void replace(Old old, Making making) throws IOException, InterruptedException {
        Files.createDirectories(path);
        Path fresh = path.resolve(NEW);
        Path aside = path.resolve(REPLACED);
        remove(path.resolve(DROPPED));
        if (old == Old.REMOVED) {
            clear(List.of());
        } else if (!Files.exists(aside.resolve(WHOLE))) {
            putBack();
        } else if (old == Old.KEPT_BEFORE) {
            clear(List.of(REPLACED));
        } else {
            keepNew();
        }
        remove(fresh);
        try {
            making.into(fresh);
        } catch (IOException | InterruptedException e) {
            remove(fresh);
            throw e;
        }
        if (old != Old.REMOVED && !Files.exists(aside.resolve(WHOLE))) {
            Files.createDirectories(aside);
            moveAll(path, aside, List.of(NEW, REPLACED, LOST_AND_FOUND));
            Files.createFile(aside.resolve(WHOLE));
        }
        moveAll(fresh, path, List.of());
        Files.setAttribute(path, "unix:uid", Files.getAttribute(fresh, "unix:uid"));
        Files.setAttribute(path, "unix:gid", Files.getAttribute(fresh, "unix:gid"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        Files.delete(fresh);
    }

    /** Puts back what was there, if anything was replaced and kept. */
    public void putBack() throws IOException {
        Path aside = path.resolve(REPLACED);
        if (!Files.exists(aside)) {
            return;
        }
        if (Files.exists(aside.resolve(WHOLE))) {
            clear(List.of(REPLACED));
            // From here on what is beside the folder was in it.
            Files.delete(aside.resolve(WHOLE));
        }
        moveAll(aside, path, List.of());
        Files.delete(aside);
    }

    /** Removes what was there before. */
    public void keepNew() throws IOException {
        Path aside = path.resolve(REPLACED);
        if (Files.exists(aside)) {
            // Half of it must not be put back.
            Files.move(aside, path.resolve(DROPPED));
        }
        remove(path.resolve(DROPPED));
    }

    private static void moveAll(Path from, Path to, List<String> except) throws IOException {
        for (Path entry : entries(from)) {
            if (!except.contains(entry.getFileName().toString())) {
                Files.move(entry, to.resolve(entry.getFileName()));
            }
        }
    }

    private void clear(List<String> except) throws IOException {
        for (Path entry : entries(path)) {
            String name = entry.getFileName().toString();
            if (!except.contains(name) && !name.equals(LOST_AND_FOUND)) {
                remove(entry);
            }
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    private static void remove(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(tree)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) {
            Files.delete(one);
        }
    }
}
