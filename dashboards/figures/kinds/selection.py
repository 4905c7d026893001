"""Figures of applications, their scoring, and conflicts of interest."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.permissions import is_assessor, is_auditor, is_coordinator, is_officer
from vouchers.applications.models import Application
from vouchers.applications.queries import applications_open_to_role, applications_visible_to
from vouchers.applications.queries.reached import (
    AWARDED,
    ELIGIBLE,
    SCORED,
    having_reached,
    sent_between,
)
from vouchers.scoring.assessing.models import Assignment
from vouchers.scoring.assessing.queries.assignments import (
    LACKING,
    UNDER_WAY,
    assignments_of,
    scored_so_far,
    with_numbers,
)
from vouchers.scoring.assessing.queries.assignments import SCORED as FULLY_SCORED
from vouchers.scoring.assessing.queries.register import declarations_visible_to

from .shapes import Figure, Source, count_of

_reads_applications = (is_officer | is_coordinator | is_auditor).test


def _in_scoring(user: User) -> QuerySet[Application]:
    eligible = applications_visible_to(user).filter(state=Application.State.ELIGIBLE)
    return with_numbers(eligible)


APPLICATIONS = Source(
    "applications:list",
    applications_open_to_role,
    _reads_applications,
    country="country_id",
    call="call_id",
    first_day="sent_from",
    last_day="sent_until",
    within=lambda found, period: sent_between(found, period.first, period.last, period.countries),
)
IN_SCORING = Source(
    "scoring:list", _in_scoring, _reads_applications, country="country_id", call="call_id"
)
DECLARATIONS = Source(
    "scoring:register",
    declarations_visible_to,
    _reads_applications,
    country="application__country_id",
    call="application__call_id",
)
OWN_SCORES = Source("scoring:mine", assignments_of, (is_assessor | is_officer).test)

SELECTION = (
    Figure(
        "sent",
        APPLICATIONS,
        pgettext_lazy("applications", "Sent"),
        _("How many applications were sent?"),
        count_of(),
    ),
    Figure(
        "eligible",
        APPLICATIONS,
        pgettext_lazy("applications", "Eligible"),
        _("How many of them were found eligible?"),
        count_of(lambda: having_reached(ELIGIBLE)),
        {"reached": ELIGIBLE},
    ),
    Figure(
        "scored",
        APPLICATIONS,
        pgettext_lazy("applications", "Scored"),
        _("How many were scored by as many assessors as their call requires?"),
        count_of(lambda: having_reached(SCORED)),
        {"reached": SCORED},
    ),
    Figure(
        "awarded",
        APPLICATIONS,
        pgettext_lazy("applications", "Awarded"),
        _("How many clusters were offered a voucher, and have not declined it?"),
        count_of(lambda: having_reached(AWARDED)),
        {"reached": AWARDED},
    ),
    Figure(
        "lacking_assessors",
        IN_SCORING,
        pgettext_lazy("scoring", "Assessors lacking"),
        _("How many eligible applications have fewer assessors than their call requires?"),
        count_of(lambda: scored_so_far(LACKING)),
        {"progress": LACKING},
    ),
    Figure(
        "being_scored",
        IN_SCORING,
        pgettext_lazy("scoring", "Being scored"),
        _("How many are with their assessors?"),
        count_of(lambda: scored_so_far(UNDER_WAY)),
        {"progress": UNDER_WAY},
    ),
    Figure(
        "fully_scored",
        IN_SCORING,
        pgettext_lazy("scoring", "Scored, not decided"),
        _("How many are scored and wait for the selection?"),
        count_of(lambda: scored_so_far(FULLY_SCORED)),
        {"progress": FULLY_SCORED},
    ),
    Figure(
        "declarations",
        DECLARATIONS,
        pgettext_lazy("conflicts of interest", "Declared"),
        _("How many assessors declared whether they have a conflict of interest?"),
        count_of(),
    ),
    Figure(
        "conflicts",
        DECLARATIONS,
        pgettext_lazy("conflicts of interest", "Conflicts"),
        _("How many of them declared a conflict of interest?"),
        count_of({"state": Assignment.State.CONFLICTED}),
        {"outcome": "conflict"},
    ),
    Figure(
        "scores_to_do",
        OWN_SCORES,
        pgettext_lazy("own scores", "To do"),
        _("How many applications do you still have to score?"),
        count_of({"state__in": [Assignment.State.ASSIGNED, Assignment.State.CLEARED]}),
        {"what": "to-do"},
    ),
    Figure(
        "scores_done",
        OWN_SCORES,
        pgettext_lazy("own scores", "Done"),
        _("How many have you scored?"),
        count_of({"state": Assignment.State.SCORED}),
        {"what": "done"},
    ),
)
