"""The triggers that write a trace (`models.traces`) with each event of history.

They are made from the models after each migration, as the rights of the roles are (`models.owning`):
a room that tracks a new record gets its trigger by that. What a record belongs to is found along its
foreign keys: the nearest application, else the nearest call, else the nearest country. What hangs on
any kind of record by a generic key (a message, a letter, an upload) belongs to what that belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pghistory.models
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models, transaction
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
    # Whether that is all of it: false where the record may belong to an application not known here.
    is_placed: str = "true"


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
        traced = traced_tables(cursor)
        for kind, model in _what_others_follow_first(event_models().items()):
            table = model._meta.db_table
            if table not in tables:
                continue
            cursor.execute(_function(kind, model))
            if table not in traced:
                with transaction.atomic(using=connection.alias):
                    # Nothing is written between what was there before and what the trigger sees.
                    cursor.execute(f'LOCK TABLE public."{table}" IN SHARE ROW EXCLUSIVE MODE')
                    cursor.execute(_insert(kind, model, f'public."{table}"'))
                    cursor.execute(
                        f'CREATE TRIGGER traced AFTER INSERT ON public."{table}"'
                        " REFERENCING NEW TABLE AS added"
                        f" FOR EACH STATEMENT EXECUTE FUNCTION public.{_name(model)}()"
                    )


def traced_tables(cursor: Any) -> set[str]:
    """The tables that have their trigger, whatever the session's search path writes before names."""
    cursor.execute(
        "SELECT table_of.relname FROM pg_trigger"
        " JOIN pg_class table_of ON table_of.oid = pg_trigger.tgrelid"
        " WHERE tgname = 'traced' AND table_of.relnamespace = 'public'::regnamespace"
    )
    return {table for (table,) in cursor.fetchall()}


def _what_others_follow_first(found: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Kinds by name; those last whose place is read from the traces of others."""
    return sorted(
        found, key=lambda one: (_leading_anywhere(one[1].pgh_tracked_model) is not None, one[0])
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
        " by_link, action, is_step, application, call, country, is_placed)"
        # An action has one instant: what is told of a transaction may change while it lasts.
        f" SELECT COALESCE((SELECT first.at FROM public.{Trace._meta.db_table} first"
        " WHERE first.deed = event.pgh_context_id ORDER BY first.id LIMIT 1),"
        " (context.metadata ->> 'at')::timestamptz, event.pgh_created_at),"
        # What no action did stands alone.
        f" COALESCE(event.pgh_context_id, md5('{kind} ' || event.pgh_id::text)::uuid),"
        f" '{kind}', event.pgh_obj_id::text, event.pgh_id, event.pgh_label = 'insert',"
        " (context.metadata ->> 'user')::bigint,"
        " context.metadata ->> 'user' IS NULL AND context.metadata ->> 'link' IS NOT NULL,"
        " COALESCE(context.metadata ->> 'action', ''),"
        # Every action says why, be it nothing; the steps of a worker have a name alone.
        " COALESCE(context.metadata ? 'action' AND NOT context.metadata ? 'reason', false),"
        f" {place.application}, {place.call}, {place.country}, {place.is_placed}"
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
    leading = _leading_anywhere(tracked)
    if leading is not None:
        return _as_what_it_follows(tracked, leading)
    return Belonging(country=_own_country(model))


def _leading_anywhere(tracked: Any) -> Any:
    """What the record hangs on by a key to any kind of record; or, by a key, on such a record itself."""
    for key in tracked._meta.private_fields:
        if isinstance(key, GenericForeignKey):
            return key
    if any(_way(tracked, root) is not None for root in ROOTS):
        return None
    following = [
        key
        for key in _keys(tracked)
        if any(isinstance(of, GenericForeignKey) for of in key.related_model._meta.private_fields)
    ]
    return following[0] if following else None


def _as_what_it_follows(tracked: Any, leading: Any) -> Belonging:
    """As the traces of the other record say; of one that is about nothing, nothing is to be known."""
    own = tracked._meta
    joins = f' LEFT JOIN public."{own.db_table}" own ON own."{own.pk.column}" = event.pgh_obj_id'
    if isinstance(leading, GenericForeignKey):
        key = f'own."{own.get_field(leading.ct_field).column}"'
        joins += f" LEFT JOIN public.django_content_type about_kind ON about_kind.id = {key}"
        kind, record = "about_kind.model", f'own."{leading.fk_field}"'
    else:
        key = f'own."{leading.column}"'
        kind, record = f"'{leading.related_model._meta.model_name}'", f"{key}::text"
    joins += (
        " LEFT JOIN LATERAL (SELECT application, call, country, is_placed"
        f" FROM public.{Trace._meta.db_table} of_it"
        f" WHERE of_it.kind = {kind} AND of_it.record = {record}"
        " ORDER BY of_it.at DESC, of_it.deed DESC LIMIT 1) followed ON true"
    )
    about_nothing = f'own."{own.pk.column}" IS NOT NULL AND {key} IS NULL'
    placed = f"COALESCE(followed.is_placed, {about_nothing})"
    return Belonging("followed.application", "followed.call", "followed.country", joins, placed)


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
    return Belonging(key, f"{here}.call_id", f"{here}.country_id", joins, f"{key} IS NOT NULL")


def _own_country(model: Any) -> str:
    """Of records that name a country by its code: roles, and invitations to them."""
    columns = {field.column for field in model._meta.concrete_fields}
    return "NULLIF(event.country_code, '')" if "country_code" in columns else "NULL"
