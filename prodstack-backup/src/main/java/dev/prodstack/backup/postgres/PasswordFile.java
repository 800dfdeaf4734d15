package dev.prodstack.backup.postgres;

import dev.prodstack.backup.server.Account;
import dev.prodstack.backup.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A password file for PostgreSQL's programs, which only its owner may read, and beside it a connection service file by
 * which they notice within a minute or so that a server is gone without a word; both gone when closed.
 */
final class PasswordFile implements AutoCloseable {
    /** The service in the file. */
    static final String SERVICE = "prodstack";

    /** There are no variables of the environment for these. */
    private static final String NOTICING = "[" + SERVICE
            + "]\nkeepalives_idle=30\nkeepalives_interval=10\nkeepalives_count=3\ntcp_user_timeout=60000\n";

    private final Path file;
    private final Path service;

    private PasswordFile(Path file, Path service) {
        this.file = file;
        this.service = service;
    }

    static PasswordFile of(Server server, Account account) throws IOException {
        Path file = Files.createTempFile(
                "prodstack-",
                ".pgpass",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        PasswordFile made = new PasswordFile(file, file.resolveSibling(file.getFileName() + ".service"));
        try {
            Files.writeString(made.service, NOTICING);
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

    /** The connection service file. */
    Path service() {
        return service;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(service);
        Files.deleteIfExists(file);
    }
}
