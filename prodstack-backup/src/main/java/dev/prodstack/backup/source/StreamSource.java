package dev.prodstack.backup.source;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.chunk.Chunker;
import dev.prodstack.backup.chunk.RabinChunker;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.backup.tree.NodeName;
import dev.prodstack.backup.tree.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A stream, such as a database dump, that becomes one file of a name. It is read once, to its end. If it breaks there
 * is no snapshot; whoever feeds it must break it where the feeding program fails.
 */
public final class StreamSource implements Source {
    private final String name;
    private final InputStream in;
    private final Optional<Chunker> chunker;

    private StreamSource(String name, InputStream in, Optional<Chunker> chunker) {
        this.name = name;
        this.in = in;
        this.chunker = chunker;
    }

    /**
     * A stream.
     *
     * @param name of the file, without slashes
     * @param in the content; not closed
     */
    public static StreamSource named(String name, InputStream in) {
        if (!NodeName.of(name).safe()) {
            throw new IllegalArgumentException("expected the name of a file, without slashes: " + name);
        }
        return new StreamSource(name, in, Optional.empty());
    }

    /** The same, cut by something else than its content. */
    public StreamSource cutBy(Chunker other) {
        return new StreamSource(name, in, Optional.of(other));
    }

    @Override
    public List<String> paths() {
        return List.of("/" + name);
    }

    @Override
    public ContentId store(Sink sink, Optional<Tree> parent) throws IOException, InterruptedException {
        Chunker cut = chunker.orElseGet(
                () -> new RabinChunker(sink.repository().config().polynomial()));
        Sink.Content content = sink.content(in, cut);
        boolean known = parent.flatMap(tree -> tree.find(NodeName.of(name))).isPresent();
        sink.tally().file(known ? Tally.Change.CHANGED : Tally.Change.ADDED, content.size());
        CompletableFuture<Node> node =
                content.ids().thenApply(ids -> StreamNode.file(name).withContent(ids, content.size()));
        return Sink.await(sink.tree(List.of(node)));
    }
}
