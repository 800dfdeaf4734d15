"""Orders and products in PostgreSQL."""

import functools
import logging
import threading

from psycopg.rows import dict_row
from psycopg.types.json import Jsonb
from psycopg_pool import ConnectionPool

from shop.settings import settings

log = logging.getLogger(__name__)

# Any number, the same in every task: one of them makes the tables while the others wait.
MIGRATION_LOCK = 7265001

SCHEMA = """
CREATE TABLE IF NOT EXISTS products (
    id text PRIMARY KEY,
    name text NOT NULL,
    origin text NOT NULL,
    cents integer NOT NULL CHECK (cents > 0)
);
CREATE TABLE IF NOT EXISTS orders (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    customer text NOT NULL,
    items jsonb NOT NULL,
    cents integer NOT NULL CHECK (cents > 0),
    status text NOT NULL DEFAULT 'received' CHECK (status IN ('received', 'packing', 'shipped')),
    receipt text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX IF NOT EXISTS orders_newest ON orders (created_at DESC);
"""

PRODUCTS = [
    ("sencha", "Sencha Yabukita", "Shizuoka", 1450),
    ("darjeeling", "Darjeeling First Flush", "Margaret's Hope", 2200),
    ("assam", "Assam Gold Tip", "Dibrugarh", 1300),
    ("oolong", "Dong Ding Oolong", "Nantou", 2650),
    ("lapsang", "Lapsang Souchong", "Wuyi", 1750),
    ("genmaicha", "Genmaicha", "Uji", 1100),
]

ORDER = "id::text, customer, items, cents, status, receipt, created_at, changed_at"


@functools.cache
def pool():
    """Connections of this process, made when first used, so never shared by processes."""
    return ConnectionPool(
        min_size=0,
        max_size=settings.pool_size,
        timeout=5,
        max_idle=120,
        open=True,
        check=ConnectionPool.check_connection,
        kwargs={
            "host": settings.postgres_host,
            "port": settings.postgres_port,
            "dbname": settings.postgres_db,
            "user": settings.postgres_user,
            "password": settings.postgres_password,
            "application_name": f"{settings.service}@{settings.task}",
            "connect_timeout": 5,
            "row_factory": dict_row,
        },
    )


def migrate():
    with pool().connection() as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (MIGRATION_LOCK,))
        connection.execute(SCHEMA)
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO products VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING", PRODUCTS)


class Migration(threading.Thread):
    """Makes the tables as soon as the database answers; the service is alive in the meantime, not ready."""

    def __init__(self):
        super().__init__(daemon=True, name="migration")
        self.done = threading.Event()
        self.ended = threading.Event()

    def run(self):
        while not self.ended.is_set():
            try:
                migrate()
                self.done.set()
                return
            except Exception as problem:  # whatever it is, the next try may succeed
                log.warning("the database is not ready: %s", str(problem).strip())
                self.ended.wait(2)


def products():
    with pool().connection() as connection:
        return connection.execute("SELECT id, name, origin, cents FROM products ORDER BY name").fetchall()


def prices(ids):
    with pool().connection() as connection:
        rows = connection.execute("SELECT id, name, cents FROM products WHERE id = ANY(%s)", (list(ids),)).fetchall()
        return {row["id"]: row for row in rows}


def newest_orders(limit):
    with pool().connection() as connection:
        return connection.execute(f"SELECT {ORDER} FROM orders ORDER BY created_at DESC LIMIT %s", (limit,)).fetchall()


def order(identifier):
    with pool().connection() as connection:
        return connection.execute(f"SELECT {ORDER} FROM orders WHERE id = %s", (identifier,)).fetchone()


def place(customer, items, cents, announce):
    """Keeps an order if announce(order) succeeds; an order that no worker hears of is not taken."""
    with pool().connection() as connection:
        row = connection.execute(
            f"INSERT INTO orders (customer, items, cents) VALUES (%s, %s, %s) RETURNING {ORDER}",
            (customer, Jsonb(items), cents),
        ).fetchone()
        announce(row)
        return row


def change(identifier, status, receipt=None):
    with pool().connection() as connection:
        return connection.execute(
            "UPDATE orders SET status = %s, receipt = coalesce(%s, receipt), changed_at = clock_timestamp()"
            f" WHERE id = %s RETURNING {ORDER}",
            (status, receipt, identifier),
        ).fetchone()


def check():
    with pool().connection(timeout=2) as connection:
        connection.execute("SELECT 1")
