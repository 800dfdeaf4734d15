package dev.prodstack.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.restore.Restore;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.source.DirectorySource;
import dev.prodstack.backup.storage.DirectoryStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Paths as long and directories as full as systems allow, to restic and back. */
@Tag("engine")
class ExtremeTreesTest {
    /** The longest path of Linux, without the byte that ends it. */
    private static final int LONGEST_PATH = 4_095;

    private static final int LONGEST_NAME = 255;

    @TempDir
    Path folder;

    private ResticProgram restic;
    private Path source;
    private Path target;

    @BeforeEach
    void makePlaces() throws Exception {
        // Names of one length, so that what fits into the one fits into the other.
        source = Files.createDirectory(folder.resolve("s"));
        target = folder.resolve("t");
        restic = new ResticProgram("restic", folder.resolve("r"));
    }

    @Test
    void aPathOfFourThousandBytes() throws Exception {
        Path deepest = source;
        while (deepest.toString().length() + 1 + LONGEST_NAME < LONGEST_PATH) {
            deepest = Files.createDirectory(deepest.resolve("d".repeat(LONGEST_NAME)));
        }
        int left = LONGEST_PATH - deepest.toString().length() - 1;
        Path file = Files.writeString(deepest.resolve("f".repeat(Math.max(1, left))), "far down");
        assertThat(file.toString().length()).isGreaterThan(4_000);

        StoredSnapshot stored = backedUp();

        Path back = target.resolve(source.relativize(file));
        assertThat(back).hasContent("far down");
        assertThat(restic.run("dump", stored.id().toString(), file.toString())).isEqualTo("far down");
    }

    @Test
    void aHundredThousandFilesInADirectory() throws Exception {
        int count = Tier.full() ? 100_000 : 10_000;
        for (int i = 0; i < count; i++) {
            Files.writeString(source.resolve("file" + i), i % 10 == 0 ? "content of " + i : "");
        }

        StoredSnapshot stored = backedUp();

        assertThat(stored.snapshot().summary().orElseThrow().files().added()).isEqualTo(count);
        assertThat(Trees.contents(target)).isEqualTo(Trees.contents(source));
        assertThat(restic.run("ls", stored.id().toString()).lines().filter(line -> line.contains("/s/file")))
                .hasSize(count);
    }

    /** Backs the source up, has restic check that, and restores it. */
    private StoredSnapshot backedUp() throws Exception {
        StoredSnapshot stored;
        try (Repository ours =
                Repository.init(DirectoryStorage.at(folder.resolve("r")), ResticProgram.PASSWORD.toCharArray())) {
            stored = Backup.of(DirectorySource.at(List.of(source))).to(ours);
            Restore.of(ours, stored).from(source.toString()).verified().into(target);
        }
        assertThat(restic.run("check", "--read-data")).contains("no errors were found");
        return stored;
    }
}
