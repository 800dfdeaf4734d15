package dev.prodstack.backup.postgres;

import dev.prodstack.backup.browse.SnapshotFiles;
import dev.prodstack.backup.chunk.FixedChunker;
import dev.prodstack.backup.program.Program;
import dev.prodstack.backup.repository.HeldLock;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Origin;
import dev.prodstack.backup.server.StoredPart;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.tar.TarSource;
import dev.prodstack.core.backup.BackupSource.Checkpoint;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Stores a physical copy: {@code PostgresBase.of(postgres).to(repository, origin)}. It has the log that it needs to be
 * consistent, so it can be restored by itself.
 *
 * <p>The tar stream of {@code pg_basebackup} goes straight into the repository, without room for it on a disk, cut
 * where pages end, so that the next copy stores little more than the pages that changed. Then every file is read back
 * from the repository and compared with the server's manifest, as {@code pg_verifybackup} does, which only reads
 * folders. A slot of its own makes the server keep the log until it is sent.
 *
 * <p>Where the log is received, that begins first: a copy that is taken before there is a slot reaches to its own end
 * only, until the next one.
 *
 * <p>Facts: {@code timeline}, {@code lsn.start}, {@code lsn.end}, {@code system.identifier}, {@code server.version},
 * {@code files}. A server with tablespaces is refused: the stream has no room for them.
 *
 * @param postgres the server, with a role that may replicate
 * @param checkpoint how the server gets ready for it
 */
public record PostgresBase(Postgres postgres, Checkpoint checkpoint) {
    /** What the snapshot's label {@code kind} says. */
    public static final String KIND = "base";

    /** Checks that nothing is missing. */
    public PostgresBase {
        Objects.requireNonNull(postgres, "postgres");
        Objects.requireNonNull(checkpoint, "checkpoint");
    }

    /** Of a server, which gets ready at once. */
    public static PostgresBase of(Postgres postgres) {
        return new PostgresBase(postgres, Checkpoint.FAST);
    }

    /** The same, and the server gets ready otherwise. */
    public PostgresBase after(Checkpoint other) {
        return new PostgresBase(postgres, other);
    }

    /**
     * Copies, stores and verifies.
     *
     * @throws IOException if the server refuses or breaks off, the repository cannot be written, or what was stored is
     *     not what the server's manifest says
     */
    public StoredPart to(Repository repository, Origin origin) throws IOException, InterruptedException {
        Map<String, String> facts = new TreeMap<>();
        StoredSnapshot stored = store(repository, origin, facts);
        HeldLock lock = repository.lockShared();
        try (lock) {
            repository.loadIndex();
            SnapshotFiles files = SnapshotFiles.of(repository, stored);
            BaseManifest manifest = BaseManifest.of(files, stored);
            facts.put("files", Integer.toString(manifest.verify(files, stored)));
            facts.put("timeline", Integer.toString(manifest.timeline()));
            facts.put("lsn.start", manifest.start().toString());
            facts.put("lsn.end", manifest.end().toString());
        }
        return StoredPart.of(origin, KIND, List.of(stored), facts);
    }

    private StoredSnapshot store(Repository repository, Origin origin, Map<String, String> facts)
            throws IOException, InterruptedException {
        try (PasswordFile password = PasswordFile.of(postgres.server(), postgres.account());
                Connection keeper = postgres.replicate()) {
            identify(keeper, facts);
            keepLog(keeper);
            List<String> command = List.of(
                    postgres.program("pg_basebackup"),
                    "--pgdata=-",
                    "--format=tar",
                    "--wal-method=fetch",
                    "--checkpoint=" + checkpoint,
                    "--label=prodstack " + origin.backup(),
                    "--no-password");
            try (Program program =
                    Program.start(postgres.doing("pg_basebackup"), command, postgres.environment(password))) {
                program.input().close();
                TarSource source =
                        TarSource.named(origin.name(KIND), program.output()).cutBy(FixedChunker.PAGES);
                List<String> tags = new ArrayList<>(origin.tags(KIND));
                tags.add(WalStore.SYSTEM + facts.get("system.identifier"));
                return origin.backup(source, KIND)
                        .tagged(tags.toArray(String[]::new))
                        .to(repository);
            }
        } catch (SQLException e) {
            throw postgres.failure("keep a session for the base backup", e);
        }
    }

    private void identify(Connection connection, Map<String, String> facts) throws IOException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("IDENTIFY_SYSTEM")) {
                row.next();
                facts.put("system.identifier", row.getString("systemid"));
            }
            facts.put("server.version", connection.getMetaData().getDatabaseProductVersion());
        } catch (SQLException e) {
            throw postgres.failure("ask which system it is", e);
        }
    }

    /** It goes when the connection ends. */
    private void keepLog(Connection connection) throws IOException {
        String slot = "prodstack_base_" + UUID.randomUUID().toString().replace("-", "_");
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE_REPLICATION_SLOT " + slot + " TEMPORARY PHYSICAL RESERVE_WAL");
        } catch (SQLException e) {
            throw postgres.failure("make a slot that keeps the log during the base backup", e);
        }
    }
}
