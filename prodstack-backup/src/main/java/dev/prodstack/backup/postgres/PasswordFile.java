package dev.prodstack.backup.postgres;

import dev.prodstack.backup.server.Account;
import dev.prodstack.backup.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A password file for PostgreSQL's programs, which only its owner may read; gone when closed. */
final class PasswordFile implements AutoCloseable {
    private final Path file;

    private PasswordFile(Path file) {
        this.file = file;
    }

    static PasswordFile of(Server server, Account account) throws IOException {
        Path file = Files.createTempFile(
                "prodstack-",
                ".pgpass",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        PasswordFile made = new PasswordFile(file);
        try {
            Files.writeString(
                    file,
                    escaped(server.host()) + ":" + server.port() + ":*:" + escaped(account.user()) + ":"
                            + escaped(account.password()) + "\n");
            return made;
        } catch (IOException e) {
            made.close();
            throw e;
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace(":", "\\:");
    }

    Path path() {
        return file;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
