"""The triggers that write a trace (`models.traces`) with each event of history.

They are made from the models after each migration, as the rights of the roles are (`models.owning`):
a room that tracks a new record gets its trigger by that. What a record belongs to is found along its
foreign keys: the nearest application, else the nearest call, else the nearest country.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pghistory.models
from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from .traces import Trace

# What a record may belong to, the nearest to a single voucher first.
ROOTS = ("vouchers.Application", "vouchers.Call", "clusters.Country")
# Whose country is not the record's own: where people come from says nothing of what they did.
_NOT_THROUGH = {"accounts.User", "contenttypes.ContentType", "files.Upload"}
_FURTHEST = 7

Way = tuple[Any, ...]


@dataclass(frozen=True)
class Belonging:
    """Of an event, in SQL: its application, call and country, and the joins that they need."""

    application: str = "NULL"
    call: str = "NULL"
    country: str = "NULL"
    joins: str = ""


def event_models() -> dict[str, Any]:
    """The tables of events that triggers write, by the name of the model whose events they keep."""
    found: dict[str, Any] = {}
    for model in apps.get_models():
        tracked: Any = getattr(model, "pgh_tracked_model", None)
        if issubclass(model, pghistory.models.Event) and model._meta.managed and tracked:
            found[tracked._meta.model_name] = model
    return found


def make_tracing(connection: BaseDatabaseWrapper) -> None:
    """Make the function and the trigger of each table of events; conducted by the owner.

    Events that were there before a table got its trigger are traced then. Run again it changes nothing.
    """
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if Trace._meta.db_table not in tables:
            return
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'traced'")
        traced = {table for (table,) in cursor.fetchall()}
        for kind, model in sorted(event_models().items()):
            table = model._meta.db_table
            if table not in tables:
                continue
            cursor.execute(_function(kind, model))
            if table not in traced:
                cursor.execute(_insert(kind, model, f'public."{table}"'))
                cursor.execute(
                    f'CREATE TRIGGER traced AFTER INSERT ON public."{table}" REFERENCING NEW TABLE AS'
                    f" added FOR EACH STATEMENT EXECUTE FUNCTION public.{_name(model)}()"
                )


def _name(model: Any) -> str:
    return f"_trace_{model._meta.db_table}"


def _function(kind: str, model: Any) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION public.{_name(model)}() RETURNS trigger AS $$ BEGIN"
        f" {_insert(kind, model, 'added')}; RETURN NULL; END $$ LANGUAGE plpgsql"
    )


def _insert(kind: str, model: Any, source: str) -> str:
    """The statement that traces the events in `source`; a statement without arguments, as it stands."""
    place = place_of(model)
    context = pghistory.models.Context._meta.db_table
    return (
        f"INSERT INTO public.{Trace._meta.db_table} (at, deed, kind, record, event, is_new, person,"
        " by_link, action, application, call, country)"
        " SELECT COALESCE((context.metadata ->> 'at')::timestamptz, event.pgh_created_at),"
        # What no action did stands alone.
        f" COALESCE(event.pgh_context_id, md5('{kind} ' || event.pgh_id::text)::uuid),"
        f" '{kind}', event.pgh_obj_id::text, event.pgh_id, event.pgh_label = 'insert',"
        " (context.metadata ->> 'user')::bigint,"
        " context.metadata ->> 'user' IS NULL AND context.metadata ->> 'link' IS NOT NULL,"
        # Every action says why, be it nothing; the steps of a worker do not.
        " CASE WHEN context.metadata ? 'reason' THEN COALESCE(context.metadata ->> 'action', '')"
        " ELSE '' END,"
        f" {place.application}, {place.call}, {place.country}"
        f" FROM {source} event"
        f" LEFT JOIN public.{context} context ON context.id = event.pgh_context_id{place.joins}"
    )


def place_of(model: Any) -> Belonging:
    """What the events of a model belong to, by the shortest way of foreign keys from its record."""
    tracked = model.pgh_tracked_model
    for root in ROOTS:
        way = _way(tracked, root)
        if way is not None:
            return _along(model, way, root)
    return Belonging(country=_own_country(model))


def _way(model: Any, root: str) -> Way | None:
    """The foreign keys that lead from a model to the root; what is always filled comes first."""
    found: list[tuple[Any, Way]] = [(model, ())]
    seen = {model}
    for _step in range(_FURTHEST):
        nearest = [one for one in found if one[0]._meta.label == root]
        if nearest:
            return nearest[0][1]
        found = [
            (key.related_model, (*way, key))
            for here, way in found
            for key in _keys(here)
            if key.related_model not in seen
        ]
        seen |= {here for here, _way_there in found}
    return None


def _keys(model: Any) -> list[Any]:
    keys = [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.related_model._meta.label not in _NOT_THROUGH
        and field.related_model is not model
    ]
    return sorted(keys, key=lambda key: bool(key.null))


def _along(model: Any, way: Way, root: str) -> Belonging:
    tracked = model.pgh_tracked_model
    columns = {field.column for field in model._meta.concrete_fields}
    # Of the root itself, its event says everything.
    here, joins, key = "event", "", "event.pgh_obj_id"
    if way and way[0].column not in columns:
        own = tracked._meta
        joins += (
            f' LEFT JOIN public."{own.db_table}" own ON own."{own.pk.column}" = event.pgh_obj_id'
        )
        here = "own"
    for at, step in enumerate(way):
        key = f'{here}."{step.column}"'
        if step.related_model._meta.label == root and root == ROOTS[-1]:
            return Belonging(country=key, joins=joins)
        target = step.related_model._meta
        here = f"step_{at}"
        joins += (
            f' LEFT JOIN public."{target.db_table}" {here} ON {here}."{target.pk.column}" = {key}'
        )
    if root == ROOTS[1]:
        return Belonging(call=key, joins=joins)
    return Belonging(key, f"{here}.call_id", f"{here}.country_id", joins)


def _own_country(model: Any) -> str:
    """Of records that name a country by its code: roles, and invitations to them."""
    columns = {field.column for field in model._meta.concrete_fields}
    return "NULLIF(event.country_code, '')" if "country_code" in columns else "NULL"


def places() -> Iterator[tuple[str, Belonging]]:
    """Every kind of record with what its events belong to."""
    for kind, model in sorted(event_models().items()):
        yield kind, place_of(model)
