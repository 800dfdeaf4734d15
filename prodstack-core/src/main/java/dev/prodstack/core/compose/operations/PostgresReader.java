package dev.prodstack.core.compose.operations;

import dev.prodstack.core.backup.BackupSource;
import dev.prodstack.core.backup.BackupSource.BaseBackup;
import dev.prodstack.core.backup.BackupSource.Checkpoint;
import dev.prodstack.core.backup.BackupSource.Dump;
import dev.prodstack.core.backup.BackupSource.Postgres;
import dev.prodstack.core.backup.BackupSource.Wal;
import dev.prodstack.core.backup.Login;
import dev.prodstack.core.compose.read.Fields;
import dev.prodstack.core.compose.read.Place;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads a {@code postgres} source. */
final class PostgresReader {
    private final Mentions mentions;

    PostgresReader(Mentions mentions) {
        this.mentions = mentions;
    }

    Optional<BackupSource> read(Place place, Fields fields) {
        int port = BackupReader.port(fields, Postgres.DEFAULT_PORT);
        Optional<Login> login = BackupReader.requiredLogin(fields, mentions);
        Optional<Dump> dump = Parts.part(fields, "dump").map(PostgresReader::dump);
        Optional<BaseBackup> base = Parts.part(fields, "base_backup").map(PostgresReader::base);
        Optional<Wal> wal = Parts.part(fields, "wal").map(PostgresReader::wal);
        return login.flatMap(role -> place.made(() -> new Postgres(port, role, dump, base, wal)));
    }

    private static Dump dump(Fields fields) {
        List<String> databases = Parts.names(fields, "databases");
        fields.end();
        return new Dump(databases);
    }

    private static BaseBackup base(Fields fields) {
        Checkpoint checkpoint = fields.choice("checkpoint", Checkpoint.class).orElse(Checkpoint.FAST);
        fields.end();
        return new BaseBackup(checkpoint);
    }

    private static Wal wal(Fields fields) {
        String slot = fields.parsed("slot", Wal::checkedSlot).orElse(Wal.DEFAULT_SLOT);
        Duration storeEvery = fields.duration("store_every", Wal.MIN_STORE_EVERY, Wal.MAX_STORE_EVERY)
                .orElse(Wal.DEFAULT_STORE_EVERY);
        fields.end();
        return new Wal(slot, storeEvery);
    }
}
