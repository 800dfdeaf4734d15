package dev.prodstack.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.source.DirectorySource;
import dev.prodstack.backup.storage.DirectoryStorage;
import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.Storage;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.backup.tree.NodeName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The restic program judges what we write, and we add to what it writes. */
@Tag("engine")
class ResticTest {
    private static final String PASSWORD = "open sesame";

    @TempDir
    Path folder;

    private Path source;
    private Path repository;

    @BeforeEach
    void writeFiles() throws IOException {
        source = folder.resolve("source");
        Files.createDirectories(source.resolve("below"));
        repository = folder.resolve("repository");
        byte[] chance = new byte[9_000_000];
        new Random(5).nextBytes(chance);
        Files.write(source.resolve("chance"), chance);
        Files.writeString(source.resolve("below/text"), "INSERT INTO t VALUES (1);\n".repeat(200_000));
        Files.writeString(source.resolve("a<&>\"\\é"), "x");
        Files.createFile(source.resolve("empty"));
        Files.createLink(source.resolve("hard"), source.resolve("chance"));
        Files.createSymbolicLink(source.resolve("link"), Path.of("below/text"));
    }

    @Test
    void checksAndRestoresWhatWeWrite() throws Exception {
        try (Repository ours = Repository.init(storage(), PASSWORD.toCharArray())) {
            Backup.of(DirectorySource.at(source)).to(ours);
        }
        assertThat(restic("check", "--read-data")).contains("no errors were found");
        Path target = folder.resolve("target");
        restic("restore", "latest", "--target", target.toString());
        Path restored = target.resolve(Path.of("/").relativize(source));
        for (String name : List.of("chance", "below/text", "a<&>\"\\é", "empty", "hard", "link")) {
            assertThat(restored.resolve(name)).hasSameBinaryContentAs(source.resolve(name));
        }
    }

    @Test
    void findsEverythingThereThatResticStored() throws Exception {
        restic("init", "--repository-version", "2");
        restic("backup", source.toString());
        try (Repository ours = Repository.open(storage(), PASSWORD.toCharArray())) {
            List<Storage.Stored> before = packs(ours);
            StoredSnapshot theirs = ours.snapshots().get(0);
            StoredSnapshot mine = Backup.of(DirectorySource.at(source)).to(ours);
            assertThat(sourceTree(ours, mine)).isEqualTo(sourceTree(ours, theirs));
            // The directories above may have changed meanwhile, as others write there.
            List<Storage.Stored> added = new ArrayList<>(packs(ours));
            added.removeAll(before);
            assertThat(added).allMatch(pack -> pack.size() < 10_000);
        }
        assertThat(restic("check", "--read-data")).contains("no errors were found");
    }

    @Test
    void severalPathsAreOneSnapshotForBoth() throws Exception {
        Path beside = Files.createDirectories(folder.resolve("beside/deep"));
        Files.writeString(beside.resolve("note"), "not in the other directory");
        Path file = Files.writeString(folder.resolve("single"), "one file");
        Files.writeString(folder.resolve("left out"), "nobody asked for it");
        restic("init", "--repository-version", "2");
        restic("backup", source.toString(), beside.toString(), file.toString());
        try (Repository ours = Repository.open(storage(), PASSWORD.toCharArray())) {
            StoredSnapshot theirs = ours.snapshots().get(0);
            StoredSnapshot mine = Backup.of(
                            DirectorySource.at(List.of(file, source, source.resolve("below"), beside, source)))
                    .to(ours);

            assertThat(mine.snapshot().paths())
                    .containsExactlyInAnyOrderElementsOf(theirs.snapshot().paths());
            assertThat(mine.snapshot().parent())
                    .as("the order of paths does not matter")
                    .contains(theirs.id());
            assertThat(mine.snapshot().summary().orElseThrow().files().unmodified())
                    .isEqualTo(7);
            assertThat(sourceTree(ours, mine)).isEqualTo(sourceTree(ours, theirs));
        }
        assertThat(restic("check", "--read-data")).contains("no errors were found");
        assertThat(restic("ls", "latest").lines().filter(line -> line.startsWith(folder.toString())))
                .contains(beside.resolve("note").toString(), file.toString())
                .doesNotContain(folder.resolve("left out").toString());
    }

    private DirectoryStorage storage() {
        return DirectoryStorage.at(repository);
    }

    /** The tree of the directory that was backed up, below those that lead to it. */
    private ContentId sourceTree(Repository repository, StoredSnapshot stored) throws IOException {
        ContentId tree = stored.snapshot().tree();
        for (Path name : source) {
            tree = repository
                    .tree(tree)
                    .find(NodeName.of(name.toString()))
                    .flatMap(Node::subtree)
                    .orElseThrow();
        }
        return tree;
    }

    private static List<Storage.Stored> packs(Repository repository) throws IOException {
        try (Stream<Storage.Stored> packs = repository.storage().list(FileKind.PACK)) {
            return packs.toList();
        }
    }

    private String restic(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("restic", "--no-cache", "-r", repository.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("RESTIC_PASSWORD", PASSWORD);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
