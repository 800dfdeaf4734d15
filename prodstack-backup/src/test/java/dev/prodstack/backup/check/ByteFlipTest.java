package dev.prodstack.backup.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.backup.AwkwardFiles;
import dev.prodstack.backup.Backup;
import dev.prodstack.backup.blob.DamagedException;
import dev.prodstack.backup.crypto.Scrypt;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.restore.Lack;
import dev.prodstack.backup.restore.Restore;
import dev.prodstack.backup.restore.RestoreReport;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.source.DirectorySource;
import dev.prodstack.backup.storage.DirectoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One bit of each byte of a small repository is turned, one after the other (some of them below the full tier): each is
 * noticed and named, and what does not need it is restored.
 */
class ByteFlipTest {
    private static final char[] PASSWORD = "open sesame".toCharArray();
    private static final int STEP = System.getProperty("prodstack.tier", "fast").equals("full") ? 1 : 41;

    @TempDir
    Path folder;

    private Path source;
    private Path place;

    @BeforeEach
    void backUp() throws Exception {
        source = Files.createDirectories(folder.resolve("s"));
        place = folder.resolve("r");
        byte[] chance = new byte[700];
        for (int i = 0; i < 4; i++) {
            new Random(i).nextBytes(chance);
            Files.write(Files.createDirectories(source.resolve("d" + i % 2)).resolve("f" + i), chance);
        }
        try (Repository repository = Repository.init(DirectoryStorage.at(place), PASSWORD, new Scrypt(2, 1, 1))) {
            Backup.of(DirectorySource.at(source)).to(repository);
        }
    }

    @Test
    void theRepositoryIsInOrderBefore() throws Exception {
        try (Repository repository = Repository.open(DirectoryStorage.at(place), PASSWORD)) {
            assertThat(Check.of(repository).readingData(Subset.ALL).run().findings())
                    .isEmpty();
        }
    }

    @Test
    void everyFlippedByteIsNamedAndTheRestIsRestored() throws Exception {
        TreeMap<String, Integer> flips = new TreeMap<>();
        for (Path file : files()) {
            byte[] content = Files.readAllBytes(file);
            AwkwardFiles.bash(place, "chmod 600 '" + file + "'");
            String name = place.relativize(file).toString();
            for (int at = 0; at < content.length; at += STEP) {
                byte[] flipped = content.clone();
                flipped[at] ^= (byte) (1 << at % 8);
                Files.write(file, flipped);
                noticed(name, at);
                flips.merge(name.replaceFirst("/.*", ""), 1, Integer::sum);
            }
            Files.write(file, content);
        }
        assertThat(flips.keySet()).containsExactly("config", "data", "index", "keys", "snapshots");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(place)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private void noticed(String file, int at) throws Exception {
        String where = file + " byte " + at;
        try (Repository repository = Repository.open(DirectoryStorage.at(place), PASSWORD)) {
            CheckReport report =
                    Check.of(repository).withoutLock().readingData(Subset.ALL).run();
            assertThat(report.clean()).as(where).isFalse();
            assertThat(report.findings().stream().map(Finding::subject))
                    .as(where)
                    .contains(file);
            List<StoredSnapshot> snapshots = repository.snapshots((damaged, why) -> {});
            if (snapshots.isEmpty()) {
                assertThat(file).startsWith("snapshots/");
            } else {
                salvages(repository, snapshots.get(0), report, where);
            }
        } catch (DamagedException e) {
            assertThat(e.getMessage()).as(where).contains(file);
            assertThat(file).as(where).matches("config|keys/.*");
        }
    }

    /** What is not restored is what the check says is affected; everything else is whole. */
    private void salvages(Repository repository, StoredSnapshot snapshot, CheckReport check, String where)
            throws Exception {
        Path target = Files.createTempDirectory(folder, "t");
        repository.salvageIndex((file, why) -> {});
        RestoreReport report = Restore.of(repository, snapshot).withoutLock().into(target);
        Set<String> lost = new HashSet<>();
        for (Lack lack : report.lacks()) {
            if (lack.kind() == Lack.Kind.CONTENT) {
                lost.add(lack.path());
            }
        }
        List<String> affected = new ArrayList<>();
        check.findings().forEach(finding -> affected.addAll(finding.affected()));
        for (Path file : sourceFiles()) {
            boolean below = lost.stream().anyMatch(path -> file.startsWith(path));
            Path restored = target.resolve(Path.of("/").relativize(file));
            if (below) {
                String named = affected.stream().collect(Collectors.joining(" "));
                assertThat(lost.stream().allMatch(named::contains))
                        .as(where + " " + named)
                        .isTrue();
            } else {
                assertThat(restored).as(where).hasSameBinaryContentAs(file);
            }
        }
        remove(target);
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private List<Path> sourceFiles() throws IOException {
        try (Stream<Path> all = Files.walk(source)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void aDamagedConfigurationDoesNotKeepFromSaving() throws Exception {
        Path config = place.resolve("config");
        byte[] content = Files.readAllBytes(config);
        content[40] ^= 1;
        AwkwardFiles.bash(place, "chmod 600 config");
        Files.write(config, content);
        List<String> told = new ArrayList<>();
        try (Repository repository =
                Repository.open(DirectoryStorage.at(place), PASSWORD, (file, damage) -> told.add(file.toString()))) {
            Path target = folder.resolve("t");
            Restore.of(repository, repository.snapshots().get(0))
                    .from(source.toString())
                    .withoutLock()
                    .into(target);
            assertThat(AwkwardFiles.describe(target)).containsExactlyElementsOf(AwkwardFiles.describe(source));
        }
        assertThat(told).containsExactly("config");
    }
}
