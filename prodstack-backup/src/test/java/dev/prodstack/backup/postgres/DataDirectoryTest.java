package dev.prodstack.backup.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.prodstack.backup.postgres.DataDirectory.Old;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is in a data directory after each way in which replacing it may end. */
class DataDirectoryTest {
    @TempDir
    private Path directory = Path.of("");

    private DataDirectory data = new DataDirectory(directory);

    @BeforeEach
    void begin() throws IOException {
        data = new DataDirectory(directory);
        write(directory, "old");
    }

    private static void write(Path folder, String text) throws IOException {
        Files.createDirectories(folder.resolve("base/1"));
        Files.writeString(folder.resolve("PG_VERSION"), text);
        Files.writeString(folder.resolve("base/1/2"), text);
        Files.writeString(folder.resolve("only-" + text), text);
    }

    private static DataDirectory.Making making(String text) {
        return folder -> write(folder, text);
    }

    private static DataDirectory.Making failing() {
        return folder -> {
            write(folder, "half");
            throw new IOException("no room");
        };
    }

    private String found() throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                texts.add(directory.relativize(file) + "=" + Files.readString(file));
            }
        }
        return String.join(" ", texts);
    }

    private static String whole(String text) {
        return "PG_VERSION=" + text + " base/1/2=" + text + " only-" + text + "=" + text;
    }

    @Test
    void theNewOneTakesThePlaceAndTheOldOneGoesOrComesBack() throws Exception {
        data.replace(Old.KEPT, making("new"));
        assertThat(found())
                .contains(whole("new"), "prodstack_replaced/only-old=old")
                .doesNotContain(DataDirectory.NEW);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        data.putBack();
        assertThat(found()).isEqualTo(whole("old"));
        data.putBack();
        assertThat(found()).as("of what was not replaced").isEqualTo(whole("old"));

        data.replace(Old.KEPT, making("new"));
        data.keepNew();
        assertThat(found()).isEqualTo(whole("new"));
        data.putBack();
        assertThat(found()).isEqualTo(whole("new"));
    }

    @Test
    void whatCannotBeMadeLeavesTheOldOne() throws Exception {
        assertThatIOException().isThrownBy(() -> data.replace(Old.KEPT, failing()));
        assertThat(found()).isEqualTo(whole("old"));
        assertThatIOException().isThrownBy(() -> data.replace(Old.REMOVED, failing()));
        assertThat(found()).isEmpty();
        data.replace(Old.REMOVED, making("new"));
        assertThat(found()).isEqualTo(whole("new"));
    }

    /** Killed while what is old goes to its folder: some of it is there, some is not. */
    @ParameterizedTest
    @EnumSource(
            value = Old.class,
            names = {"KEPT", "KEPT_BEFORE"})
    void onesThatWereKilledInBetweenAreBegunAnew(Old old) throws Exception {
        write(directory.resolve(DataDirectory.NEW), "half");
        Files.createDirectories(directory.resolve(DataDirectory.REPLACED));
        Files.move(
                directory.resolve("base"),
                directory.resolve(DataDirectory.REPLACED).resolve("base"));
        data.replace(old, making("new"));
        assertThat(found()).contains(whole("new"));
        data.putBack();
        assertThat(found()).isEqualTo(whole("old"));
    }

    @Test
    void whatAnUnfinishedOnePutAsideIsKeptAndWhatIsLeftOfADoneOneIsNot() throws Exception {
        data.replace(Old.KEPT, making("first"));
        data.replace(Old.KEPT_BEFORE, making("second"));
        assertThat(found()).contains(whole("second")).doesNotContain("first");
        data.putBack();
        assertThat(found()).isEqualTo(whole("old"));

        data.replace(Old.KEPT, making("first"));
        data.replace(Old.KEPT, making("second"));
        data.putBack();
        assertThat(found()).isEqualTo(whole("first"));
    }

    @Test
    void aVolumesOwnFolderStays() throws Exception {
        Files.createDirectories(directory.resolve("lost+found"));
        data.replace(Old.KEPT, making("new"));
        data.putBack();
        data.replace(Old.REMOVED, making("new"));
        assertThat(directory.resolve("lost+found")).isDirectory();
    }
}
