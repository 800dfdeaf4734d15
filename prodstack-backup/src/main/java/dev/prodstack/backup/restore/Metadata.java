package dev.prodstack.backup.restore;

import dev.prodstack.backup.tree.ExtendedAttribute;
import dev.prodstack.backup.tree.GoFileMode;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.backup.tree.NodeKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * Gives files their owners, attributes, modes and times, in this order: a new owner takes set-id bits away, and
 * whatever is written changes times. What cannot be set is listed.
 */
final class Metadata {
    private static final int SET_ID = 06000;
    private static final String USER = "user.";

    private final Lacks lacks;
    private final Commands commands;

    Metadata(Lacks lacks, Commands commands) {
        this.lacks = lacks;
        this.commands = commands;
    }

    /**
     * Applies it to a path where the thing lies now, and later commands to where it will lie.
     *
     * @param item what is restored
     * @param now where it lies, perhaps under a name for a while
     */
    void apply(Item item, Path now) {
        Node node = item.node();
        boolean owned = owner(item, now);
        if (node.kind() == NodeKind.FILE || node.kind() == NodeKind.DIRECTORY) {
            attributes(item, now);
        }
        if (node.kind() != NodeKind.SYMLINK) {
            mode(item, now, owned);
        }
        times(item, now);
    }

    private boolean owner(Item item, Path now) {
        Node node = item.node();
        try {
            Map<String, Object> there = Files.readAttributes(now, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
            if (!Objects.equals(there.get("gid"), node.gid())) {
                Files.setAttribute(now, "unix:gid", node.gid(), LinkOption.NOFOLLOW_LINKS);
            }
            if (!Objects.equals(there.get("uid"), node.uid())) {
                Files.setAttribute(now, "unix:uid", node.uid(), LinkOption.NOFOLLOW_LINKS);
            }
            return true;
        } catch (IOException e) {
            lacks.metadata(
                    item,
                    "does not get its owner " + Integer.toUnsignedString(node.uid()) + ":"
                            + Integer.toUnsignedString(node.gid()) + ": " + Lacks.words(e));
            return false;
        }
    }

    private void mode(Item item, Path now, boolean owned) {
        int wanted = GoFileMode.unix(item.node().mode());
        // To run as whoever restores is not what a set-id bit was there for.
        int mode = owned ? wanted : wanted & ~SET_ID;
        try {
            int there = (Integer) Files.getAttribute(now, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
            if (there != mode) {
                Files.setAttribute(now, "unix:mode", mode);
            }
            if (mode != wanted) {
                lacks.metadata(item, "does not get its set-id bits, as it does not have its owner");
            }
        } catch (IOException e) {
            lacks.metadata(item, "does not get its mode " + Integer.toOctalString(wanted) + ": " + Lacks.words(e));
        }
    }

    private void attributes(Item item, Path now) {
        for (ExtendedAttribute attribute : item.node().attributes()) {
            if (!attribute.name().startsWith(USER)) {
                commands.attribute(item, attribute);
                continue;
            }
            try {
                UserDefinedFileAttributeView view = Objects.requireNonNull(
                        Files.getFileAttributeView(now, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS));
                String name = attribute.name().substring(USER.length());
                if (!there(view, name, attribute.value())) {
                    view.write(name, ByteBuffer.wrap(attribute.value()));
                }
            } catch (IOException e) {
                lacks.metadata(item, "does not get its attribute " + attribute.name() + ": " + Lacks.words(e));
            }
        }
    }

    private static boolean there(UserDefinedFileAttributeView view, String name, byte[] value) {
        try {
            ByteBuffer present = ByteBuffer.allocate(view.size(name));
            view.read(name, present);
            return Arrays.equals(present.array(), value);
        } catch (FileSystemException e) {
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    private void times(Item item, Path now) {
        Node node = item.node();
        Instant modified = node.modified().toInstant();
        if (node.kind() != NodeKind.FILE && node.kind() != NodeKind.DIRECTORY && node.kind() != NodeKind.SYMLINK) {
            // Java would open it, and wait for whoever writes to a pipe.
            commands.times(item);
            return;
        }
        try {
            if (modified(now).equals(modified)) {
                return;
            }
            Files.getFileAttributeView(now, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(
                            FileTime.from(modified),
                            FileTime.from(node.accessed().toInstant()),
                            null);
            if (!modified(now).equals(modified)) {
                // Of links Java 17 sets microseconds, and of files no time before 1970.
                commands.times(item);
            }
        } catch (IOException e) {
            lacks.metadata(item, "does not get its time " + modified + ": " + Lacks.words(e));
        }
    }

    private static Instant modified(Path path) throws IOException {
        return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
    }
}
