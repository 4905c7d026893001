"""The append-only history of a record, as a timeline that people can read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

import pghistory.models
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.encoding import force_str
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from i18nfield.fields import I18nCharField, I18nTextField

from conduct.actions import action_label
from conduct.queries.days import day_of

_FOR_THE_MACHINE = re.compile(
    r"(_by|_at|_since|sha256|content_type|_?size|version|_number|^number|slug|key|object_id|offset|"
    r"target|attempts|last_error|^position|^folder|^code|_type|^token|^search(ed|able)|^(done|total|run)|"
    r"letters_follow)$"
)

Related = dict[type[models.Model], dict[Any, models.Model]]


@dataclass(frozen=True)
class Change:
    """One field that an event changed: its label, what it was and what it is."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class TimelineEntry:
    """One event: when (UTC), who (a user, a personal link, None for the system), which record, by
    which action, what changed and why.

    `at` is the instant on which the action itself decided; for a change without an action, the
    database's clock.
    """

    at: datetime
    who: Any
    record: str
    action: str
    created: bool
    why: str = ""
    changes: list[Change] = field(default_factory=list)
    # To how many records one press did it, each by an action of its own; 0 for one alone.
    together: int = 0


@dataclass(frozen=True)
class TimelineAction:
    """What one action did, to however many records: when, who, what it is called, why, what changed."""

    at: datetime
    who: Any
    label: str
    why: str
    changes: list[Change]
    together: int = 0


@dataclass(frozen=True)
class TimelineDay:
    """The actions of one day, the latest first."""

    day: date
    actions: list[TimelineAction]


def by_day(entries: Iterable[TimelineEntry], zone: ZoneInfo) -> list[TimelineDay]:
    """Entries, newest first, as one line for each action, under the days on the clock of `zone`.

    An action that touches a claim and its voucher makes an entry for each; people read it once.
    """
    actions: dict[tuple[Any, ...], TimelineAction] = {}
    for entry in entries:
        label = entry.action or entry.record
        found = actions.setdefault(
            (entry.at, type(entry.who), getattr(entry.who, "pk", None), label, entry.why),
            TimelineAction(entry.at, entry.who, label, entry.why, [], entry.together),
        )
        found.changes.extend(change for change in entry.changes if change not in found.changes)
    return [
        TimelineDay(day, list(done))
        for day, done in groupby(actions.values(), key=lambda action: day_of(action.at, zone))
    ]


def timeline(*records: models.Model, limit: int = 200) -> list[TimelineEntry]:
    """What happened to the records, newest first.

    One query for each kind of record, one for each kind that changed foreign keys or authors point
    to and one more, however many events there are. One action that touches several records makes an
    entry for each.
    """
    events = _newest_events(records, limit)
    contexts = pghistory.models.Context.objects.in_bulk(
        {event.pgh_context_id for event in events if event.pgh_context_id}
    )
    metadata = {key: context.metadata for key, context in contexts.items()}
    known = _known(metadata.values(), events)
    entries = [_entry(event, metadata.get(event.pgh_context_id, {}), known) for event in events]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _newest_events(records: Sequence[models.Model], limit: int) -> list[Any]:
    by_model: dict[type[models.Model], list[models.Model]] = {}
    for record in records:
        by_model.setdefault(type(record), []).append(record)
    newest = pghistory.models.Events.objects.order_by("-pgh_created_at", "-pgh_id")
    events = [event for alike in by_model.values() for event in newest.tracks(*alike)[:limit]]
    return sorted(events, key=lambda event: event.pgh_created_at, reverse=True)[:limit]


def _known(metadata: Iterable[dict[str, Any]], events: Sequence[Any]) -> Related:
    """Who acted (users, personal links), and what changed foreign keys point or pointed to.

    One query for each model among them.
    """
    wanted: dict[type[models.Model], set[Any]] = {}
    for data in metadata:
        model, key = _author_in(data)
        if model is not None:
            wanted.setdefault(model, set()).add(key)
    for event in events:
        model = apps.get_model(event.pgh_obj_model)
        for name, values in (event.pgh_diff or {}).items():
            changed = _field(model, name)
            if isinstance(changed, models.ForeignKey):
                wanted.setdefault(changed.related_model, set()).update(values)
    return {model: model._default_manager.in_bulk(keys - {None}) for model, keys in wanted.items()}


def _author_in(metadata: dict[str, Any]) -> tuple[type[models.Model] | None, Any]:
    """The model and key of who acted; without a model where it was the system."""
    if metadata.get("user"):
        return get_user_model(), metadata["user"]
    if metadata.get("link"):
        label, key = metadata["link"]
        return apps.get_model(label), key
    return None, None


def _entry(event: Any, metadata: dict[str, Any], known: Related) -> TimelineEntry:
    model = apps.get_model(event.pgh_obj_model)
    author, key = _author_in(metadata)
    return TimelineEntry(
        at=datetime.fromisoformat(metadata["at"]) if "at" in metadata else event.pgh_created_at,
        who=known[author].get(key) if author is not None else None,
        record=str(model._meta.verbose_name),
        action=action_label(metadata.get("action", "")),
        created=event.pgh_label == "insert",
        why=metadata.get("reason", ""),
        together=metadata.get("together", 0),
        changes=[
            Change(
                label=label_of(_field(model, name)),
                before=_shown(_field(model, name), before, known),
                after=_shown(_field(model, name), after, known),
            )
            for name, (before, after) in (event.pgh_diff or {}).items()
            if is_told(_field(model, name))
        ],
    )


def is_told(changed: Any) -> bool:
    """Whether people read of a change of this field.

    Who did something and when is said by the line of the action; versions, hashes and the like serve
    the machine alone. None stands for a field that the model has no longer.
    """
    return changed is not None and not _FOR_THE_MACHINE.search(changed.name)


def label_of(changed: Any) -> str:
    """What people call a field, in the active language; a reference is called like what it refers to."""
    name = changed.verbose_name
    if isinstance(changed, models.ForeignKey) and not isinstance(name, Promise):
        name = changed.related_model._meta.verbose_name
    return str(name)


def _field(model: type[models.Model], name: str) -> Any:
    """The field behind a column of an event; None when the model has it no longer."""
    try:
        return model._meta.get_field(name.removesuffix("_id"))
    except FieldDoesNotExist:
        return None


def _shown(changed: Any, value: Any, related: Related) -> str:
    """A value of an event, which holds plain JSON, as a person reads it."""
    if value is None or value == "":
        return ""
    if isinstance(changed, models.ForeignKey):
        return str(related[changed.related_model].get(value, value))
    if isinstance(changed, models.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(changed, models.DecimalField):
        exact = Decimal(str(value)).quantize(Decimal(10) ** -changed.decimal_places)
        return number_format(exact, force_grouping=True)
    if isinstance(changed, models.DateTimeField):
        return date_format(localtime(datetime.fromisoformat(value)), "SHORT_DATETIME_FORMAT")
    if isinstance(changed, models.DateField):
        return date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
    if isinstance(changed, I18nCharField | I18nTextField):
        return str(changed.to_python(value))
    if isinstance(changed, models.FileField):
        return _("a file")
    if isinstance(value, list | dict):
        number = len(value)
        return ngettext("%(number)s entry", "%(number)s entries", number) % {"number": number}
    labels = dict(getattr(changed, "flatchoices", None) or [])
    return force_str(labels.get(value, value))
