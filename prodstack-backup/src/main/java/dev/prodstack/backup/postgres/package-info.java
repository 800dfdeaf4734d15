/**
 * PostgreSQL: logical dumps ({@link dev.prodstack.backup.postgres.PostgresDump}), physical copies
 * ({@link dev.prodstack.backup.postgres.PostgresBase}), and how each comes back.
 *
 * <pre>{@code
 * Postgres postgres = Postgres.at(new Server("postgres", 5432), new Account("postgres", Path.of("/run/secrets/pw")));
 * StoredPart dump = PostgresDump.of(postgres).to(repository, origin);
 * PostgresRestore.of(repository, snapshot).into(postgres);
 *
 * WalReceiver.of(postgres, wal).into(repository, "shop", "postgres").run();           // all the time
 * StoredPart base = PostgresBase.of(postgres).to(repository, origin);
 * PostgresRecovery.of(repository, "shop", "postgres").plan(new ToTime(moment)).into(directory);
 * }</pre>
 *
 * <p>The log is received with the driver, not with {@code pg_receivewal}, whose spool would have to outlast the node:
 * here the server's slot is the buffer, and nothing is confirmed before the repository has it.
 */
@NullMarked
package dev.prodstack.backup.postgres;

import org.jspecify.annotations.NullMarked;
