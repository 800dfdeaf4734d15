package dev.prodstack.backup.postgres;

import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Account;
import dev.prodstack.backup.server.Server;
import dev.prodstack.backup.storage.DirectoryStorage;
import dev.prodstack.core.backup.BackupSource.Wal;
import java.nio.file.Path;
import java.time.Duration;

/** A receiver as a process of its own, to be killed: port, password file, repository, milliseconds between writes. */
final class WalVictim {
    private WalVictim() {}

    public static void main(String[] arguments) throws Exception {
        Postgres postgres = Postgres.at(
                new Server("127.0.0.1", Integer.parseInt(arguments[0])),
                new Account("postgres", Path.of(arguments[1])));
        Wal wal = new Wal("prodstack", Duration.ofMillis(Long.parseLong(arguments[3])));
        try (Repository repository =
                Repository.open(DirectoryStorage.at(Path.of(arguments[2])), "secret".toCharArray())) {
            WalReceiver.of(postgres, wal)
                    .into(repository, "shop", "postgres")
                    .telling(event -> System.out.println(event))
                    .run();
        }
    }
}
