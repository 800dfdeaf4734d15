package dev.prodstack.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.backup.archive.Archive;
import dev.prodstack.backup.archive.ArchiveFormat;
import dev.prodstack.backup.browse.SnapshotFiles;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.restore.Restore;
import dev.prodstack.backup.restore.RestoreReport;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.source.DirectorySource;
import dev.prodstack.backup.source.StreamSource;
import dev.prodstack.backup.source.Unread;
import dev.prodstack.backup.storage.DirectoryStorage;
import dev.prodstack.backup.tar.TarSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tar streams that GNU tar writes become snapshots, and snapshots become archives that tar, gzip, zstd and gpg open.
 */
@Tag("engine")
class TarTest {
    private static final String TAR = "tar --format=pax --acls --xattrs --xattrs-include='*' --numeric-owner";

    @TempDir
    Path folder;

    private Path source;
    private Path target;
    private Repository repository;

    @BeforeEach
    void makeFiles() throws Exception {
        source = Files.createDirectories(folder.resolve("s"));
        target = Files.createDirectories(folder.resolve("t"));
        repository = Repository.init(DirectoryStorage.at(folder.resolve("r")), ResticProgram.PASSWORD.toCharArray());
        AwkwardFiles.make(source);
        AwkwardFiles.bash(source, """
                setfacl -m u:12345:r plain/file; setfacl -d -m g:54321:rx plain
                setfattr -n security.capability -v 0x0100000200ff00000000000000000000 plain/program
                setfattr -n trusted.bytes -v 0xff00fe plain/file
                mknod block b 7 300; mknod character c 1 3
                """);
    }

    @AfterEach
    void clean() throws Exception {
        repository.close();
        AwkwardFiles.bash(folder, "chmod -R u+rwX . 2>/dev/null; rm -rf s t");
    }

    private StoredSnapshot backUpTar(String format, List<Unread> unread) throws Exception {
        Process tar = new ProcessBuilder("bash", "-c", TAR.replace("pax", format) + " -C '" + source + "' -c .")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream in = tar.getInputStream()) {
            StoredSnapshot snapshot =
                    Backup.of(TarSource.named("files", in)).telling(unread::add).to(repository);
            assertThat(tar.waitFor()).isZero();
            return snapshot;
        }
    }

    private Path archive(StoredSnapshot snapshot, ArchiveFormat format, String name) throws IOException {
        repository.loadIndex();
        Path file = folder.resolve(name);
        List<String> lacking = new ArrayList<>();
        try (OutputStream out = Files.newOutputStream(file)) {
            Archive.of(SnapshotFiles.of(repository, snapshot))
                    .as(format)
                    .telling((path, reason) -> lacking.add(path + " " + reason))
                    .to(out);
        }
        assertThat(lacking).isEmpty();
        return file;
    }

    @Test
    void carriesEverythingInAndOut() throws Exception {
        List<Unread> unread = new ArrayList<>();
        StoredSnapshot snapshot = backUpTar("pax", unread);
        assertThat(unread).isEmpty();
        Path file = archive(snapshot, ArchiveFormat.TAR, "a.tar");
        AwkwardFiles.bash(target, TAR + " -xpf '" + file + "'");
        assertThat(AwkwardFiles.describe(target)).containsExactlyElementsOf(AwkwardFiles.describe(source));
        assertThat(new ResticProgram("restic", folder.resolve("r")).run("check", "--read-data"))
                .contains("no errors were found");
    }

    @Test
    void restoresWhatATarStreamBrought() throws Exception {
        StoredSnapshot snapshot = backUpTar("pax", new ArrayList<>());
        RestoreReport report = Restore.of(repository, snapshot).into(target);
        assertThat(report.lacks()).isEmpty();
        assertThat(AwkwardFiles.describe(target)).containsExactlyElementsOf(AwkwardFiles.describe(source));
    }

    @Test
    void readsWhatIsOlderThanPax() throws Exception {
        StoredSnapshot snapshot = backUpTar("gnu", new ArrayList<>());
        Restore.of(repository, snapshot).into(target);
        String names = "find . | sort; find . -type f -print0 | sort -z | xargs -0 sha256sum";
        assertThat(AwkwardFiles.bash(target, names)).isEqualTo(AwkwardFiles.bash(source, names));
    }

    @ParameterizedTest
    @CsvSource({"TAR, cat", "TAR_GZ, gzip -dc", "TAR_ZST, zstd -dc"})
    void ordinaryProgramsOpenArchives(ArchiveFormat format, String program) throws Exception {
        StoredSnapshot snapshot =
                Backup.of(DirectorySource.at(source.resolve("plain"))).to(repository);
        Path file = archive(snapshot, format, "a" + format.ending());
        assertThat(ArchiveFormat.ofName(file.toString())).contains(format);
        AwkwardFiles.bash(target, program + " '" + file + "' | " + TAR + " -xpf -");
        Path restored = target.resolve(Path.of("/").relativize(source.resolve("plain")));
        assertThat(restored.resolve("file")).hasSameBinaryContentAs(source.resolve("plain/file"));
        assertThat(restored.resolve("below/third")).hasSameBinaryContentAs(source.resolve("random"));
    }

    @Test
    void gpgOpensEncryptedArchivesAndNoticesChanges() throws Exception {
        StoredSnapshot snapshot =
                Backup.of(DirectorySource.at(source.resolve("plain"))).to(repository);
        repository.loadIndex();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Archive.of(SnapshotFiles.of(repository, snapshot))
                .as(ArchiveFormat.TAR_ZST)
                .encrypted("for the safe".toCharArray())
                .to(out);
        Files.write(folder.resolve("a.tar.zst.gpg"), out.toByteArray());
        String gpg = "export GNUPGHOME='" + folder.resolve("gnupg") + "'; mkdir -pm 700 $GNUPGHOME; "
                + "gpg --batch --quiet --pinentry-mode loopback --passphrase 'for the safe' --decrypt ";
        AwkwardFiles.bash(
                target, "set -o pipefail; " + gpg + "'" + folder.resolve("a.tar.zst.gpg") + "' | zstd -dc | tar -xf -");
        assertThat(target.resolve(Path.of("/").relativize(source)).resolve("plain/file"))
                .hasSameBinaryContentAs(source.resolve("plain/file"));
        byte[] changed = out.toByteArray();
        changed[changed.length / 2] ^= 1;
        Files.write(folder.resolve("b.gpg"), changed);
        assertThat(AwkwardFiles.bash(target, gpg + "'" + folder.resolve("b.gpg") + "' 2>&1 >/dev/null || echo refused"))
                .contains("refused");
        assertThat(new String(out.toByteArray(), StandardCharsets.ISO_8859_1)).doesNotContain("plain");
    }

    @Test
    void aStreamThatBreaksOffMakesNoSnapshot() throws Exception {
        AwkwardFiles.bash(source, "tar -cf ../whole.tar plain");
        byte[] whole = Files.readAllBytes(folder.resolve("whole.tar"));
        for (int length : List.of(0, 100, 512, 1024, whole.length / 2, whole.length - 10240)) {
            InputStream broken = new ByteArrayInputStream(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Backup.of(TarSource.named("x", broken)).to(repository))
                    .as("%d bytes of %d", length, whole.length)
                    .isInstanceOf(IOException.class);
        }
        assertThat(repository.snapshots()).isEmpty();
    }

    @Test
    void aStreamBecomesAFileOfItsName() throws Exception {
        byte[] dump = "INSERT INTO t VALUES (1);\n".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        Backup.of(StreamSource.named("dump.sql", new ByteArrayInputStream(dump)))
                .to(repository);
        assertThat(new ResticProgram("restic", folder.resolve("r")).run("dump", "latest", "/dump.sql"))
                .isEqualTo(new String(dump, StandardCharsets.UTF_8));
    }
}
