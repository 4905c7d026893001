"""Records and their changes in words: names, fields and values as people read them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils.translation import gettext as _

from conduct.queries.history import Change
from conduct.queries.values import Related, field_behind, is_told, label_of, shown
from dashboards.history.queries.events import EventRows, Row
from documents.rules.masking import masked_account

# Of an account number people read as much as lets them see a change.
_ACCOUNTS = frozenset({"account", "bank_account", "debtor_account", "paying_account"})
# What a record is called by, the first that its row holds.
_NAMES = (
    *("reference", "full_name", "name", "title", "subject", "email", "filename", "role", "kind"),
    *("account", "debtor_account"),
)
# Who a record is about, where that is a person: a role, a message, a representative.
_SUBJECTS = ("user", "person", "recipient", "assessor")


def name_in(model: Any, row: Row, known: Related) -> str:
    """What a record is called, as its own row says: its name, and the person whom it is about."""
    people = known.get(get_user_model(), {})
    person = people.get(subject_in(model, row))
    parts = [str(person)] if person is not None else []
    for name in _NAMES:
        field = field_behind(model, name)
        if field is not None and not field.is_relation and row.get(field.column):
            parts.insert(0, _read(field, row[field.column], known))
            break
    return " · ".join(f"\u2068{part}\u2069" for part in parts if part)


def subject_in(model: Any, row: Row) -> Any:
    """The key of the person whom a record is about; None where it is about none."""
    for name in _SUBJECTS:
        field = field_behind(model, name)
        if isinstance(field, models.ForeignKey) and field.related_model is get_user_model():
            return row.get(field.column)
    return None


def changes_of(model: Any, rows: EventRows, known: Related, *, whole: bool) -> list[Change]:
    """What an event changed, field by field; of a new record, what it began with.

    Where not `whole`, what points to other records is left out.
    """
    found = []
    for column, after in rows.after.items():
        before = rows.before.get(column)
        field = field_behind(model, column)
        if after == before or not is_told(field) or field.primary_key:
            continue
        if isinstance(field, models.ForeignKey) and not whole:
            continue
        was, now = _read(field, before, known), _read(field, after, known)
        # An empty field of a new record says nothing.
        if was or now:
            found.append(Change(label_of(field), was, now))
    return found


def lines_of(changes: Iterable[Change]) -> list[str]:
    """Changes as plain lines: the field, what it was, and what it is."""
    return [
        f"{one.label}: {one.before} → {one.after or '–'}"
        if one.before
        else f"{one.label}: {one.after}"
        for one in changes
    ]


def _read(field: Any, value: Any, known: Related) -> str:
    if isinstance(field, models.ForeignKey):
        if value is None:
            return ""
        one = known.get(field.related_model, {}).get(value)
        return str(one) if one is not None else _("no longer there")
    if field.name in _ACCOUNTS and value:
        return masked_account(str(value))
    return shown(field, value, known)
