"""What a legal entity holds across calls, and whether the ceiling of a call lets it have more."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from accounts.models import User
from accounts.permissions import is_coordinator, sees_all_countries
from conduct.queries.scoping import for_system
from vouchers.applications.models import Application
from vouchers.applications.queries import shut_to
from vouchers.awards.models import Award, CeilingOverride, Decision, Outcome, SelectionRound
from vouchers.eligibility.queries.automatic_answers import HeldVoucher
from vouchers.eligibility.queries.checklists import held_by
from vouchers.eligibility.queries.legal_entities import same_legal_entity


@dataclass(frozen=True)
class Ceiling:
    """What the legal entity of an application holds (EUR), and what it would with its award."""

    ceiling: Decimal
    held: tuple[HeldVoucher, ...]
    total: Decimal
    granted: CeilingOverride | None

    @property
    def is_exceeded(self) -> bool:
        """Whether the total goes above the ceiling."""
        return self.total > self.ceiling

    @property
    def stops(self) -> bool:
        """Whether it does so without the word of two people for as much."""
        return self.is_exceeded and (self.granted is None or self.granted.up_to < self.total)


@for_system("whoever decides on money asks how much its holder has; readers are judged by the view")
def ceiling_of(application: Application) -> Ceiling:
    """How an application stands to the ceiling of its call, its award counted in; four queries.

    The same sum is counted by the database (models.ceilings).
    """
    held = tuple(held_by(same_legal_entity(application.cluster)))
    total = sum((one.amount for one in held), Decimal(0))
    counted = Award.objects.filter(application=application).exclude(
        state__in=["declined", "lapsed"]
    )
    if not counted.exists():
        total += application.call.voucher_amount
    granted = (
        CeilingOverride.objects.filter(application=application, state=CeilingOverride.State.GRANTED)
        .select_related("asked_by", "decided_by")
        .order_by("-up_to")
        .first()
    )
    return Ceiling(application.call.third_party_ceiling, held, total, granted)


@for_system("a selection is approved as a whole, by who reads all of it")
def above_their_ceiling(selection_round: SelectionRound) -> list[Application]:
    """The applications that a round awards above the ceiling, without the word of two people."""
    awarded = selection_round.decisions.filter(outcome=Outcome.AWARD).select_related(
        "application__cluster__country", "application__call"
    )
    found = [decision.application for decision in awarded.order_by("application__reference")]
    return [application for application in found if ceiling_of(application).stops]


@for_system("minutes state every exception that a selection rests on")
def overrides_of(selection_round: SelectionRound) -> QuerySet[CeilingOverride]:
    """The exceptions granted for applications that a round awards."""
    awarded = selection_round.decisions.filter(outcome=Outcome.AWARD)
    return (
        CeilingOverride.objects.filter(
            state=CeilingOverride.State.GRANTED, application__in=awarded.values("application")
        )
        .select_related("application__cluster", "asked_by", "decided_by")
        .order_by("application__reference", "pk")
    )


def applications_with_ceilings(user: User) -> QuerySet[Application]:
    """Applications that a selection has decided on, for those who read what their holders have.

    Coordinators, finance officers and auditors, none with a conflict of interest.
    """
    if not sees_all_countries.test(user):
        return Application.objects.none()
    recused = shut_to(user)
    decided = Decision.objects.values("application")
    return (
        Application.objects.filter(pk__in=decided)
        .exclude(pk__in=recused)
        .select_related("call", "cluster__country")
    )


def overrides_visible_to(user: User) -> QuerySet[CeilingOverride]:
    """Exceptions asked for, for those who read what their holders have."""
    return CeilingOverride.objects.filter(application__in=applications_with_ceilings(user))


def overrides_to_decide(user: User) -> QuerySet[CeilingOverride]:
    """Exceptions that somebody else asked for, for coordinators free of a conflict of interest."""
    if not is_coordinator.test(user):
        return CeilingOverride.objects.none()
    recused = shut_to(user)
    return (
        CeilingOverride.objects.filter(state=CeilingOverride.State.ASKED)
        .exclude(asked_by=user)
        .exclude(application__in=recused)
        .select_related("application__cluster", "application__call")
        .order_by("asked_at")
    )
