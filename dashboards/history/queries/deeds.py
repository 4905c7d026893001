"""Actions as people read them: who, when, why, and of each record what it was and what it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import pghistory.models
from django.db import models
from django.db.models import Case, F, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import is_administrator
from conduct.actions import action_label
from conduct.models import Trace
from conduct.queries.history import Change, author_in
from conduct.queries.scoping import for_system
from conduct.queries.values import Related, field_behind
from dashboards.history.kinds import FOLLOWING, model_of
from dashboards.history.wording import changes_of, name_in, subjects_in
from vouchers.applications.models import Application
from vouchers.applications.queries import applications_visible_to

from .events import EventRows, rows_of
from .pages import DeedKey
from .traces import touching_what_is_closed

# What only those open whom it is addressed to, or who work on it.
_PAGES_OF_OTHERS = frozenset({"notice", "plan", "assignment"})
# What an action is about comes before what followed from it.
_TELLING = (Case(When(kind__in=FOLLOWING, then=Value(1)), default=Value(0)), F("pk"))
# So many records of one action a list names.
NAMED = 3
# And so many fields of each.
_IN_SHORT = 2


@dataclass(frozen=True)
class ToldTrace:
    """One record that an action touched: what it is, what it belongs to, and what changed of it."""

    trace: Trace
    model: Any
    # What the record is called by itself, where its row says so.
    name: str
    application: Application | None
    changes: list[Change] = field(default_factory=list)
    # Its own page, where it has one.
    url: str = ""

    @property
    def kind(self) -> str:
        return str(self.model._meta.verbose_name)

    @property
    def in_short(self) -> list[Change]:
        """The first of what changed; of a new record, what tells it apart where no name does."""
        return [] if self.trace.is_new and self.name else self.changes[:_IN_SHORT]

    @property
    def reference(self) -> str:
        """That of the application and its voucher; empty for what belongs to none."""
        return (self.application.reference or "") if self.application else ""

    @property
    def cluster(self) -> str:
        return self.application.cluster_name if self.application else ""


def step_of(told: ToldTrace) -> str:
    """What became of a record by itself: what it is, and its new state where that changed."""
    new = [change.after for change in told.changes if change.name == "state"]
    return f"{told.kind}: {new[0]}" if new else told.kind


def label_in(told: ToldTrace) -> str:
    """What was done, in the words of its action; of a worker's step, what became of the record."""
    if told.trace.is_unnamed:
        return _("Without an action: %(what)s") % {"what": step_of(told)}
    return action_label(told.trace.action) or step_of(told)


@dataclass(frozen=True)
class Deed:
    """One action: when (UTC), who (a user, a personal link, None for the portal), what and why."""

    pk: UUID
    at: datetime
    who: Any
    action: str
    why: str
    told: list[ToldTrace]
    # Whether more records were touched than are told here.
    goes_on: bool = False
    # To how many records one press did it, each by an action of its own; 0 for one alone.
    together: int = 0

    @property
    def label(self) -> str:
        return label_in(self.told[0]) if self.told else action_label(self.action)

    @property
    def is_unnamed(self) -> bool:
        """Whether no action and no worker did it: by whom and why is not known then."""
        return bool(self.told) and self.told[0].trace.is_unnamed

    @property
    def email(self) -> str:
        return getattr(self.who, "email", "") or ""


def deeds_at(keys: Sequence[DeedKey], traces: QuerySet[Trace], user: User) -> list[Deed]:
    """The actions of a page, each with the first records among `traces`; a constant number of queries."""
    numbered = (
        traces.filter(deed__in=[key.deed for key in keys])
        .annotate(number=Window(RowNumber(), partition_by=F("deed"), order_by=_TELLING))
        .filter(number__lte=NAMED + 1)
    )
    by_deed: dict[UUID, list[Trace]] = {}
    for trace in sorted(numbered, key=lambda trace: (trace.kind in FOLLOWING, trace.pk)):
        by_deed.setdefault(trace.deed, []).append(trace)
    shown = {deed: found[:NAMED] for deed, found in by_deed.items()}
    told = told_of([trace for found in shown.values() for trace in found], user, whole=False)
    heads = heads_of(by_deed, user)
    return [
        _deed(key, heads, [told[trace.pk] for trace in shown[key.deed]], by_deed[key.deed])
        for key in keys
        if key.deed in shown
    ]


def deed_of(trace: Trace, told: list[ToldTrace], user: User) -> Deed:
    """The action that a trace is of, with what is told of it."""
    return _deed(DeedKey(trace.at, trace.deed), heads_of([trace.deed], user), told, [trace])


def together(told: Iterable[ToldTrace]) -> list[ToldTrace]:
    """The records in their order, each once: what it was before its first event, and after the last."""
    found: dict[tuple[str, str], ToldTrace] = {}
    for one in told:
        record = (one.trace.kind, one.trace.record)
        first = found.get(record)
        found[record] = one if first is None else replace(first, changes=_joined(first, one))
    return list(found.values())


def _joined(first: ToldTrace, last: ToldTrace) -> list[Change]:
    changes = {change.name: change for change in first.changes}
    for change in last.changes:
        before = changes.get(change.name, change).before
        changes[change.name] = replace(change, before=before)
    return [change for change in changes.values() if change.before != change.after]


def _deed(key: DeedKey, heads: Heads, told: list[ToldTrace], traces: Sequence[Trace]) -> Deed:
    metadata = heads.metadata.get(key.deed, {})
    return Deed(
        key.deed,
        key.at,
        heads.who(metadata),
        action=traces[0].action,
        why=heads.why(key.deed),
        told=together(told),
        goes_on=len(traces) > NAMED,
        together=heads.together(key.deed),
    )


@dataclass(frozen=True)
class Heads:
    """What history keeps of actions, and the people and links that it names."""

    metadata: Mapping[UUID, dict[str, Any]]
    authors: Related
    # Whose reasons may speak of what the reader is shut out of.
    closed: frozenset[UUID]

    def why(self, deed: UUID) -> str:
        """The reason given; empty where the action touched what the reader may not read."""
        return "" if deed in self.closed else self.metadata.get(deed, {}).get("reason") or ""

    def together(self, deed: UUID) -> int:
        """To how many records one press did it; 0 for one alone."""
        number = self.metadata.get(deed, {}).get("together") or 0
        return number if number > 1 else 0

    def who(self, metadata: dict[str, Any]) -> Any:
        author, key = author_in(metadata)
        return self.authors[author].get(key) if author is not None else None


def heads_of(deeds: Iterable[UUID], user: User) -> Heads:
    """Two queries, and one for each kind of author: people, and the kinds of personal links."""
    deeds = list(deeds)
    contexts = pghistory.models.Context.objects.in_bulk(deeds)
    metadata = {key: context.metadata for key, context in contexts.items()}
    wanted: dict[type[models.Model], set[Any]] = {}
    for data in metadata.values():
        author, key = author_in(data)
        if author is not None:
            wanted.setdefault(author, set()).add(key)
    return Heads(metadata, _in_bulk(wanted), touching_what_is_closed(deeds, user))


def told_of(
    traces: Sequence[Trace], user: User, *, whole: bool = True, linked: bool = False
) -> dict[int, ToldTrace]:
    """What each trace says, by its key.

    `whole` names what changed foreign keys point to, one query for each model among them; a list
    leaves these out. `linked` tells where each record has its page.
    """
    rows = rows_of(traces)
    applications = _applications(traces, user)
    known = _known(traces, rows, whole=whole)
    addresses = addresses_of(traces, user) if linked else {}
    told: dict[int, ToldTrace] = {}
    for trace in traces:
        model = model_of(trace.kind)
        found = rows.get((trace.kind, trace.event), EventRows({}, {}))
        told[trace.pk] = ToldTrace(
            trace,
            model,
            name_in(model, found.after, known, belongs=bool(trace.application)),
            applications.get(trace.application) if trace.application else None,
            changes_of(model, found, known, whole=whole),
            addresses.get((trace.kind, trace.record), ""),
        )
    return told


@for_system("addresses of records whose traces were found; their own pages judge who reads them")
def addresses_of(traces: Sequence[Trace], user: User) -> dict[tuple[str, str], str]:
    """The pages of the records, by kind and key, where the person has one; one query for each kind."""
    closed = _PAGES_OF_OTHERS if is_administrator.test(user) else _PAGES_OF_OTHERS | {"user"}
    wanted: dict[str, set[str]] = {}
    for trace in traces:
        if trace.kind not in closed and hasattr(model_of(trace.kind), "get_absolute_url"):
            wanted.setdefault(trace.kind, set()).add(trace.record)
    found: dict[tuple[str, str], str] = {}
    for kind, keys in wanted.items():
        model: Any = model_of(kind)
        records: Mapping[Any, Any] = _in_bulk({model: set(keys)})[model]
        found |= {(kind, str(key)): one.get_absolute_url() for key, one in records.items()}
    return found


def _applications(traces: Sequence[Trace], user: User) -> dict[int, Application]:
    keys = {trace.application for trace in traces if trace.application}
    found = applications_visible_to(user).order_by().select_related(None)
    return found.only("reference", "cluster_name").in_bulk(keys) if keys else {}


def _known(
    traces: Sequence[Trace], rows: Mapping[tuple[str, int], EventRows], *, whole: bool
) -> Related:
    """Whom the records are about, and where `whole`, what their changed foreign keys point to."""
    wanted: dict[type[models.Model], set[Any]] = {}
    for trace in traces:
        model = model_of(trace.kind)
        found = rows.get((trace.kind, trace.event))
        if found is None:
            continue
        for related, subject in subjects_in(model, found.after, belongs=bool(trace.application)):
            wanted.setdefault(related, set()).add(subject)
        for name, value in found.after.items() if whole else ():
            key = field_behind(model, name)
            if isinstance(key, models.ForeignKey) and value != found.before.get(name):
                wanted.setdefault(key.related_model, set()).update({value, found.before.get(name)})
    return _in_bulk(wanted)


def _in_bulk(wanted: Mapping[type[models.Model], set[Any]]) -> Related:
    """Each with what its own name is made of, so that naming it asks no more."""
    return {
        model: model._default_manager.select_related().in_bulk(keys - {None})
        for model, keys in wanted.items()
        if keys - {None}
    }
