package dev.prodstack.backup.objects;

import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.blob.DamagedException;
import dev.prodstack.backup.chunk.Chunker;
import dev.prodstack.backup.chunk.RabinChunker;
import dev.prodstack.backup.source.Sink;
import dev.prodstack.backup.source.Source;
import dev.prodstack.backup.source.StreamNode;
import dev.prodstack.backup.source.Tally;
import dev.prodstack.backup.source.Unread;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.backup.tree.NodeName;
import dev.prodstack.backup.tree.Tree;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects of buckets. One whose ETag, size and time are those of the snapshot before is not read again. */
final class BucketsSource implements Source {
    private final Store store;
    private final String name;
    private final List<String> buckets;
    private long objects;
    private long bytes;

    BucketsSource(Store store, String name, List<String> buckets) {
        this.store = store;
        this.name = name;
        this.buckets = List.copyOf(buckets);
    }

    /** How many there were. */
    long objects() {
        return objects;
    }

    /** Bytes of all of them. */
    long bytes() {
        return bytes;
    }

    @Override
    public List<String> paths() {
        return List.of("/" + name);
    }

    /** A folder that is being gathered, beside what it was in the snapshot before. */
    private static final class Folder {
        private final Map<String, Folder> folders = new TreeMap<>();
        private final Map<String, CompletableFuture<Node>> files = new TreeMap<>();
        private final Map<NodeName, Node> before = new HashMap<>();
    }

    @Override
    public ContentId store(Sink sink, Optional<Tree> parent) throws IOException, InterruptedException {
        Chunker cut = new RabinChunker(sink.repository().config().polynomial());
        Folder root = folder(parent);
        Folder top = child(sink, root, name);
        for (String bucket : buckets) {
            Folder folder = child(sink, top, bucket);
            ListObjectsV2Request all =
                    ListObjectsV2Request.builder().bucket(bucket).build();
            try {
                for (S3Object object :
                        store.client().listObjectsV2Paginator(all).contents()) {
                    add(sink, cut, folder, bucket, object);
                }
            } catch (SdkException e) {
                throw store.failure("read the bucket " + bucket, e);
            }
        }
        return Sink.await(finish(sink, root));
    }

    private static Folder folder(Optional<Tree> before) {
        Folder folder = new Folder();
        before.ifPresent(tree -> tree.nodes().forEach(node -> folder.before.put(node.name(), node)));
        return folder;
    }

    private static Folder child(Sink sink, Folder folder, String name) throws IOException {
        Folder known = folder.folders.get(name);
        if (known != null) {
            return known;
        }
        Node before = folder.before.get(NodeName.of(name));
        Optional<Tree> tree = Optional.empty();
        if (before != null && before.subtree().isPresent()) {
            try {
                tree = Optional.of(sink.repository().tree(before.subtree().get()));
            } catch (DamagedException e) {
                sink.report(new Unread(Unread.Kind.NOTE, name, "is read anew: " + e.getMessage()));
            }
        }
        Folder made = folder(tree);
        folder.folders.put(name, made);
        return made;
    }

    private void add(Sink sink, Chunker cut, Folder bucketFolder, String bucket, S3Object object)
            throws IOException, InterruptedException {
        List<String> names = KeyPath.names(object.key());
        Folder folder = bucketFolder;
        for (String each : names.subList(0, names.size() - 1)) {
            folder = child(sink, folder, each);
        }
        String file = names.get(names.size() - 1);
        Optional<Node> before = before(folder, file);
        objects++;
        bytes += object.size();
        if (before.isPresent() && unchanged(sink, object, before.get())) {
            sink.tally().file(Tally.Change.UNMODIFIED, object.size());
            folder.files.put(file, CompletableFuture.completedFuture(before.get()));
            return;
        }
        read(sink, cut, bucket, object, before.isPresent())
                .ifPresentOrElse(put(folder, file), () -> forget(sink, bucket, object));
    }

    private static Consumer<CompletableFuture<Node>> put(Folder folder, String file) {
        return node -> folder.files.put(file, node);
    }

    private void forget(Sink sink, String bucket, S3Object object) {
        objects--;
        bytes -= object.size();
        sink.report(new Unread(
                Unread.Kind.NOTE, bucket + "/" + object.key(), "was removed while the bucket was backed up"));
    }

    private static Optional<Node> before(Folder folder, String file) {
        Node plain = folder.before.get(NodeName.of(file));
        if (plain != null && plain.content().isPresent()) {
            return Optional.of(plain);
        }
        return Optional.ofNullable(folder.before.get(NodeName.of(KeyPath.besideFolder(file))))
                .map(node -> node.named(NodeName.of(file), 1));
    }

    private static boolean unchanged(Sink sink, S3Object object, Node before) {
        return before.size() == object.size()
                && Attributes.etag(before).equals(Optional.ofNullable(object.eTag()))
                && before.modified().toInstant().equals(object.lastModified())
                && before.content().orElse(List.of()).stream()
                        .allMatch(id -> sink.repository().index().contains(BlobKind.DATA, id));
    }

    private Optional<CompletableFuture<Node>> read(
            Sink sink, Chunker cut, String bucket, S3Object object, boolean known)
            throws IOException, InterruptedException {
        try (ResponseInputStream<GetObjectResponse> in =
                store.client().getObject(get -> get.bucket(bucket).key(object.key()))) {
            GetObjectResponse answer = in.response();
            Sink.Content content = sink.content(in, cut);
            if (content.size() != answer.contentLength()) {
                throw new IOException("The object " + bucket + "/" + object.key() + " broke off after " + content.size()
                        + " of " + answer.contentLength() + " bytes. Run it again.");
            }
            sink.tally().file(known ? Tally.Change.CHANGED : Tally.Change.ADDED, content.size());
            List<String> names = KeyPath.names(object.key());
            // Of the answer: the object may be another one by now than when it was listed.
            Node node = StreamNode.file(
                    NodeName.of(names.get(names.size() - 1)),
                    time(answer.lastModified()),
                    Attributes.of(answer, answer.eTag()));
            return Optional.of(content.ids().thenApply(ids -> node.withContent(ids, content.size())));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static CompletableFuture<ContentId> finish(Sink sink, Folder folder) {
        List<CompletableFuture<Node>> nodes = new ArrayList<>();
        folder.files.forEach((name, node) -> {
            boolean both = folder.folders.containsKey(name);
            nodes.add(both ? node.thenApply(one -> one.named(NodeName.of(KeyPath.besideFolder(name)), 1)) : node);
        });
        folder.folders.forEach((name, child) -> {
            Node node = StreamNode.directory(NodeName.of(name), time(Instant.EPOCH), List.of());
            nodes.add(finish(sink, child).thenApply(node::withSubtree));
        });
        return sink.tree(nodes);
    }
}
