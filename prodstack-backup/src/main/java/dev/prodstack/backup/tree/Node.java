package dev.prodstack.backup.tree;

import dev.prodstack.backup.blob.ContentId;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One name in a directory; restic design document, "Trees and Data". What does not apply is 0 or empty, as in the
 * format.
 *
 * @param name its name
 * @param kind what it is
 * @param mode as {@link GoFileMode} has it
 * @param modified when its content changed
 * @param accessed when it was read; the same as {@code modified} unless asked for, as otherwise reading changes trees
 * @param changed when its inode changed
 * @param uid the number of its owner
 * @param gid the number of its group
 * @param user the name of its owner, if that has one
 * @param group the name of its group, if that has one
 * @param inode its number in its file system
 * @param deviceId the number of its file system; only of hard links, as it changes when a disk is mounted again
 * @param size in bytes, of files
 * @param links how many names it has, of what is no directory
 * @param target of a symbolic link: bytes, which need not be UTF-8
 * @param attributes its extended attributes
 * @param device the number of a device
 * @param content of files: the chunks
 * @param subtree of directories: their tree
 * @param generic attributes of other systems, as a JSON object; kept as they are
 * @param error what went wrong when it was read, as restic notes it; empty if nothing did
 */
public record Node(
        NodeName name,
        NodeKind kind,
        int mode,
        OffsetDateTime modified,
        OffsetDateTime accessed,
        OffsetDateTime changed,
        int uid,
        int gid,
        String user,
        String group,
        long inode,
        long deviceId,
        long size,
        long links,
        Optional<NodeName> target,
        List<ExtendedAttribute> attributes,
        long device,
        Optional<List<ContentId>> content,
        Optional<ContentId> subtree,
        String generic,
        String error) {
    /** Copies the lists. */
    public Node {
        Objects.requireNonNull(name, "name");
        attributes = List.copyOf(attributes);
        content = content.map(List::copyOf);
        Objects.requireNonNull(subtree, "subtree");
    }

    /** The same with chunks, and the size that was read. */
    public Node withContent(List<ContentId> chunks, long read) {
        return with(name, deviceId, read, links, Optional.of(chunks), subtree);
    }

    /** The same with a tree. */
    public Node withSubtree(ContentId tree) {
        return with(name, deviceId, size, links, content, Optional.of(tree));
    }

    /** The same with another number of its file system. */
    public Node withDeviceId(long number) {
        return with(name, number, size, links, content, subtree);
    }

    /** The same under another name, with another number of names. */
    public Node named(NodeName other, long count) {
        return with(other, deviceId, size, count, content, subtree);
    }

    private Node with(
            NodeName otherName,
            long otherDevice,
            long otherSize,
            long otherLinks,
            Optional<List<ContentId>> otherContent,
            Optional<ContentId> otherSubtree) {
        return new Node(
                otherName,
                kind,
                mode,
                modified,
                accessed,
                changed,
                uid,
                gid,
                user,
                group,
                inode,
                otherDevice,
                otherSize,
                otherLinks,
                target,
                attributes,
                device,
                otherContent,
                otherSubtree,
                generic,
                error);
    }
}
