/**
 * PostgreSQL: logical dumps ({@link dev.prodstack.backup.postgres.PostgresDump}), physical copies
 * ({@link dev.prodstack.backup.postgres.PostgresBase}), and how each comes back.
 *
 * <pre>{@code
 * Postgres postgres = Postgres.at(new Server("postgres", 5432), new Account("postgres", Path.of("/run/secrets/pw")));
 * StoredPart dump = PostgresDump.of(postgres).to(repository, origin);
 * PostgresRestore.of(repository, snapshot).into(postgres);
 * }</pre>
 */
@NullMarked
package dev.prodstack.backup.postgres;

import org.jspecify.annotations.NullMarked;
