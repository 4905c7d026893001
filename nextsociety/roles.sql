-- The portal's database and its two roles. Run by a superuser through psql; again, it does no harm:
--
--     psql --set owner_password=… --set portal_password=… --file nextsociety/roles.sql
--
-- portal_owner owns the tables and changes them (`manage.py migrate`); portal reads and writes rows,
-- and is all that web, worker and beat know. What it may do in the tables is granted after each
-- migration (conduct/models/owning.py). Without passwords the roles get none: the server must know them
-- otherwise.
\set ON_ERROR_STOP on
SELECT format('CREATE ROLE %I', role)
    FROM unnest(ARRAY['portal_owner', 'portal']) AS role
    WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) \gexec
ALTER ROLE portal_owner LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE portal LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
-- Compiling a query pays where one runs for seconds. The portal's are short, with many joins, and the
-- planner expects more of them than they do: each would be compiled anew, for longer than it runs.
ALTER ROLE portal SET jit = off;
\if :{?owner_password}
ALTER ROLE portal_owner PASSWORD :'owner_password';
\endif
\if :{?portal_password}
ALTER ROLE portal PASSWORD :'portal_password';
\endif
SELECT 'CREATE DATABASE portal OWNER portal_owner'
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'portal') \gexec
REVOKE ALL ON DATABASE portal FROM PUBLIC;
GRANT CONNECT ON DATABASE portal TO portal;
