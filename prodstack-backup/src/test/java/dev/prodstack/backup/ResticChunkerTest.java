package dev.prodstack.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.chunk.Chunker;
import dev.prodstack.backup.chunk.RabinChunker;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.storage.DirectoryStorage;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.backup.tree.NodeName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chunks beside those that the restic program cuts with the same polynomial. */
@Tag("engine")
class ResticChunkerTest {
    private static final int MIB = 1024 * 1024;

    @TempDir
    Path folder;

    @Test
    void cutsWhereResticCuts() throws Exception {
        Restic restic = new Restic(folder.resolve("repository"), "secret");
        restic.run("init", "--repository-version", "2");
        byte[] chance = new byte[24 * MIB];
        new Random(29).nextBytes(chance);
        List<Path> files = List.of(
                Files.write(folder.resolve("chance"), chance),
                Files.write(folder.resolve("zeros"), new byte[17 * MIB + 1]),
                Files.write(folder.resolve("least"), new byte[512 * 1024]),
                Files.writeString(folder.resolve("text"), "INSERT INTO t VALUES (1, 'x');\n".repeat(400_000)));
        for (Path file : files) {
            restic.run("backup", file.toString());
        }
        try (Repository repository =
                Repository.open(DirectoryStorage.at(restic.repository()), "secret".toCharArray())) {
            repository.loadIndex();
            Chunker chunker = new RabinChunker(repository.config().polynomial());
            for (int i = 0; i < files.size(); i++) {
                ContentId tree = repository.snapshots().get(i).snapshot().tree();
                assertThat(cut(chunker, Files.readAllBytes(files.get(i))))
                        .as(files.get(i).toString())
                        .isEqualTo(content(repository, tree, files.get(i)));
            }
        }
    }

    private List<ContentId> content(Repository repository, ContentId root, Path file) throws Exception {
        ContentId tree = root;
        for (Path name : folder) {
            tree = find(repository, tree, name).subtree().orElseThrow();
        }
        return find(repository, tree, folder.relativize(file)).content().orElseThrow();
    }

    private static Node find(Repository repository, ContentId tree, Path name) throws Exception {
        return repository.tree(tree).find(NodeName.of(name.toString())).orElseThrow();
    }

    private static List<ContentId> cut(Chunker chunker, byte[] content) {
        List<ContentId> ids = new ArrayList<>();
        int from = 0;
        while (from < content.length) {
            int length = chunker.next(content, from, content.length);
            ids.add(ContentId.of(content, from, length));
            from += length;
        }
        return ids;
    }
}
