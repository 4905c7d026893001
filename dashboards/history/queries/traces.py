"""The traces that a person may search, and what searches ask for."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
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
_BETWEEN = re.compile(r"[\s\-‐-―−]+")


def traces_visible_to(user: User) -> QuerySet[Trace]:
    """The history that the person may search; nothing for who searches none.

    An auditor reads all but what no auditor reads elsewhere: applications before they are sent or
    from which a conflict of interest shuts them out, and scores before they are submitted. An
    administrator reads the history of accounts and roles.
    """
    if not may_search_history.test(user):
        return Trace.objects.none()
    if not is_auditor.test(user):
        own = [kind for family in OF_ACCOUNTS for kind in kinds_of()[family]]
        return Trace.objects.filter(kind__in=own)
    open_to_them = applications_visible_to(user).order_by().filter(pk=OuterRef("application"))
    return (
        Trace.objects.filter(Q(application=None) | Exists(open_to_them))
        .exclude(kind__in=PERSONAL)
        .exclude(kind="assessment", record__in=_unsubmitted())
        .exclude(kind="score", record__in=_scores_of_unsubmitted())
    )


@for_system("which scores nobody reads yet: they are taken out of traces_visible_to")
def _unsubmitted() -> QuerySet[Any]:
    drafts = Assessment.objects.exclude(state=Assessment.State.SUBMITTED).order_by()
    return drafts.annotate(key=Cast("pk", CharField())).values("key")


@for_system("which scores nobody reads yet: they are taken out of traces_visible_to")
def _scores_of_unsubmitted() -> QuerySet[Any]:
    drafts = Score.objects.exclude(assessment__state=Assessment.State.SUBMITTED).order_by()
    return drafts.annotate(key=Cast("pk", CharField())).values("key")


@for_system(
    "an auditor searches by any person's name; behind traces_visible_to, which scopes the rest"
)
def people_called(text: str) -> list[int]:
    """The keys of the accounts with every word in name or e-mail address, one more than `MOST_PEOPLE`."""
    found = with_words(User.objects.order_by("pk"), text, "full_name", "email")
    return list(found.values_list("pk", flat=True)[: MOST_PEOPLE + 1])


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
