package dev.prodstack.backup.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.prodstack.backup.repository.HeldLock;
import dev.prodstack.backup.repository.Repository;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Works, as jobs do them, on a real repository. */
class WorkerTest {
    @TempDir
    private Path directory = Path.of("");

    private Path files = Path.of("");
    private RepositoryAccess access = RepositoryAccess.directory("", "", "");

    @BeforeEach
    void begin() throws Exception {
        files = Files.createDirectories(directory.resolve("files"));
        Path password = Files.writeString(directory.resolve("password"), "secret\n");
        access = RepositoryAccess.directory(directory.resolve("repository").toString(), password.toString(), "auto");
    }

    private static WorkResult perform(Work work) throws Exception {
        List<String> lines = new ArrayList<>();
        Worker.perform(WorkJson.decode(WorkJson.encode(work)), lines::add);
        return WorkJson.result(lines).orElseThrow();
    }

    private Work.Label label(String backup) {
        return new Work.Label("shop", "web", "volume uploads", backup);
    }

    private WorkResult store(String backup) throws Exception {
        WorkResult stored = perform(new Work.StoreFiles(access, label(backup), files.toString(), List.of()));
        perform(new Work.StoreText(access, label(backup), "manifest", "manifest.json", "{\"id\":\"" + backup + "\"}"));
        return stored;
    }

    @Test
    void filesComeBackAndWhatWasNotThereGoes() throws Exception {
        perform(new Work.Prepare(access, true));
        Files.writeString(files.resolve("one"), "1");
        Files.createDirectories(files.resolve("empty"));
        WorkResult.Stored first = store("a").stored().get(0);
        WorkResult.Stored same = store("b").stored().get(0);
        Files.writeString(files.resolve("one"), "other");
        Files.delete(files.resolve("empty"));
        Files.writeString(Files.createDirectories(files.resolve("more")).resolve("two"), "2");

        perform(new Work.RestoreFiles(access, first.snapshots(), files.toString()));

        assertThat(files.resolve("one")).hasContent("1");
        assertThat(files.resolve("empty")).isEmptyDirectory();
        assertThat(files.resolve("more")).doesNotExist();
        assertThat(same.digest()).as("of the same content").isEqualTo(first.digest());
        assertThat(store("c").stored().get(0).digest()).isNotEqualTo(first.digest());
    }

    /** Told by bytes: as text, names that are not UTF-8 look alike, and in a POSIX locale all that are not ASCII do. */
    @Test
    void namesThatAreNoTextStay() throws Exception {
        perform(new Work.Prepare(access, true));
        URI folder = files.toUri();
        Path odd = Path.of(URI.create(folder + "%FF%C3%28odd"));
        Path umlaut = Path.of(URI.create(folder + "%C3%BCml%C3%A4ut"));
        Path later = Path.of(URI.create(folder + "%FE%C3%28odd"));
        Files.writeString(odd, "1");
        Files.writeString(umlaut, "2");
        WorkResult.Stored stored = store("a").stored().get(0);
        Files.writeString(later, "3");
        Files.writeString(odd, "other");

        perform(new Work.RestoreFiles(access, stored.snapshots(), files.toString()));

        assertThat(odd).hasContent("1");
        assertThat(umlaut).hasContent("2");
        assertThat(later).doesNotExist();
    }

    @Test
    void backupsAreForgottenAsWholes() throws Exception {
        perform(new Work.Prepare(access, true));
        for (String backup : List.of("a", "b", "c")) {
            Files.writeString(files.resolve("one"), backup);
            store(backup);
        }
        assertThat(perform(new Work.ListBackups(access, "shop")).backups())
                .containsExactly("{\"id\":\"a\"}", "{\"id\":\"b\"}", "{\"id\":\"c\"}");

        WorkResult forgotten = perform(new Work.Forget(access, "shop", Map.of("last", "2"), List.of()));

        assertThat(forgotten.facts())
                .containsEntry("backups_kept", "2")
                .containsEntry("backups_forgotten", "1")
                .containsEntry("snapshots_forgotten", "2");
        assertThat(perform(new Work.ListBackups(access, "shop")).backups()).hasSize(2);
        perform(new Work.Verify(access, 1, 1, List.of()));
    }

    /** As the receiver of a log stores beside it, and other stacks. */
    @Test
    void aLockOfOthersIsWaitedFor() throws Exception {
        perform(new Work.Prepare(access, true));
        store("a");
        store("b");
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Repository other = access.open();
        try (other) {
            HeldLock lock = other.lockShared();
            Thread forgetting = new Thread(() -> {
                try {
                    Worker.perform(new Work.Forget(access, "shop", Map.of("last", "1"), List.of()), lines::add);
                } catch (IOException | InterruptedException e) {
                    lines.add("failed " + e);
                }
            });
            forgetting.start();
            assertThat(lines.poll(30, TimeUnit.SECONDS))
                    .startsWith(Worker.WAITING)
                    .contains("is locked");
            lock.close();
            forgetting.join();
        }
        assertThat(WorkJson.result(List.copyOf(lines)).orElseThrow().facts()).containsEntry("backups_forgotten", "1");
    }

    @Test
    void whatIsDamagedIsSaid() throws Exception {
        perform(new Work.Prepare(access, true));
        Files.writeString(files.resolve("one"), "1");
        store("a");
        try (Stream<Path> packs = Files.walk(directory.resolve("repository/data"))) {
            for (Path pack : packs.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(pack);
                bytes[40] ^= 1;
                Files.delete(pack);
                Files.write(pack, bytes);
            }
        }

        assertThatIOException()
                .isThrownBy(() -> perform(new Work.Verify(access, 1, 1, List.of())))
                .withMessageContaining("is damaged");
    }

    @Test
    void aRepositoryIsMadeOnlyWhereThatIsAsked() {
        assertThatIOException()
                .isThrownBy(() -> perform(new Work.Prepare(access, false)))
                .withMessageContaining("There is no repository at");
    }

    @Test
    void aWorkOfAnotherVersionIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WorkJson.decode("{\"work\":\"Fly\",\"what\":{}}"))
                .withMessageContaining("the job's image must be of the version");
    }
}
