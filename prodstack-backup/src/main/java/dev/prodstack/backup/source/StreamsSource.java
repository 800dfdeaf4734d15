package dev.prodstack.backup.source;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.chunk.Chunker;
import dev.prodstack.backup.chunk.RabinChunker;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.backup.tree.NodeName;
import dev.prodstack.backup.tree.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Several streams, each of which becomes a file in one directory at the root. They are opened one after the other, read
 * to their end and closed. If one of them breaks there is no snapshot.
 */
public final class StreamsSource implements Source {
    private final String directory;
    private final Optional<Chunker> chunker;
    private final Map<String, Opener> streams = new LinkedHashMap<>();

    private StreamsSource(String directory, Optional<Chunker> chunker) {
        this.directory = safe(directory);
        this.chunker = chunker;
    }

    /** Opens a stream once it is its turn. Closing it fails if what feeds it failed. */
    public interface Opener {
        /** The stream. */
        InputStream open() throws IOException;
    }

    /** Without any stream yet. */
    public static StreamsSource in(String directory) {
        return new StreamsSource(directory, Optional.empty());
    }

    /** The same, cut by something else than its content; without any stream yet. */
    public static StreamsSource in(String directory, Chunker chunker) {
        return new StreamsSource(directory, Optional.of(chunker));
    }

    private static String safe(String name) {
        if (!NodeName.of(name).safe()) {
            throw new IllegalArgumentException("expected the name of a file, without slashes: " + name);
        }
        return name;
    }

    /** Adds a stream. */
    public StreamsSource add(String name, Opener opener) {
        if (streams.putIfAbsent(safe(name), opener) != null) {
            throw new IllegalArgumentException("there is a stream " + name + " already");
        }
        return this;
    }

    @Override
    public List<String> paths() {
        return List.of("/" + directory);
    }

    @Override
    public ContentId store(Sink sink, Optional<Tree> parent) throws IOException, InterruptedException {
        Chunker cut = chunker.orElseGet(
                () -> new RabinChunker(sink.repository().config().polynomial()));
        List<CompletableFuture<Node>> nodes = new ArrayList<>();
        for (Map.Entry<String, Opener> stream : streams.entrySet()) {
            String name = stream.getKey();
            InputStream in = stream.getValue().open();
            Sink.Content content;
            try (in) {
                content = sink.content(in, cut);
            }
            sink.tally().file(Tally.Change.ADDED, content.size());
            nodes.add(content.ids().thenApply(ids -> StreamNode.file(name).withContent(ids, content.size())));
        }
        ContentId below = Sink.await(sink.tree(nodes));
        Node folder = StreamNode.directory(
                        NodeName.of(directory), StreamNode.file(directory).modified(), List.of())
                .withSubtree(below);
        return Sink.await(sink.tree(List.of(CompletableFuture.completedFuture(folder))));
    }
}
