package dev.prodstack.backup.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.backup.Restic;
import dev.prodstack.backup.Tier;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.storage.DirectoryStorage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every operation is cut off before each change it makes to the storage (each second, if not at full length); what is
 * left is judged by restic.
 */
@Tag("engine")
class PowerCutTest {
    @TempDir
    static Path folder;

    private static Scene scene;

    @ParameterizedTest
    @EnumSource(Operation.class)
    void leavesEverythingWhole(Operation operation) throws Exception {
        if (scene == null) {
            scene = Scene.set(folder);
        }
        int changes = 0;
        while (cut(operation, changes)) {
            changes += Tier.full() ? 1 : 2;
        }
        // A lock is written and removed, and something between.
        assertThat(changes).isGreaterThan(2);
    }

    /** Whether the operation needs more changes than these. */
    private static boolean cut(Operation operation, int changes) throws Exception {
        Path copy = scene.copy(folder.resolve(operation + "-" + changes));
        DyingStorage storage = new DyingStorage(DirectoryStorage.at(copy), changes);
        boolean cut = false;
        try (Repository repository = Repository.open(storage, Scene.PASSWORD)) {
            operation.run(repository, scene);
        } catch (IOException e) {
            cut = true;
            assertThat(storage.tried()).as(e.toString()).isGreaterThan(changes);
        }
        scene.assertWhole(copy, operation);
        try (Repository repository = Repository.open(DirectoryStorage.at(copy), Scene.PASSWORD)) {
            operation.run(repository, scene);
        }
        // With its lock: nothing was left behind that blocks.
        new Restic(copy, String.valueOf(Scene.PASSWORD)).check();
        return cut;
    }
}
