"""The register of conflicts of interest: every declaration, with what the data said that day."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from accounts.permissions import is_auditor, is_coordinator
from vouchers.applications.models import SENT
from vouchers.applications.queries import applications_visible_to
from vouchers.scoring.assessing.models import Assignment

from .conflicts import HintKind


def declarations_visible_to(user: User) -> QuerySet[Assignment]:
    """Every declaration that the person may read, newest first: officers their own country's,
    coordinators and auditors all, nobody those of an application from which they are recused.
    """
    found = (
        Assignment.objects.exclude(declared_at=None)
        .filter(application__in=applications_visible_to(user).filter(SENT))
        .order_by("-declared_at", "-pk")
    )
    if is_coordinator.test(user) or is_auditor.test(user):
        return found
    return found.filter(application__country_id__in=user.officer_countries)


def with_facts(declarations: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """The declarations with what the register shows of each."""
    return declarations.select_related(
        "application__call",
        "application__cluster",
        "application__country",
        "assessor",
        "replacement__assessor",
    )


def hints_in_words(assignment: Assignment) -> list[str]:
    """The hints that were kept with a declaration, in the language of the page."""
    return [f"{HintKind(hint['kind']).label} ({hint['found']})" for hint in assignment.hints]
