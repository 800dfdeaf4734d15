package dev.prodstack.cli;

import dev.prodstack.backup.crypto.Scrypt;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.storage.DirectoryStorage;
import java.io.IOException;
import java.nio.file.Path;

/** Repositories whose password costs little to try, for tests that open one many times. */
final class QuickRepository {
    private static final Scrypt CHEAP = new Scrypt(1024, 8, 1);

    private QuickRepository() {}

    static Repository init(Path directory, String password) throws IOException {
        return Repository.init(DirectoryStorage.at(directory), password.toCharArray(), CHEAP);
    }
}
