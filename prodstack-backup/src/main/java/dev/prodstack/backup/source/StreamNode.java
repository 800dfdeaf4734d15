package dev.prodstack.backup.source;

import dev.prodstack.backup.repository.Host;
import dev.prodstack.backup.tree.ExtendedAttribute;
import dev.prodstack.backup.tree.GoFileMode;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.backup.tree.NodeKind;
import dev.prodstack.backup.tree.NodeName;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** The nodes of what comes from no file system. */
public final class StreamNode {
    private static final int FILE_MODE = 0640;
    private static final int DIRECTORY_MODE = 0750;

    private StreamNode() {}

    /** A file of this moment, without content yet. */
    public static Node file(String name) {
        return file(NodeName.of(name), OffsetDateTime.now(ZoneId.systemDefault()), List.of());
    }

    /** A file of another moment, with attributes. */
    public static Node file(NodeName name, OffsetDateTime modified, List<ExtendedAttribute> attributes) {
        return node(name, NodeKind.FILE, FILE_MODE, modified, attributes);
    }

    /** A directory, without its tree yet. */
    public static Node directory(NodeName name, OffsetDateTime modified, List<ExtendedAttribute> attributes) {
        return node(name, NodeKind.DIRECTORY, DIRECTORY_MODE, modified, attributes);
    }

    private static Node node(
            NodeName name, NodeKind kind, int mode, OffsetDateTime when, List<ExtendedAttribute> attributes) {
        return new Node(
                name,
                kind,
                GoFileMode.of(kind, mode),
                when,
                when,
                when,
                Host.uid(),
                Host.gid(),
                "",
                "",
                0,
                0,
                0,
                kind == NodeKind.FILE ? 1 : 0,
                Optional.empty(),
                attributes,
                0,
                Optional.empty(),
                Optional.empty(),
                "",
                "");
    }
}
