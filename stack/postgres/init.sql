-- Runs once, as the administrator, on an empty data directory. Passwords come from the secrets, so that
-- none is written here.

CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS "uuid-ossp";

\set app_password `cat /run/secrets/postgres_app_password`
\set replication_password `cat /run/secrets/postgres_replication_password`

CREATE ROLE shop_app LOGIN PASSWORD :'app_password';
CREATE ROLE shop_replication LOGIN REPLICATION PASSWORD :'replication_password';

CREATE SCHEMA shop AUTHORIZATION shop_app;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO shop_app;
ALTER ROLE shop_app SET search_path = shop, public;
