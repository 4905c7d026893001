"""Any number of vouchers at once, for benchmarks: those that are there, copied with all that is theirs.

A copy is a copy of rows, by the owner of the tables and without triggers: another cluster with its
application, award and voucher, its meetings, needs, plans, quotes, sessions, deliverables, claims,
report and surveys. People, providers, calls, history and letters are not copied; the books where asked,
with seals that are those of the entries they were copied from. What the bank says is not copied either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from clusters.models import Cluster
from conduct.models.owning import as_owner
from vouchers.applications.models import Application
from vouchers.awards.models import Voucher
from vouchers.books.models import LedgerEntry
from vouchers.standing.actions import judge_outdated

# Rooms whose records of an application are copied with it.
_ROOMS = ("awards", "assistance", "providers.quotes", "providers.contracts", "payments")
_MORE_ROOMS = ("endings", "standing", "correspondence")
# A line of the bank is of an account, and of no voucher.
_NOT_COPIED = ("payments.bank",)
_BOOKS = "books"
# More than any key that the copied rows have; the keys of the n-th copy are so much times n higher.
_APART = 100_000
Model = type[models.Model]
# What refers to a copied row by its number, without a foreign key.
_BY_NUMBER: dict[Model, str] = {LedgerEntry: "source_id"}


def multiply_vouchers(number: int, *, with_books: bool = False) -> int:
    """Copy the vouchers that are there until there are about so many; how many there are then."""
    judge_outdated()
    there = Voucher.objects.count()
    copies = max(number // there - 1, 0)
    rooms = (*_ROOMS, *_MORE_ROOMS, *([_BOOKS] if with_books else []))
    rows = _rows_to_copy(rooms)
    with as_owner() as connection, transaction.atomic(), connection.cursor() as cursor:
        tables = [connection.ops.quote_name(model._meta.db_table) for model in rows]
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for model, ids in rows.items():
            _copy(connection, cursor, model, ids, rows, copies)
        # References are looked at once all is there; until then no table can be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    return there * (copies + 1)


def _rows_to_copy(rooms: tuple[str, ...]) -> dict[Model, set[int]]:
    """The keys of everything that belongs to a voucher, by model, what others refer to first."""
    applications = Application.objects.filter(award__voucher__isnull=False)
    found: dict[Model, set[int]] = {
        Cluster: set(applications.values_list("cluster", flat=True)),
        Application: set(applications.values_list("pk", flat=True)),
    }
    known = apps.get_app_config("vouchers").get_models()
    copied = [model for model in known if _is_copied(model, rooms)]
    grown = True
    while grown:
        grown = False
        for model in copied:
            ids = _of_those(model, found)
            if ids - found.get(model, set()):
                found.setdefault(model, set()).update(ids)
                grown = True
    return found


def _is_copied(model: Model, rooms: tuple[str, ...]) -> bool:
    room = model.__module__.removeprefix("vouchers.")
    is_event = any(field.name == "pgh_id" for field in model._meta.fields)
    has_number = isinstance(model._meta.pk, models.AutoField | models.OneToOneField)
    is_left_out = room.startswith(_NOT_COPIED)
    return has_number and not is_event and room.startswith(rooms) and not is_left_out


def _of_those(model: Model, found: dict[Model, set[int]]) -> set[int]:
    """The keys of the rows that refer to one that is copied."""
    ids: set[int] = set()
    for field in _references(model, found):
        if field.related_model is Cluster:
            continue
        known = found[field.related_model]
        rows = model._base_manager.filter(**{f"{field.name}__in": known})  # noqa: SLF001 (public in Django)
        ids.update(rows.values_list("pk", flat=True))
    return ids


def _references(model: Model, found: Collection[Model]) -> Iterator[models.ForeignKey]:
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.related_model in found:
            yield field


@dataclass(frozen=True)
class _Columns:
    """The columns of a table, and what the copy of number `k` has in each."""

    names: list[str]
    values: list[str]


def _copy(
    connection: BaseDatabaseWrapper,
    cursor: CursorWrapper,
    model: Model,
    ids: set[int],
    rows: dict[Model, set[int]],
    copies: int,
) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    columns = _columns(connection, cursor, model, rows)
    key = connection.ops.quote_name(_key_of(model))
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(columns.names)}) SELECT {', '.join(columns.values)}"  # noqa: S608 (names of columns)
        f" FROM {table} t, generate_series(1, %s) k WHERE t.{key} = ANY(%s)",
        [copies, sorted(ids)],
    )


def _key_of(model: Model) -> str:
    """The column of the key."""
    return str(model._meta.pk.column)


def _columns(
    connection: BaseDatabaseWrapper,
    cursor: CursorWrapper,
    model: Model,
    rows: dict[Model, set[int]],
) -> _Columns:
    quoted = connection.ops.quote_name
    moved = {str(field.column): rows[field.related_model] for field in _references(model, rows)}
    by_number = _BY_NUMBER.get(model, "")
    unique = _columns_to_vary(cursor, model, {*moved, _key_of(model), by_number})
    names, values = [], []
    for field in model._meta.concrete_fields:
        if field.generated or field.column is None:
            continue
        column = quoted(field.column)
        names.append(column)
        if field.column in moved:
            known = ",".join(map(str, sorted(moved[field.column])))
            values.append(
                f"t.{column} + CASE WHEN t.{column} = ANY('{{{known}}}'::bigint[])"
                f" THEN k * {_APART} ELSE 0 END"
            )
        elif field.primary_key or field.column == by_number:
            values.append(f"t.{column} + k * {_APART}")
        elif field.column in unique or (model is Cluster and field.name == "name"):
            values.append(_another(field, f"t.{column}"))
        elif model is Voucher and field.name == "issued_at":
            values.append(f"t.{column} - k * interval '11 minutes'")
        else:
            values.append(f"t.{column}")
    return _Columns(names, values)


def _another(field: models.Field, column: str) -> str:
    """SQL: another value of a column that has each once."""
    if isinstance(field, models.UUIDField):
        return "gen_random_uuid()"
    if isinstance(field, models.CharField | models.TextField):
        # What fills its column, as digests do, is digested.
        longest = field.max_length or 1000
        return (
            f"CASE WHEN {column} = '' THEN '' WHEN length({column} || '-' || k) <= {longest}"
            f" THEN {column} || '-' || k"
            f" ELSE encode(sha256(convert_to({column} || k, 'UTF8')), 'hex') END"
        )
    return f"{column} + k * {_APART}"


def _columns_to_vary(cursor: CursorWrapper, model: Model, moved: Collection[str]) -> set[str]:
    """The columns that must differ in each copy: the last of each index of values that are there once.

    Where one of its columns is `moved`, its values differ already.
    """
    cursor.execute(
        "SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_index i JOIN pg_attribute a"
        " ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)"
        " WHERE i.indrelid = %s::regclass AND i.indisunique GROUP BY i.indexrelid",
        [model._meta.db_table],
    )
    return {names[-1] for (names,) in cursor.fetchall() if not set(names) & set(moved)}
