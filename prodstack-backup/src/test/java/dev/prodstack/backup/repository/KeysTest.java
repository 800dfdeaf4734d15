package dev.prodstack.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.backup.Restic;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.crypto.Scrypt;
import dev.prodstack.backup.storage.DirectoryStorage;
import dev.prodstack.backup.storage.FileKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
    private static final Scrypt CHEAP = new Scrypt(2, 1, 1);
    private static final char[] FIRST = "first".toCharArray();
    private static final char[] SECOND = "zweites Passwort ß".toCharArray();

    @TempDir
    Path folder;

    private Repository repository;

    @BeforeEach
    void init() throws IOException {
        repository = Repository.init(storage(), FIRST, CHEAP);
    }

    @AfterEach
    void close() throws IOException {
        repository.close();
    }

    private DirectoryStorage storage() {
        return DirectoryStorage.at(folder);
    }

    @Test
    void eachPasswordOpens() throws IOException {
        ContentId added = repository.keys().add(SECOND, CHEAP);
        try (Repository other = Repository.open(storage(), SECOND)) {
            assertThat(other.config()).isEqualTo(repository.config());
            List<StoredKey> keys = other.keys().list();
            assertThat(keys).hasSize(2).allSatisfy(key -> {
                assertThat(key.hostname()).isEqualTo(Host.name());
                assertThat(key.current()).isEqualTo(key.id().equals(added));
            });
        }
        Repository.open(storage(), FIRST).close();
    }

    @Test
    void aRemovedPasswordOpensNoMore() throws IOException {
        ContentId added = repository.keys().add(SECOND, CHEAP);
        repository.keys().remove(added);
        assertThatThrownBy(() -> Repository.open(storage(), SECOND))
                .isInstanceOf(WrongPasswordException.class)
                .hasMessageContaining("The password is wrong")
                .hasMessageNotContaining(String.valueOf(SECOND));
        assertThatThrownBy(() -> repository.keys().remove(added)).hasMessageContaining("has no key");
    }

    @Test
    void theKeyThatOneIsInWithStays() throws IOException {
        StoredKey mine = repository.keys().list().get(0);
        assertThatThrownBy(() -> repository.keys().remove(mine.id())).hasMessageContaining("was opened with");
        Repository.open(storage(), FIRST).close();
    }

    @Test
    void aChangedPasswordTakesThePlaceOfTheOld() throws IOException {
        ContentId id = repository.keys().change(SECOND, CHEAP);
        assertThatThrownBy(() -> Repository.open(storage(), FIRST)).isInstanceOf(WrongPasswordException.class);
        Repository.open(storage(), SECOND).close();
        assertThat(repository.keys().list()).extracting(StoredKey::id).containsExactly(id);
        repository.keys().change(FIRST, CHEAP);
        Repository.open(storage(), FIRST).close();
    }

    @Test
    void noPasswordMustBeAskedFor() throws IOException {
        char[] none = {};
        assertThatThrownBy(() -> Repository.init(DirectoryStorage.at(folder.resolve("other")), none))
                .hasMessageContaining("needs a password");
        assertThatThrownBy(() -> repository.keys().add(none, CHEAP)).hasMessageContaining("needs a password");
        assertThatThrownBy(() -> Repository.openWithoutPassword(storage())).isInstanceOf(WrongPasswordException.class);
    }

    @Test
    void damagedKeysSayWhatIsDamagedAndNothingSecret() throws IOException {
        Path file = folder.resolve(repository.files(FileKind.KEY).get(0).path());
        String content = Files.readString(file);
        Files.delete(file);
        Files.writeString(file, content.replaceFirst("\"data\":\"....", "\"data\":\"%%%%"));
        assertThatThrownBy(() -> Repository.open(storage(), FIRST))
                .hasMessageContaining(file.getFileName().toString())
                .hasMessageNotContaining("%%%%");
    }

    @Test
    @Tag("engine")
    void resticAndWeOpenEachOthersKeys() throws Exception {
        repository.keys().add(SECOND, CHEAP);
        Restic restic = new Restic(folder, String.valueOf(SECOND));
        restic.run("key", "list");
        Path password = folder.resolveSibling("password");
        Files.writeString(password, "third");
        restic.run("key", "add", "--new-password-file", password.toString());
        try (Repository third = Repository.open(storage(), "third".toCharArray())) {
            third.keys().change("fourth".toCharArray(), CHEAP);
        }
        new Restic(folder, "third").fails("snapshots");
        new Restic(folder, "fourth").run("check");
    }

    @Test
    @Tag("engine")
    void resticOpensOneWithoutPasswordIfAsked() throws Exception {
        Path open = folder.resolve("open");
        Repository.initWithoutPassword(DirectoryStorage.at(open)).close();
        Repository.openWithoutPassword(DirectoryStorage.at(open)).close();
        Restic restic = new Restic(open, "");
        restic.fails("check");
        if (!restic.version().startsWith("0.14")) {
            restic.run("check", "--insecure-no-password");
        }
    }
}
