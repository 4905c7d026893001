"""The traces that a person may search, and what searches ask for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from accounts.models import User
from accounts.permissions import is_auditor
from conduct.models import Trace
from conduct.queries.scoping import for_system
from dashboards.history.kinds import OF_ACCOUNTS, PERSONAL, kinds_of
from dashboards.history.permissions import may_search_history
from inputs.queries import with_words
from inputs.rules.folding import folded
from vouchers.applications.queries import applications_visible_to
from vouchers.payments.queries import orders_visible_to
from vouchers.scoring.assessing.models import Assessment, Score

# More people of one name are no search: it says so.
MOST_PEOPLE = 40
# What nobody but its author reads before it is submitted.
_SCORING = ("assessment", "score")
_BETWEEN = re.compile(r"[\s\-‐-―−]+")


def traces_visible_to(user: User) -> QuerySet[Trace]:
    """The history that the person may search; nothing for who searches none.

    An auditor reads all but what no auditor reads elsewhere: applications before they are sent or
    from which a conflict of interest shuts them out, with their letters, messages and files, and
    scores that are not submitted. What may belong to an application that is not known is nobody's to
    read. An administrator reads the history of accounts and roles.
    """
    if not may_search_history.test(user):
        return Trace.objects.none()
    if not is_auditor.test(user):
        own = [kind for family in OF_ACCOUNTS for kind in kinds_of()[family]]
        return Trace.objects.filter(kind__in=own)
    return Trace.objects.filter(
        Q(application=None, is_placed=True) | Exists(_application_open_to(user)),
        ~Q(kind__in=_SCORING)
        | Q(kind="assessment", record__in=_keys_of(_submitted()))
        | Q(kind="score", record__in=_keys_of(_scores_of_submitted())),
    ).exclude(kind__in=PERSONAL)


@for_system("of which actions the person does not read all: their reasons are not shown")
def touching_what_is_closed(deeds: Sequence[UUID], user: User) -> frozenset[UUID]:
    """Those of the actions that touched an application which the person may not read, or may have."""
    found = Trace.objects.filter(_closed_to(user), deed__in=deeds)
    return frozenset(found.order_by().values_list("deed", flat=True).distinct())


def _closed_to(user: User) -> Q:
    return Q(is_placed=False) | Q(~Exists(_application_open_to(user)), application__isnull=False)


def _application_open_to(user: User) -> QuerySet[Any]:
    return applications_visible_to(user).order_by().filter(pk=OuterRef("application"))


@for_system("which scores are read: no others are left in traces_visible_to")
def _submitted() -> QuerySet[Assessment]:
    return Assessment.objects.filter(state=Assessment.State.SUBMITTED).order_by()


@for_system("which scores are read: no others are left in traces_visible_to")
def _scores_of_submitted() -> QuerySet[Score]:
    return Score.objects.filter(assessment__state=Assessment.State.SUBMITTED).order_by()


def _keys_of(records: QuerySet[Any]) -> QuerySet[Any]:
    """As traces bear them."""
    return records.annotate(key=Cast("pk", TextField())).values("key")


@for_system(
    "an auditor searches by any person's name; behind traces_visible_to, which scopes the rest"
)
def people_called(text: str) -> list[int]:
    """The keys of the accounts with every word in name or e-mail address, one more than `MOST_PEOPLE`."""
    found = with_words(User.objects.order_by("pk"), text, "full_name", "email")
    return list(found.values_list("pk", flat=True)[: MOST_PEOPLE + 1])


def first_of_records(traces: QuerySet[Trace]) -> QuerySet[Trace]:
    """Of each record that an action touched, the first trace alone; the traces are of one action."""
    earlier = traces.filter(kind=OuterRef("kind"), record=OuterRef("record"), pk__lt=OuterRef("pk"))
    return traces.filter(~Exists(earlier.order_by()))


def of_records(traces: QuerySet[Trace], firsts: Sequence[Trace]) -> list[Trace]:
    """All traces of the records of `firsts`, in their order: a record is told whole on its page."""
    wanted = {(trace.kind, trace.record) for trace in firsts}
    found = traces.filter(
        kind__in={kind for kind, _record in wanted},
        record__in={record for _kind, record in wanted},
    )
    return [trace for trace in found.order_by("pk") if (trace.kind, trace.record) in wanted]


def with_reference(traces: QuerySet[Trace], text: str, user: User) -> QuerySet[Trace]:
    """Those of what bears a reference: an application with its voucher and claims, or a payment order.

    Written in the digits of any language, with blanks or dashes; nothing where the person may read
    no such record.
    """
    reference = _BETWEEN.sub("-", folded(text).strip()).upper()
    application = applications_visible_to(user).order_by().filter(reference=reference)
    if key := application.values_list("pk", flat=True).first():
        return traces.filter(application=key)
    orders = orders_visible_to(user).order_by().filter(reference=reference)
    if key := orders.values_list("pk", flat=True).first():
        return traces.filter(kind="paymentorder", record=str(key))
    return traces.none()
