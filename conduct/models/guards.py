"""What may never change, declared on a model and held by the database, whoever writes.

Each function gives a trigger for `class Meta: triggers = [...]`. Together they say how a fact lives:
written with its row (`fixed`), once it is known (`written_once`) or with one step of the row's flow
(`written_on`), kept by triggers alone (`kept_by_triggers`), and frozen with its row (`frozen_in`) or
with what it belongs to (`frozen_by`). A refused write is a check violation (Django's IntegrityError).
`docs/integrity.md` shows each rule with a statement that tries to break it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pgtrigger
from django.db import models

Rendered = Callable[[type[models.Model]], str]

# What PL/pgSQL reserves for itself, as far as Python lets a field have such a name: such a column is
# found in OLD and NEW in quotes alone.
_WORDS = "all begin by case declare end execute foreach into loop null then to using when"
RESERVED = frozenset(_WORDS.split())


class Guard(pgtrigger.Trigger):
    """A row trigger before a write, whose function refuses with a sentence where `func` finds cause."""

    def __init__(self, *, name: str, operation: pgtrigger.Operation, body: Rendered) -> None:
        self.body = body
        super().__init__(name=name, when=pgtrigger.Before, operation=operation)

    def get_func(self, model: type[models.Model]) -> str:  # type: ignore[override]
        found = "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
        return f"{self.body(model)} {found}"


class OwnersTrigger(pgtrigger.Trigger):
    """A trigger whose function works with the rights of the tables' owner (see `owning`)."""

    with_owners_rights = True


def refuses(name: str, operation: pgtrigger.Operation, cause: str, sentence: str) -> Guard:
    """A rule of its own: the write is refused with `sentence` where the SQL `cause` holds."""
    return Guard(name=name, operation=operation, body=lambda model: _refuse(cause, sentence, model))


def never_deleted() -> pgtrigger.Trigger:
    """No row is ever deleted."""
    return pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)


def append_only() -> pgtrigger.Trigger:
    """No row is ever changed or deleted."""
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


def fixed(*fields: str, name: str = "fixed_from_the_start") -> pgtrigger.Trigger:
    """What the row says in `fields` is said when it is made, and never changes."""
    return Guard(
        name=name,
        operation=pgtrigger.Update,
        body=lambda model: _refuse(
            _changed(model, fields), f"{_names(fields)} never changes.", model
        ),
    )


def written_once(*fields: str, name: str = "written_once") -> pgtrigger.Trigger:
    """Each of `fields` may stay empty at first; what is written then never changes."""
    return Guard(
        name=name,
        operation=pgtrigger.Update,
        body=lambda model: _refuse(
            " OR ".join(
                f"({_filled('OLD', column)} AND OLD.{column} IS DISTINCT FROM NEW.{column})"
                for column in _columns(model, fields)
            ),
            f"{_names(fields)} is written once.",
            model,
        ),
    )


def written_on(state: str, *fields: str) -> pgtrigger.Trigger:
    """The `fields` are empty until the row moves to `state`, are written with it, and stand then."""
    return Guard(
        name=f"written_on_{state}",
        operation=pgtrigger.Insert | pgtrigger.Update,
        body=lambda model: _refuse(
            f"CASE WHEN TG_OP = 'INSERT' THEN {_any_filled(model, fields)}"
            f" ELSE ({_changed(model, fields)})"
            f" AND NOT (NEW.state = '{state}' AND OLD.state <> '{state}') END",
            f"{_names(fields)} is written when the state becomes “{state}”, and then stands.",
            model,
        ),
    )


def frozen_in(*states: str, but: tuple[str, ...] = ()) -> pgtrigger.Trigger:
    """Nothing of the row but the fields `but` changes once it is in one of `states`."""
    listed = ", ".join(f"'{state}'" for state in states)
    return Guard(
        name=f"frozen_in_{'_'.join(states)}"[:40],
        operation=pgtrigger.Update,
        body=lambda model: _refuse(
            f"OLD.state IN ({listed}) AND ({_changed(model, _all_fields(model, but))})",
            f"What is {' or '.join(states)} changes no more.",
            model,
        ),
    )


def frozen_with(*fields: str, once: str) -> pgtrigger.Trigger:
    """The `fields` stand once the row is in the state `once`, and in every state after it."""
    return Guard(
        name=f"frozen_once_{once}",
        operation=pgtrigger.Update,
        body=lambda model: _refuse(
            f"OLD.state = '{once}' AND ({_changed(model, fields)})",
            f"{_names(fields)} is fixed once it is {once}.",
            model,
        ),
    )


def frozen_by(parent: str, *states: str, fields: tuple[str, ...] = ()) -> pgtrigger.Trigger:
    """The row stands while its `parent` (a foreign key) is in one of `states`.

    No row is added or taken away then either. With `fields`, only these stand; others may change.
    """
    listed = ", ".join(f"'{state}'" for state in states)

    sentence = f"The {parent} is {' or '.join(states)}: this is fixed."

    def body(model: type[models.Model]) -> str:
        key: Any = model._meta.get_field(parent)
        change = f"TG_OP <> 'UPDATE' OR ({_changed(model, fields)})" if fields else "TRUE"
        return (
            f"IF ({change}) AND EXISTS (SELECT FROM {key.related_model._meta.db_table} parent"
            f" WHERE parent.id IN (OLD.{key.column}, NEW.{key.column})"
            f" AND parent.state IN ({listed})) THEN"
            f" {_raise(sentence, model)} END IF;"
        )

    return Guard(
        name=f"frozen_by_{parent}",
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        body=body,
    )


def kept_by_triggers(*fields: str) -> pgtrigger.Trigger:
    """The `fields` begin at their default, and only triggers change them, with the owner's rights."""

    def body(model: type[models.Model]) -> str:
        begins = " OR ".join(
            f"NEW.{_quoted(found.column)} IS DISTINCT FROM {_default_of(found)}"
            for found in map(_field_of(model), fields)
        )
        return _refuse(
            f"CASE WHEN TG_OP = 'INSERT' THEN {begins} ELSE {_changed(model, fields)} END"
            " AND current_user <>"
            " (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID)",
            f"{_names(fields)} is kept by the database.",
            model,
        )

    return Guard(name="kept_by_triggers", operation=pgtrigger.Insert | pgtrigger.Update, body=body)


def _default_of(field: Any) -> str:
    """The default of a field as SQL writes it."""
    value = field.get_default()
    if value is None:
        return "NULL"
    return f"'{value}'" if isinstance(value, str) else str(value)


def _field_of(model: type[models.Model]) -> Callable[[str], Any]:
    return lambda name: model._meta.get_field(name)


def _all_fields(model: type[models.Model], but: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(found.name for found in model._meta.concrete_fields if found.name not in but)


def _columns(model: type[models.Model], fields: tuple[str, ...]) -> list[str]:
    return [_quoted(_field_of(model)(name).column) for name in fields]


def _quoted(column: str) -> str:
    return f'"{column}"' if column in RESERVED else column


def _changed(model: type[models.Model], fields: tuple[str, ...]) -> str:
    columns = _columns(model, fields)
    return " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)


def _filled(row: str, column: str) -> str:
    return f"COALESCE({row}.{column}::text, '') <> ''"


def _any_filled(model: type[models.Model], fields: tuple[str, ...]) -> str:
    return " OR ".join(_filled("NEW", column) for column in _columns(model, fields))


def _names(fields: tuple[str, ...]) -> str:
    return ", ".join(fields)


def _refuse(cause: str, sentence: str, model: type[models.Model]) -> str:
    return f"IF ({cause}) THEN {_raise(sentence, model)} END IF;"


def _raise(sentence: str, model: type[models.Model]) -> str:
    told = f"{model._meta.db_table}: {sentence}".replace("'", "’").replace("%", "%%")
    return f"RAISE EXCEPTION '{told}' USING ERRCODE = 'check_violation';"
