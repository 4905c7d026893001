"""The append-only history of a record, as a timeline that people can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pghistory.models
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.encoding import force_str


@dataclass(frozen=True)
class Change:
    """One field that an event changed: its label, what it was and what it is."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class TimelineEntry:
    """One event: when (UTC), who (None for the system), which record, what changed and why.

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


def timeline(*records: models.Model, limit: int = 200) -> list[TimelineEntry]:
    """What happened to the records, newest first.

    One query for each kind of record and two more, however many events there are. One action that
    touches several records makes an entry for each.
    """
    events = _newest_events(records, limit)
    contexts = pghistory.models.Context.objects.in_bulk(
        {event.pgh_context_id for event in events if event.pgh_context_id}
    )
    metadata = {key: context.metadata for key, context in contexts.items()}
    people = get_user_model().objects.in_bulk(
        {data["user"] for data in metadata.values() if data.get("user")}
    )
    return [_entry(event, metadata.get(event.pgh_context_id, {}), people) for event in events]


def _newest_events(records: Sequence[models.Model], limit: int) -> list[Any]:
    by_model: dict[type[models.Model], list[models.Model]] = {}
    for record in records:
        by_model.setdefault(type(record), []).append(record)
    events = [
        event
        for alike in by_model.values()
        for event in pghistory.models.Events.objects.tracks(*alike).order_by("-pgh_created_at")[
            :limit
        ]
    ]
    return sorted(events, key=lambda event: event.pgh_created_at, reverse=True)[:limit]


def _entry(event: Any, metadata: dict[str, Any], people: dict[int, Any]) -> TimelineEntry:
    model = apps.get_model(event.pgh_obj_model)
    return TimelineEntry(
        at=datetime.fromisoformat(metadata["at"]) if "at" in metadata else event.pgh_created_at,
        who=people.get(metadata.get("user")),
        record=str(model._meta.verbose_name),
        action=metadata.get("action", ""),
        created=event.pgh_label == "insert",
        why=metadata.get("reason", ""),
        changes=[
            _change(model, name, before, after)
            for name, (before, after) in (event.pgh_diff or {}).items()
        ],
    )


def _change(model: type[models.Model], name: str, before: Any, after: Any) -> Change:
    try:
        model_field = model._meta.get_field(name.removesuffix("_id"))
    except FieldDoesNotExist:
        return Change(name, force_str(before or ""), force_str(after or ""))
    labels = dict(getattr(model_field, "flatchoices", None) or [])
    return Change(
        label=str(getattr(model_field, "verbose_name", name)),
        before=force_str(labels.get(before, "" if before is None else before)),
        after=force_str(labels.get(after, "" if after is None else after)),
    )
