package dev.prodstack.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.backup.Backup;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.source.DirectorySource;
import dev.prodstack.backup.storage.DirectoryStorage;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ComparisonTest {
    @TempDir
    private Path directory = Path.of("");

    private interface Change {
        void to(Path tree) throws Exception;
    }

    private Path tree() throws Exception {
        Path tree = Files.createDirectory(directory.resolve("tree"));
        Files.createDirectories(tree.resolve("a/b"));
        Files.writeString(tree.resolve("a/one"), "one");
        byte[] large = new byte[3_000_000];
        Arrays.fill(large, (byte) 7);
        Files.write(tree.resolve("a/b/large"), large);
        Files.createLink(tree.resolve("other-name"), tree.resolve("a/one"));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("a/one"));
        Files.createDirectory(tree.resolve("empty"));
        return tree;
    }

    private Comparison.Report after(Change change) throws Exception {
        Path tree = tree();
        try (Repository repository =
                Repository.initWithoutPassword(DirectoryStorage.at(directory.resolve("repository")))) {
            StoredSnapshot snapshot = Backup.of(DirectorySource.at(tree)).to(repository);
            repository.loadIndex();
            change.to(tree);
            return Comparison.of(repository, snapshot, tree.toString()).with(tree);
        }
    }

    @Test
    void whatIsAsItWasDoesNotDiffer() throws Exception {
        Comparison.Report report = after(tree -> {});

        assertThat(report.differences()).isEmpty();
        assertThat(report.different()).isZero();
        assertThat(report.things()).isEqualTo(7);
        assertThat(report.bytes()).isEqualTo(3_000_006);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("/a/one: content", tree -> keepingTime(tree.resolve("a/one"), "two")),
                change("/a/b/large: content", tree -> {
                    Path large = tree.resolve("a/b/large");
                    byte[] content = Files.readAllBytes(large);
                    content[2_999_999] ^= 1;
                    FileTime time = Files.getLastModifiedTime(large);
                    Files.write(large, content);
                    Files.setLastModifiedTime(large, time);
                }),
                change(
                        "/empty: mode",
                        tree -> Files.setPosixFilePermissions(
                                tree.resolve("empty"), PosixFilePermissions.fromString("rwx------"))),
                change(
                        "/empty: time",
                        tree -> Files.setLastModifiedTime(
                                tree.resolve("empty"), FileTime.fromMillis(1_000_000_000_000L))),
                change("/empty: missing", tree -> Files.delete(tree.resolve("empty"))),
                change("/more: not in the backup", tree -> Files.createDirectory(tree.resolve("more"))),
                change("/link: target of the link", tree -> {
                    FileTime time = Files.getLastModifiedTime(tree.resolve("link"), LinkOption.NOFOLLOW_LINKS);
                    Files.delete(tree.resolve("link"));
                    Files.createSymbolicLink(tree.resolve("link"), Path.of("a/two"));
                    assertThat(time).isNotNull();
                }),
                change("/empty: is a file, not a dir", tree -> {
                    Files.delete(tree.resolve("empty"));
                    Files.createFile(tree.resolve("empty"));
                }),
                change("/other-name: is a file of its own, not another name of one", tree -> {
                    FileTime time = Files.getLastModifiedTime(tree.resolve("other-name"));
                    Files.delete(tree.resolve("other-name"));
                    Files.writeString(tree.resolve("other-name"), "one");
                    Files.setLastModifiedTime(tree.resolve("other-name"), time);
                }),
                change(
                        "/a/one: attributes",
                        tree -> Files.setAttribute(
                                tree.resolve("a/one"), "user:colour", ByteBuffer.wrap(new byte[] {1}))));
    }

    private static void keepingTime(Path file, String content) throws Exception {
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, time);
    }

    private static Arguments change(String told, Change change) {
        return Arguments.of(told, change);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void eachKindOfDifferenceIsTold(String told, Change change) throws Exception {
        Comparison.Report report = after(change);

        assertThat(report.different()).isPositive();
        assertThat(report.differences()).contains(told);
    }

    @Test
    void whatElseIsThereIsNoDifferenceWhereTheBackupLeftOutPatterns() throws Exception {
        Path tree = tree();
        try (Repository repository =
                Repository.initWithoutPassword(DirectoryStorage.at(directory.resolve("repository")))) {
            StoredSnapshot snapshot = Backup.of(DirectorySource.at(tree).excluding(List.of(tree + "/a")))
                    .to(repository);
            repository.loadIndex();
            assertThat(Comparison.of(repository, snapshot, tree.toString())
                            .with(tree)
                            .differences())
                    .isEmpty();
        }
    }
}
