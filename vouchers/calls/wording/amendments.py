"""The changes of an open call, as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from conduct.queries.days import PROGRAMME_ZONE
from documents.wording import amount_in_text, day, instant
from vouchers.calls.models.amendments import QUOTA
from vouchers.calls.queries.checklist import label_of


@dataclass(frozen=True)
class ReadableChange:
    """One change of a call in the active language: what it is about, what was and what is."""

    label: str
    before: str
    after: str


def readable_changes(changes: list[dict[str, Any]]) -> list[ReadableChange]:
    """The changes that an amendment stores, as people read them; no query."""
    return [
        ReadableChange(
            label=_label(change["field"]),
            before=_readable(change["field"], change["before"]),
            after=_readable(change["field"], change["after"]),
        )
        for change in changes
    ]


def _label(field: str) -> str:
    if field.startswith(QUOTA):
        return _("vouchers for %(country)s") % {"country": field.removeprefix(QUOTA)}
    return str(label_of(field))


def _readable(field: str, kept: Any) -> str:
    """What an amendment stores of a field; instants in programme time, whose zone they name."""
    if not kept:
        return ""
    if isinstance(kept, dict):
        return str(LazyI18nString(kept))
    if field in ("deadline", "questions_until"):
        return instant(kept, PROGRAMME_ZONE.key)
    if field in ("decision_due", "assistance_ends"):
        return day(kept)
    return amount_in_text(kept) if field == "budget" else str(kept)
