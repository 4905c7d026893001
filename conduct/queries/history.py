"""The append-only history of a record, as a timeline that people can read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

import pghistory.models
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from conduct.actions import action_label
from conduct.queries.days import day_of

from .values import Related, field_behind, is_told, label_of, shown


@dataclass(frozen=True)
class Change:
    """One field that an event changed: its label, what it was and what it is."""

    label: str
    before: str
    after: str
    # The field itself: two may be called alike.
    name: str = field(default="", compare=False)


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


class Timeline(list[TimelineEntry]):
    """The entries of a page, newest first, and the record that the page is about."""

    def __init__(self, entries: Iterable[TimelineEntry], about: models.Model | None) -> None:
        super().__init__(entries)
        self.about = about

    def only(self, told: Callable[[TimelineEntry], bool]) -> Timeline:
        """The entries that are told, of the same page."""
        return Timeline(filter(told, self), self.about)


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


def timeline(
    *records: models.Model, limit: int = 200, at_hand: Iterable[models.Model] = ()
) -> Timeline:
    """What happened to the records, newest first; the first of them is what the page is about.

    One query for each kind of record, one for each kind that changed foreign keys or authors point
    to and one more, however many events there are; what is `at_hand`, since the page has read it for
    something else, is not read again. One action that touches several records makes an
    entry for each.
    """
    events = _newest_events(records, limit)
    contexts = pghistory.models.Context.objects.in_bulk(
        {event.pgh_context_id for event in events if event.pgh_context_id}
    )
    metadata = {key: context.metadata for key, context in contexts.items()}
    known = known_to(metadata.values(), events, at_hand)
    entries = [_entry(event, metadata.get(event.pgh_context_id, {}), known) for event in events]
    newest_first = sorted(entries, key=lambda entry: entry.at, reverse=True)
    return Timeline(newest_first, records[0] if records else None)


def _newest_events(records: Sequence[models.Model], limit: int) -> list[Any]:
    by_model: dict[type[models.Model], list[models.Model]] = {}
    for record in records:
        by_model.setdefault(type(record), []).append(record)
    newest = pghistory.models.Events.objects.order_by("-pgh_created_at", "-pgh_id")
    events = [event for alike in by_model.values() for event in newest.tracks(*alike)[:limit]]
    return sorted(events, key=lambda event: event.pgh_created_at, reverse=True)[:limit]


def known_to(
    metadata: Iterable[dict[str, Any]],
    events: Sequence[Any],
    at_hand: Iterable[models.Model] = (),
) -> Related:
    """Who acted (users, personal links), and what changed foreign keys point or pointed to.

    One query for each model among them of which not all is `at_hand`.
    """
    wanted: dict[type[models.Model], set[Any]] = {}
    for data in metadata:
        model, key = author_in(data)
        if model is not None:
            wanted.setdefault(model, set()).add(key)
    for event in events:
        model = apps.get_model(event.pgh_obj_model)
        for name, values in (event.pgh_diff or {}).items():
            changed = field_behind(model, name)
            if isinstance(changed, models.ForeignKey):
                wanted.setdefault(changed.related_model, set()).update(values)
    known: Related = {model: {} for model in wanted}
    for record in at_hand:
        known.setdefault(type(record), {})[record.pk] = record
    for model, keys in wanted.items():
        known[model] |= model._default_manager.in_bulk(keys - {None} - known[model].keys())
    return known


def author_in(metadata: dict[str, Any]) -> tuple[type[models.Model] | None, Any]:
    """The model and key of who acted; without a model where it was the system."""
    if metadata.get("user"):
        return get_user_model(), metadata["user"]
    if metadata.get("link"):
        label, key = metadata["link"]
        return apps.get_model(label), key
    return None, None


def _entry(event: Any, metadata: dict[str, Any], known: Related) -> TimelineEntry:
    model = apps.get_model(event.pgh_obj_model)
    author, key = author_in(metadata)
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
                label=label_of(field_behind(model, name)),
                before=shown(field_behind(model, name), before, known),
                after=shown(field_behind(model, name), after, known),
                name=name,
            )
            for name, (before, after) in (event.pgh_diff or {}).items()
            if is_told(field_behind(model, name))
        ],
    )
