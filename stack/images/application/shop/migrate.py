"""python3 -m shop.migrate FILE...: runs SQL files once, in their order, each in a transaction of its own.

For the migration jobs of prodstack (x-prodstack.migrate): a file whose name was run before is left out. A statement
that cannot have its lock within three seconds ends the job, in place of holding up whoever asks for the table after it.
"""

import logging.config
import pathlib
import sys

from shop import database, logs

log = logging.getLogger("shop.migrate")

KEPT = "CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, run_at timestamptz NOT NULL DEFAULT clock_timestamp())"


def run(files):
    """The names of those that were run now."""
    done = []
    for file in files:
        with database.pool().connection() as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (database.MIGRATION_LOCK,))
            connection.execute("SET LOCAL lock_timeout = '3s'")
            connection.execute(KEPT)
            new = connection.execute(
                "INSERT INTO migrations (name) VALUES (%s) ON CONFLICT DO NOTHING RETURNING name", (file.name,)
            ).fetchone()
            if new:
                connection.execute(file.read_text(encoding="utf-8"))
                done.append(file.name)
        log.info("%s: %s", file.name, "done" if new else "was done before")
    return done


if __name__ == "__main__":
    logging.config.dictConfig(logs.configuration())
    database.migrate()
    run([pathlib.Path(name) for name in sys.argv[1:]])
