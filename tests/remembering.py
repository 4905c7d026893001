"""Stories that many tests begin with, told once and remembered.

A voucher's life up to its first payment is some 1,500 statements through the actions of all rooms.
`remembered` keeps the rows and the files that a story has made, and what it returned; the next test
of the same process gets them back in one statement, and what was to happen after the commit is asked
for again. Nothing is remembered of a story that was told in a database with people in it, or with a
changed action that does not say by what it is known.
"""

from __future__ import annotations

import atexit
import copy
import errno
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

import psycopg2
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from psycopg2.errors import DeadlockDetected

from accounts.models import User
from conduct.queries.days import day_of, today
from demonstration.clock import FIRST_ZONE
from nextsociety import embedded
from nextsociety.embedded.postgres import SUPERUSER
from vouchers.calls import actions as calls

P = ParamSpec("P")
Told = TypeVar("Told")

# With a superuser's rights, since what triggers have done is not to be done again.
FUNCTIONS = """
    CREATE SCHEMA remembering;
    GRANT USAGE ON SCHEMA remembering TO PUBLIC;
    CREATE FUNCTION remembering.lines() RETURNS TABLE (tbl text, line text)
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    DECLARE
        one regclass;
    BEGIN
        FOR one IN SELECT oid FROM pg_class
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        LOOP
            RETURN QUERY EXECUTE format('SELECT %L, to_jsonb(t)::text FROM %s t', one, one);
        END LOOP;
    END $$;
    CREATE FUNCTION remembering.restore(everything jsonb) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
        SET session_replication_role = replica AS $$
    DECLARE
        tbl text;
        found jsonb;
        columns text;
        numbered text;
        counter text;
    BEGIN
        FOR tbl, found IN SELECT * FROM jsonb_each(everything) LOOP
            SELECT string_agg(quote_ident(attname), ', ') INTO columns FROM pg_attribute
                WHERE attrelid = tbl::regclass AND attnum > 0 AND NOT attisdropped
                AND attgenerated = '';
            EXECUTE format(
                'INSERT INTO %1$s (%2$s) SELECT %2$s FROM jsonb_populate_recordset(NULL::%1$s, $1)',
                tbl, columns
            ) USING found;
            -- Whoever emptied the database may have let its counters begin anew.
            FOR numbered, counter IN
                SELECT attname, pg_get_serial_sequence(tbl, attname) FROM pg_attribute
                WHERE attrelid = tbl::regclass AND attnum > 0 AND NOT attisdropped
                AND attidentity <> ''
            LOOP
                EXECUTE format(
                    'SELECT setval(%1$L, greatest(max(%2$I), (SELECT last_value FROM %1$s))) FROM %3$s',
                    counter, numbered, tbl
                );
            END LOOP;
        END LOOP;
    END $$;

    -- What `migrate` leaves in the tables: content types, permissions, the first policy of roles.
    CREATE TABLE remembering.beginning (tbl text PRIMARY KEY, rows_of jsonb);
    INSERT INTO remembering.beginning
        SELECT tbl, jsonb_agg(line::jsonb ORDER BY line) FROM remembering.lines() GROUP BY tbl;
    CREATE FUNCTION remembering.empty() RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
        SET session_replication_role = replica AS $$
    DECLARE
        tables text[] := ARRAY(SELECT oid::regclass FROM pg_class
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY oid);
        one text;
        is_filled boolean;
        first jsonb;
        now_found jsonb;
    BEGIN
        -- Who is still writing is waited for.
        EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', array_to_string(tables, ', '));
        FOREACH one IN ARRAY tables LOOP
            EXECUTE format('SELECT EXISTS (SELECT FROM %s)', one) INTO is_filled;
            SELECT rows_of INTO first FROM remembering.beginning WHERE tbl = one;
            IF first IS NULL THEN
                IF is_filled THEN
                    EXECUTE format('DELETE FROM %s', one);
                END IF;
                CONTINUE;
            END IF;
            EXECUTE format(
                'SELECT jsonb_agg(to_jsonb(t) ORDER BY to_jsonb(t)::text) FROM %s t', one
            ) INTO now_found;
            IF now_found IS DISTINCT FROM first THEN
                EXECUTE format('DELETE FROM %s', one);
                PERFORM remembering.restore(jsonb_build_object(one, first));
            END IF;
        END LOOP;
    END $$;

    -- Each table counts from a thousand of its own: where the key of one record is taken for
    -- another's, it finds nothing, in whatever order the tests run.
    SELECT setval(pg_get_serial_sequence(tbl::text, attname),
            1000 * row_number() OVER (ORDER BY tbl::text))
        FROM (
            SELECT attrelid::regclass AS tbl, attname FROM pg_attribute
            JOIN pg_class ON pg_class.oid = attrelid
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
                AND attnum > 0 AND NOT attisdropped AND attidentity <> ''
        ) numbered;
"""


@dataclass
class Memory:
    """What a story left behind: its rows as JSON, its files in a folder, and what it returned.

    `after_commit` is what it wanted to be done then: tasks to queue, by the ids of its rows.
    """

    rows: str
    files: Path
    after_commit: list[tuple[Callable[[], object], bool]]
    returned: object


_memories: dict[tuple[object, ...], Memory] = {}
_open_call = calls.open_call


def install(database: str) -> None:
    """Put the functions into a migrated database, where a superuser can be had without a password."""
    if not is_possible():
        return
    socket = settings.DATABASES["default"]["OPTIONS"]["host"]
    with closing(psycopg2.connect(dbname=database, user=SUPERUSER, host=socket)) as superuser:
        superuser.autocommit = True
        with superuser.cursor() as cursor:
            cursor.execute(FUNCTIONS)


def is_possible() -> bool:
    """Whether the tests run on the embedded PostgreSQL, whose superuser they may be."""
    return embedded.database_url(settings.DATA_DIR) == settings.DATABASE_URL


def remembered(tell: Callable[P, Told]) -> Callable[P, Told]:
    """Let a story that was told before, with the same arguments on the same day, be remembered."""

    @wraps(tell)
    def told(*args: P.args, **kwargs: P.kwargs) -> Told:
        if not _may_be_remembered():
            return tell(*args, **kwargs)
        key = (tell.__qualname__, repr(args), repr(kwargs), _opens_as(), *_days())
        # Where everything is committed, a story is one transaction: whole, or not at all.
        with transaction.atomic():
            return _recall(_memories[key]) if key in _memories else told_anew(key, *args, **kwargs)

    def told_anew(key: tuple[object, ...], *args: P.args, **kwargs: P.kwargs) -> Told:
        before, asked_before = _lines(), len(connection.run_on_commit)
        returned = tell(*args, **kwargs)
        rows = _made_since(before)
        if rows is not None:
            asked = [(do, robust) for _, do, robust in connection.run_on_commit[asked_before:]]
            _memories[key] = Memory(rows, _kept_files(), asked, copy.deepcopy(returned))
        return returned

    return told


def _may_be_remembered() -> bool:
    known = calls.open_call is _open_call or _opens_as() is not None
    return is_possible() and known and not User.objects.exists()


def _opens_as() -> str | None:
    """By what a changed way of opening a call is known (see `tests.making.opening`)."""
    return getattr(calls.open_call, "remembered_as", None)


def _days() -> tuple[date, ...]:
    """The day that it is wherever a story asks: it tells of what is so many days before and after."""
    return day_of(timezone.now(), ZoneInfo("UTC")), today(), today(FIRST_ZONE)


def _lines() -> dict[str, set[str]]:
    """Every row of every table, as JSON."""
    found: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl, line FROM remembering.lines()")
        for table, line in cursor.fetchall():
            found.setdefault(table, set()).add(line)
    return found


def _made_since(before: dict[str, set[str]]) -> str | None:
    """The rows that came since; None where one of before has changed, which cannot be remembered."""
    after = _lines()
    if any(lines - after.get(table, set()) for table, lines in before.items()):
        return None
    made = {table: lines - before.get(table, set()) for table, lines in after.items()}
    tables = [f"{json.dumps(table)}: [{','.join(lines)}]" for table, lines in made.items() if lines]
    return f"{{{','.join(tables)}}}"


def _recall(memory: Memory) -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT remembering.restore(%s)", [memory.rows])
    _link(memory.files, Path(settings.MEDIA_ROOT))
    for do, robust in memory.after_commit:
        transaction.on_commit(do, robust=robust)
    return copy.deepcopy(memory.returned)


def empty(attempts: int = 5) -> None:
    """Empty the tables that a test has filled and committed, and give the others their first rows.

    Django's own way makes each of some 160 tables anew, and all content types and permissions.
    """
    for attempt in range(1, attempts + 1):
        connection.close()
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT remembering.empty()")
        except OperationalError as error:
            # Whoever still reads a page locks in another order; they are done the next time.
            if attempt == attempts or not isinstance(error.__cause__, DeadlockDetected):
                raise
        else:
            return


def _kept_files() -> Path:
    kept = _folder() / str(len(_memories))
    _link(Path(settings.MEDIA_ROOT), kept)
    return kept


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="remembered-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _link(source: Path, target: Path) -> None:
    shutil.copytree(source, target, copy_function=_share, dirs_exist_ok=True)


def _share(source: str, target: str) -> None:
    """One file in two places; it is written once and under a name of its own."""
    try:
        os.link(source, target)
    except OSError as problem:
        # A test of a full disk has a small disk of its own.
        if problem.errno != errno.EXDEV:
            raise
        shutil.copy2(source, target)
