"""The two roles of the database: its owner, who changes tables, and the application, who may not.

Everything runs as the application's role but for the few commands that are conducted `as_owner`.
After each migration the owner grants the application what it needs (`grant_rights`): rows of the
tables, and of the history not even that, which only triggers write, with the owner's rights.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pghistory.models
import pghistory.trigger
import pgtrigger
from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from .traces import Trace
from .tracing import make_tracing

_LOGIN = ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
# Where a function with the owner's rights looks for names: nobody else can put anything there.
_SEARCH_PATH = "pg_catalog, public, pg_temp"


def application_role() -> str:
    """The role as which web, worker and beat work."""
    return str(settings.DATABASES[DEFAULT_DB_ALIAS]["USER"])


def owner_role() -> str:
    """The role that owns the tables; that of the application where no other is named."""
    return str(settings.OWNER_DATABASE["USER"])


def roles_are_apart() -> bool:
    """Whether the application works as another role than the owner of its tables."""
    return application_role() not in ("", owner_role())


@contextmanager
def as_owner(alias: str = DEFAULT_DB_ALIAS) -> Iterator[BaseDatabaseWrapper]:
    """Conduct what is enclosed as the owner of the tables, on a connection of its own.

    Raises RuntimeError within a transaction, which would be lost.
    """
    connection = connections[alias]
    if connection.in_atomic_block:
        raise RuntimeError("The role cannot change within a transaction.")
    connection.close()
    before = connection.settings_dict
    named: dict[str, Any] = dict(settings.OWNER_DATABASE)
    owner = {key: named[key] for key in _LOGIN}
    # A dict of its own: other threads connect by the one before.
    connection.settings_dict = {**before, **owner}
    try:
        yield connection
    finally:
        connection.close()
        connection.settings_dict = before


def grant_rights(using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """Give the application's role its rights, and triggers theirs; conducted by the owner.

    Run again it changes nothing. Called after each migration (`ConductConfig.ready`).
    """
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute(_CONTEXT_OF_ONE_TRANSACTION)
        cursor.execute(_IGNORED_BY_THE_OWNER_ALONE)
        cursor.execute(_RIGHTS_OF_FUNCTIONS, {"with_owners_rights": _with_owners_rights()})
        make_tracing(connection)
        if roles_are_apart():
            for statement in _grants(connection):
                cursor.execute(statement)


def _grants(connection: BaseDatabaseWrapper) -> Iterator[str]:
    name = connection.ops.quote_name
    database, role = name(connection.settings_dict["NAME"]), name(application_role())
    yield f"REVOKE ALL ON DATABASE {database} FROM PUBLIC, {role}"
    yield f"GRANT CONNECT ON DATABASE {database} TO {role}"
    yield f"REVOKE ALL ON SCHEMA public FROM PUBLIC, {role}"
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {role}"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {role}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}"
    read_only = ", ".join(name(table) for table in sorted(tables_only_read()))
    yield f"REVOKE INSERT, UPDATE, DELETE ON {read_only} FROM {role}"


def tables_only_read() -> set[str]:
    """What the application's role may read and never write: history, and which migrations ran."""
    events = {
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, pghistory.models.Event) and model._meta.managed
    }
    told = {pghistory.models.Context._meta.db_table, Trace._meta.db_table}
    return {*events, *told, "django_migrations"}


def _with_owners_rights() -> list[str]:
    """The functions of the triggers that write where the application may not."""
    return [
        trigger.get_pgid(model)
        for model, trigger in pgtrigger.registered()
        if isinstance(trigger, pghistory.trigger.Event)
        or getattr(trigger, "with_owners_rights", False)
    ]


# Only where it is not so already: a changed trigger has a new function.
_RIGHTS_OF_FUNCTIONS = f"""
    DO $do$
    DECLARE
        found record;
    BEGIN
        FOR found IN
            SELECT p.oid::regprocedure AS signature, p.prosecdef AS is_definer,
                p.proname = ANY (%(with_owners_rights)s) AS should_be
            FROM pg_proc p
            WHERE p.pronamespace = 'public'::regnamespace AND p.proname LIKE 'pgtrigger\\_%%'
                AND p.prosecdef <> (p.proname = ANY (%(with_owners_rights)s))
        LOOP
            IF found.should_be THEN
                EXECUTE format('ALTER FUNCTION %%s SECURITY DEFINER SET search_path = {_SEARCH_PATH}',
                    found.signature);
            ELSE
                EXECUTE format('ALTER FUNCTION %%s SECURITY INVOKER RESET search_path',
                    found.signature);
            END IF;
        END LOOP;
    END
    $do$
"""

# One context for each transaction, whatever context a session claims to be in: what a transaction
# has told (who, which action, why) stands once it has ended. As pghistory's own function otherwise.
_CONTEXT_OF_ONE_TRANSACTION = """
    CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS pghistory_context.id%TYPE AS $$
    DECLARE
        told_id text := NULLIF(current_setting('pghistory.context_id', true), '');
        told jsonb := NULLIF(current_setting('pghistory.context_metadata', true), '');
        own_id uuid;
    BEGIN
        IF told_id IS NULL OR told IS NULL THEN
            RETURN NULL;
        END IF;
        own_id := md5(told_id || ' ' || pg_current_xact_id()::text)::uuid;
        INSERT INTO pghistory_context (id, metadata, created_at, updated_at)
            VALUES (own_id, told, now(), now())
            ON CONFLICT (id) DO UPDATE SET metadata = EXCLUDED.metadata, updated_at = now()
                WHERE pghistory_context.metadata <> EXCLUDED.metadata;
        RETURN own_id;
    END
    $$ LANGUAGE plpgsql
"""

# pgtrigger lets any session switch its triggers off by a variable; here only the owner's own.
_IGNORED_BY_THE_OWNER_ALONE = """
    CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name name) RETURNS boolean AS $$
    DECLARE
        ignored text := NULLIF(current_setting('pgtrigger.ignore', true), '');
    BEGIN
        RETURN ignored IS NOT NULL
            AND trigger_name::text = ANY (ignored::text[])
            AND session_user = (
                SELECT pg_get_userbyid(relowner) FROM pg_class
                WHERE oid = 'public.pghistory_context'::regclass
            );
    END
    $$ LANGUAGE plpgsql
"""
#
