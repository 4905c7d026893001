"""Records and their changes in words: names, fields and values as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from conduct.queries.history import Change
from conduct.queries.values import Related, field_behind, is_told, label_of, shown
from dashboards.history.queries.events import EventRows, Row
from documents.kinds import kind as document_kind
from documents.models import Document
from documents.rules.masking import masked_account
from notices.models import Notice
from texts.kinds import Family, kind_of

# Of an account number people read as much as lets them see a change.
_ACCOUNTS = frozenset({"account", "bank_account", "debtor_account", "paying_account"})
# What a record is called by, the first that its row holds.
_NAMES = (
    *(
        "reference",
        "invoice_numbers",
        "full_name",
        "name",
        "title",
        "subject",
        "email",
        "filename",
        "role",
        "kind",
    ),
    *("account", "debtor_account"),
)
# Of which only those with words say anything.
_KEYS = frozenset({"role", "kind"})
# Whom a record is about: a role, a message, an account; of what belongs to no application, whose it is.
_SUBJECTS = ("user", "person", "recipient", "assessor", "provider")
_OWNERS = ("cluster", "country")


def name_in(model: Any, row: Row, known: Related, *, belongs: bool) -> str:
    """What a record is called: its name as its own row says, and whom it is about.

    `belongs` where it is told beside its application, which names cluster and country.
    """
    parts = [title] if (title := _title_in(model, row)) else []
    for name in _NAMES:
        field = field_behind(model, name)
        if field is None or field.is_relation or (name in _KEYS and not field.choices):
            continue
        if row.get(field.column):
            parts.append(_read(field, row[field.column], known))
            break
    found = (
        known.get(related, {}).get(key) for related, key in subjects_in(model, row, belongs=belongs)
    )
    parts += [str(one) for one in found if one is not None]
    return " · ".join(f"\u2068{part}\u2069" for part in parts if part)


def _title_in(model: Any, row: Row) -> str:
    """What a letter or a message is called, whose row holds the key of its kind."""
    slug = str(row.get("kind") or "")
    if model is Document:
        return str(document_kind(slug).title)
    owned = kind_of(Family.MAIL, slug) if model is Notice else None
    title = owned.title if owned is not None else ""
    # Of some the subject is all filled in.
    return title if title.strip("… ") else ""


def subjects_in(model: Any, row: Row, *, belongs: bool) -> Iterator[tuple[type[models.Model], Any]]:
    """Whom a record is about, by model and key."""
    for name in _SUBJECTS if belongs else (*_SUBJECTS, *_OWNERS):
        field = field_behind(model, name)
        if isinstance(field, models.ForeignKey) and row.get(field.column) is not None:
            yield field.related_model, row[field.column]


def changes_of(model: Any, rows: EventRows, known: Related, *, whole: bool) -> list[Change]:
    """What an event changed, field by field; of a new record, what it began with.

    Where not `whole`, what points to other records is left out.
    """
    found = []
    for column, after in rows.after.items():
        before = rows.before.get(column)
        field = field_behind(model, column)
        if after == before or not is_told(field) or field.primary_key or _is_said(model, field):
            continue
        # What is not so, of a new record, says nothing.
        if not rows.before and after is False:
            continue
        if isinstance(field, models.ForeignKey) and not whole:
            continue
        was, now = _read(field, before, known), _read(field, after, known)
        # An empty field of a new record says nothing.
        if was or now:
            found.append(Change(label_of(field), was, now, field.name))
    return found


def _is_said(model: Any, field: Any) -> bool:
    """Whether the name of the record says it already: of messages and letters, their kind; what
    they say is read there, by who may: one that gathers others names records of all of them.
    """
    return model in (Document, Notice) and field.name in ("kind", "url", "facts", "body")


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
