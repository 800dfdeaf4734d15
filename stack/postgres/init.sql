-- Runs once, in psql, as the administrator, on an empty data directory. Passwords come from the secrets:
-- psql reads them, so that none is written here, in an argument or in an environment.

\set ON_ERROR_STOP on

CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS "uuid-ossp";

\set app_password `cat /run/secrets/postgres_app_password`
\set replication_password `cat /run/secrets/postgres_replication_password`
-- Only where docker-compose.ops.yml brings the exporter. For one that comes later, as the administrator:
-- ALTER ROLE shop_metrics LOGIN; \password shop_metrics
\set metrics `test -s /run/secrets/postgres_metrics_password && echo on || echo off`

-- What a failing statement logs must not be the password in it.
SET log_min_error_statement = panic;
SET log_min_duration_statement = -1;
SET log_statement = none;
SET pg_stat_statements.track_utility = off;

-- The application: its own schema, its own data, no more. A statement that runs for minutes is a mistake.
CREATE ROLE shop_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'app_password';
ALTER ROLE shop_app SET statement_timeout = '60s';
ALTER ROLE shop_app SET search_path = shop, public;

-- Copies and the log of changes: backups and standbys. It reads no table.
CREATE ROLE shop_replication LOGIN REPLICATION NOSUPERUSER NOCREATEDB NOCREATEROLE CONNECTION LIMIT 10
  PASSWORD :'replication_password';

-- The exporter: statistics and settings, no table.
CREATE ROLE shop_metrics NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION CONNECTION LIMIT 5;
GRANT pg_monitor TO shop_metrics;
ALTER ROLE shop_metrics SET statement_timeout = '10s';
\if :metrics
\set metrics_password `cat /run/secrets/postgres_metrics_password`
ALTER ROLE shop_metrics LOGIN PASSWORD :'metrics_password';
\endif

RESET log_min_error_statement;
RESET log_min_duration_statement;
RESET log_statement;
RESET pg_stat_statements.track_utility;

-- Nobody is let in because nobody said otherwise.
REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
REVOKE ALL ON DATABASE postgres FROM PUBLIC;
REVOKE ALL ON DATABASE template1 FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT CONNECT ON DATABASE :"DBNAME" TO shop_app, shop_metrics;
CREATE SCHEMA shop AUTHORIZATION shop_app;
GRANT USAGE ON SCHEMA public TO shop_app, shop_metrics;

-- What the image lets in from the network ("host all all all") does not hold for replication. Besides its own
-- role the administrator needs it, as whom backups copy the server. The image starts the server anew after this,
-- which then reads it.
DO $$
BEGIN
  EXECUTE format(
    'COPY (SELECT %L) TO PROGRAM %L',
    format('host replication shop_replication,%I all scram-sha-256', current_user),
    'cat >> ' || quote_literal(current_setting('hba_file')));
END
$$;
