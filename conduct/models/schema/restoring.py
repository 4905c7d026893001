"""An empty database filled from the schema dump, within one transaction."""

from __future__ import annotations

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from .dump import Dump

# Two that begin at once: the second waits, and finds the database filled.
_LOCK = 7_316_241_905


def restore(connection: BaseDatabaseWrapper, dump: Dump) -> bool:
    """Fill the database of `connection` from `dump`; conducted by the owner of its tables.

    Returns whether it did: nothing happens where the database has a table already. Rights are not
    in the dump, since roles have other names elsewhere; they are granted after each migration.
    """
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        if connection.introspection.table_names(cursor, include_views=True):
            return False
        cursor.execute("SELECT current_setting('search_path')")
        (search_path,) = cursor.fetchone()
        # What pg_dump says at its beginning: it names everything in full, and functions may name
        # what is made after them.
        cursor.execute("SET LOCAL search_path = ''; SET LOCAL check_function_bodies = off")
        cursor.execute(dump.sql)
        cursor.execute("SELECT set_config('search_path', %s, true)", [search_path])
    return True
