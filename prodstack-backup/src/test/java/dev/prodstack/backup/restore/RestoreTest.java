package dev.prodstack.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.backup.AwkwardFiles;
import dev.prodstack.backup.Backup;
import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.crypto.Scrypt;
import dev.prodstack.backup.pack.Compression;
import dev.prodstack.backup.path.Selection;
import dev.prodstack.backup.progress.Progress;
import dev.prodstack.backup.repository.BlobWriter;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.Snapshot;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.source.DirectorySource;
import dev.prodstack.backup.storage.DirectoryStorage;
import dev.prodstack.backup.tree.GoFileMode;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.backup.tree.NodeKind;
import dev.prodstack.backup.tree.NodeName;
import dev.prodstack.backup.tree.Tree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreTest {
    @TempDir
    Path folder;

    private Path source;
    private Path target;
    private Repository repository;

    @BeforeEach
    void open() throws Exception {
        source = Files.createDirectories(folder.resolve("s"));
        target = folder.resolve("t");
        repository = Repository.init(
                DirectoryStorage.at(folder.resolve("r")), "open sesame".toCharArray(), new Scrypt(1024, 1, 1));
    }

    @AfterEach
    void close() throws Exception {
        repository.close();
        AwkwardFiles.bash(folder, "chmod -R u+rwX . 2>/dev/null; rm -rf s t");
    }

    private StoredSnapshot backUp() throws Exception {
        return Backup.of(DirectorySource.at(source)).to(repository);
    }

    private Restore restore(StoredSnapshot snapshot) {
        return Restore.of(repository, snapshot).from(source.toString());
    }

    @Test
    void bringsBackAwkwardFilesAsTheyWere() throws Exception {
        AwkwardFiles.make(source);
        StoredSnapshot snapshot = backUp();
        List<Progress> told = new ArrayList<>();
        RestoreReport report = restore(snapshot).verified().showing(told::add).into(target);
        assertThat(report.lacks()).isEmpty();
        assertThat(AwkwardFiles.describe(target)).containsExactlyElementsOf(AwkwardFiles.describe(source));
        assertThat(report.progress().bytes()).isEqualTo(report.bytes());
        assertThat(AwkwardFiles.bash(target, "du -k sparse | cut -f1").strip())
                .as("KiB on disk of 40 MiB that are holes but for 3 bytes")
                .matches("\\d{1,3}");
    }

    @Test
    void writesNothingAgainThatIsRight() throws Exception {
        AwkwardFiles.make(source);
        StoredSnapshot snapshot = backUp();
        restore(snapshot).into(target);
        RestoreReport again = restore(snapshot).into(target);
        assertThat(again.restored()).isZero();
        assertThat(again.bytes()).isZero();
        assertThat(AwkwardFiles.describe(target)).containsExactlyElementsOf(AwkwardFiles.describe(source));
        AwkwardFiles.bash(target, "printf 'other\\n' > plain/file; rm random; chmod 600 plain/program; ln -sfn x link");
        RestoreReport mended = restore(snapshot).into(target);
        assertThat(mended.restored()).isEqualTo(3);
        assertThat(AwkwardFiles.describe(target)).containsExactlyElementsOf(AwkwardFiles.describe(source));
    }

    @Test
    void choosesByPatterns() throws Exception {
        AwkwardFiles.bash(source, "mkdir -p a/cache b; touch a/x.log a/cache/y b/x.log b/z");
        StoredSnapshot snapshot = backUp();
        Restore some =
                Restore.of(repository, snapshot).only(Selection.of(List.of("*.log", source + "/a"), List.of("cache")));
        some.into(target);
        Path restored = target.resolve(Path.of("/").relativize(source));
        assertThat(AwkwardFiles.bash(restored, "find . | sort")).isEqualTo(".\n./a\n./a/x.log\n./b\n./b/x.log\n");
    }

    @Test
    void keepsToTheRuleForFilesThatAreThere() throws Exception {
        Files.writeString(source.resolve("file"), "snapshot");
        FileTime then = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(source.resolve("file"), then);
        StoredSnapshot snapshot = backUp();
        assertThat(after(snapshot, Overwrite.NEVER, "elsewhat", "2000-01-01T00:00:00Z"))
                .isEqualTo("elsewhat");
        assertThat(after(snapshot, Overwrite.IF_NEWER, "elsewhat", "2021-01-01T00:00:00Z"))
                .isEqualTo("elsewhat");
        assertThat(after(snapshot, Overwrite.IF_NEWER, "elsewhat", "2000-01-01T00:00:00Z"))
                .isEqualTo("snapshot");
        assertThat(after(snapshot, Overwrite.IF_CHANGED, "elsewhat", "2020-01-01T00:00:00Z"))
                .isEqualTo("elsewhat");
        assertThat(after(snapshot, Overwrite.IF_CHANGED, "elsewhat", "2000-01-01T00:00:00Z"))
                .isEqualTo("snapshot");
        assertThat(after(snapshot, Overwrite.ALWAYS, "elsewhat", "2020-01-01T00:00:00Z"))
                .isEqualTo("snapshot");
    }

    private String after(StoredSnapshot snapshot, Overwrite rule, String there, String modified) throws Exception {
        Files.createDirectories(target);
        Path file = target.resolve("file");
        Files.writeString(file, there);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse(modified)));
        restore(snapshot).overwriting(rule).into(target);
        return Files.readString(file);
    }

    @Test
    void aPlanSaysWhatWouldHappenAndWritesNothing() throws Exception {
        AwkwardFiles.bash(source, "touch new; printf x > other; ln -s a link");
        StoredSnapshot snapshot = backUp();
        Files.createDirectories(target);
        Files.writeString(target.resolve("other"), "yy");
        List<String> said = new ArrayList<>();
        restore(snapshot)
                .plan(target)
                .forEach((path, action) ->
                        said.add(path.substring(source.toString().length()) + " " + action));
        assertThat(said).containsExactlyInAnyOrder("/new CREATE", "/other REPLACE", "/link CREATE");
        try (Stream<Path> there = Files.list(target)) {
            assertThat(there).containsExactly(target.resolve("other"));
        }
    }

    @Test
    void replacesLinksThatWouldLeadOutside() throws Exception {
        AwkwardFiles.bash(source, "mkdir directory; printf mine > directory/file; printf mine > file");
        StoredSnapshot snapshot = backUp();
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("file"), "theirs");
        Files.createDirectories(target);
        Files.createSymbolicLink(target.resolve("directory"), outside);
        Files.createSymbolicLink(target.resolve("file"), outside.resolve("file"));
        RestoreReport report = restore(snapshot).into(target);
        assertThat(report.lacks()).isEmpty();
        assertThat(outside.resolve("file")).hasContent("theirs");
        assertThat(AwkwardFiles.describe(target)).containsExactlyElementsOf(AwkwardFiles.describe(source));
    }

    @Test
    void leavesADirectoryInPlaceOfAFileAndSaysSo() throws Exception {
        Files.writeString(source.resolve("file"), "x");
        StoredSnapshot snapshot = backUp();
        Files.createDirectories(target.resolve("file/not-empty"));
        RestoreReport report = restore(snapshot).into(target);
        assertThat(report.complete()).isFalse();
        assertThat(report.lacks())
                .singleElement()
                .satisfies(lack -> assertThat(lack.reason()).contains("not empty"));
    }

    @Test
    void staysInsideWhateverTheSnapshotSays() throws Exception {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        BlobWriter writer = new BlobWriter(repository, Compression.AUTO);
        ContentId evil = writer.save(BlobKind.DATA, "evil".getBytes(StandardCharsets.UTF_8));
        Node file = node("file", NodeKind.FILE, Optional.empty(), Optional.of(List.of(evil)), Optional.empty());
        ContentId below = writer.save(BlobKind.TREE, new Tree(List.of(file)).encode());
        List<Node> nodes = new ArrayList<>();
        for (String name : List.of("..", ".", "", "../outside/file", "/" + outside + "/file", "a/b", "nul\0")) {
            nodes.add(node(name, NodeKind.FILE, Optional.empty(), Optional.of(List.of(evil)), Optional.empty()));
        }
        nodes.add(node("..", NodeKind.DIRECTORY, Optional.empty(), Optional.empty(), Optional.of(below)));
        nodes.add(node("twice", NodeKind.SYMLINK, Optional.of(outside.toString()), Optional.empty(), Optional.empty()));
        nodes.add(node("twice", NodeKind.DIRECTORY, Optional.empty(), Optional.empty(), Optional.of(below)));
        nodes.add(node("well", NodeKind.FILE, Optional.empty(), Optional.of(List.of(evil)), Optional.empty()));
        ContentId root = writer.save(BlobKind.TREE, new Tree(nodes).encode());
        writer.finish();
        Snapshot snapshot = new Snapshot(
                OffsetDateTime.now(ZoneOffset.UTC),
                Optional.empty(),
                root,
                List.of("/"),
                "h",
                "u",
                0,
                0,
                List.of(),
                List.of(),
                Optional.empty(),
                "",
                Optional.empty());
        RestoreReport report = Restore.of(repository, repository.save(snapshot)).into(target);
        assertThat(report.lacks()).hasSize(9);
        assertThat(target.resolve("well")).hasContent("evil");
        assertThat(outside).isEmptyDirectory();
        assertThat(AwkwardFiles.bash(folder, "find . -name file")).isEmpty();
    }

    private static Node node(
            String name,
            NodeKind kind,
            Optional<String> link,
            Optional<List<ContentId>> content,
            Optional<ContentId> subtree) {
        OffsetDateTime time = OffsetDateTime.of(2020, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
        return new Node(
                NodeName.of(name),
                kind,
                GoFileMode.of(kind, 0755),
                time,
                time,
                time,
                0,
                0,
                "",
                "",
                0,
                0,
                content.isPresent() ? 4 : 0,
                1,
                link.map(NodeName::of),
                List.of(),
                0,
                content,
                subtree,
                "",
                "");
    }
}
