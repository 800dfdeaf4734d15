package dev.prodstack.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.restore.Restore;
import dev.prodstack.backup.restore.RestoreReport;
import dev.prodstack.backup.source.DirectorySource;
import dev.prodstack.backup.storage.DirectoryStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What restic wrote we restore, and what we wrote restic does, awkward files included. */
@Tag("engine")
class ResticRestoreTest {
    @TempDir
    Path folder;

    private Path source;
    private Path target;
    private DirectoryStorage storage;

    @BeforeEach
    void makeFiles() throws Exception {
        source = Files.createDirectories(folder.resolve("s"));
        target = folder.resolve("t");
        storage = DirectoryStorage.at(folder.resolve("r"));
        AwkwardFiles.make(source);
        AwkwardFiles.bash(source, "setfacl -m u:12345:r plain/file; setfacl -d -m g:54321:rx plain");
    }

    @AfterEach
    void clean() throws Exception {
        AwkwardFiles.bash(folder, "chmod -R u+rwX . 2>/dev/null; rm -rf s t");
    }

    @ParameterizedTest
    @MethodSource("dev.prodstack.backup.ResticProgram#all")
    void weRestoreWhatResticWrote(String program) throws Exception {
        ResticProgram restic = new ResticProgram(program, folder.resolve("r"));
        removeWhatIsNotFor(restic);
        restic.run("init", "--repository-version", "2");
        restic.run("backup", source.toString());
        try (Repository ours = Repository.open(storage, ResticProgram.PASSWORD.toCharArray())) {
            RestoreReport report = Restore.of(ours, ours.snapshots().get(0))
                    .from(source.toString())
                    .verified()
                    .into(target);
            assertThat(report.lacks()).isEmpty();
        }
        assertThat(AwkwardFiles.describe(target)).containsExactlyElementsOf(AwkwardFiles.describe(source));
    }

    @ParameterizedTest
    @MethodSource("dev.prodstack.backup.ResticProgram#all")
    void resticRestoresWhatWeWrote(String program) throws Exception {
        ResticProgram restic = new ResticProgram(program, folder.resolve("r"));
        removeWhatIsNotFor(restic);
        AwkwardFiles.bash(source, "setfacl -R -b . 2>/dev/null");
        try (Repository ours = Repository.init(storage, ResticProgram.PASSWORD.toCharArray())) {
            Backup.of(DirectorySource.at(source)).to(ours);
        }
        assertThat(restic.run("check", "--read-data")).contains("no errors were found");
        restic.run("restore", "latest", "--target", target.toString());
        Path restored = target.resolve(Path.of("/").relativize(source));
        assertThat(comparable(restored)).containsExactlyElementsOf(comparable(source));
    }

    /** Without what restic itself does not bring back: the time of a link, in some of its versions. */
    private static List<String> comparable(Path directory) throws Exception {
        return AwkwardFiles.describe(directory).stream()
                .map(line -> line.contains("|l|") ? line.replaceFirst("\\|\\d+\\.\\d+\\|", "|") : line)
                .toList();
    }

    /** Restic keeps targets of links that are not UTF-8 since 0.17 only. */
    private void removeWhatIsNotFor(ResticProgram restic) throws Exception {
        if (restic.run("version").matches("(?s)restic 0\\.1[0-6].*")) {
            AwkwardFiles.bash(source, "rm 'link to bytes'");
        }
    }
}
