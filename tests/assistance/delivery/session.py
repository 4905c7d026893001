"""Sessions for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from accounts.models import User
from demonstration.clock import noon, on
from demonstration.content.accounts import bank_account
from demonstration.story import VoucherStory
from tests.making import LB, LB_SECOND, awarded, today_there
from vouchers.assistance.delivery import actions
from vouchers.assistance.delivery.actions import SessionInput
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.plans.models import Milestone
from vouchers.providers.actions.accounts import register_provider

SAID = SessionInput(
    day=date(2000, 1, 1),
    hours=Decimal("4"),
    activity="Manual of procedures: first draft",
    expert_name="Nour Haddad",
    expert_email="nour@cedar.example",
    place="Beirut",
    participants=12,
    women=5,
    young=3,
)


def ago(days: int) -> date:
    """The day so many days before today, in Lebanon."""
    return today_there() - timedelta(days=days)


def said(days: int = 1, **other: Any) -> SessionInput:
    """What is said of a session so many days ago."""
    return replace(SAID, **{"day": ago(days), **other})


def milestone_of(told: VoucherStory, position: int = 1) -> Milestone:
    return Milestone.objects.get(plan__voucher=told.voucher, position=position)


def logged(
    told: VoucherStory, days: int = 1, *, by: User | None = None, position: int = 1, **other: Any
) -> Session:
    """A session that an officer logged for the provider, or somebody else."""
    return actions.log_session(
        milestone_of(told, position), said(days, **other), by=by or told.officer
    )


def standing(session: Session) -> Session:
    """The session as the database has it."""
    return Session.objects.get(pk=session.pk)


def two_vouchers():
    """Two vouchers of one country, each with a plan in force and the same provider."""
    story, awards = awarded(LB, LB_SECOND)
    with on(noon(-14)):
        issued = [story.accept(award.application) for award in awards]
        provider = register_provider(
            issued[0].award.application.country,
            name="Cedar Consulting",
            bank_account=bank_account("LB", 77),
            bic="BLOMLBBX",
            town="Beirut",
            by=story.cast.officer("LB"),
        )
    told = [
        VoucherStory(story.cast, voucher, facts, provider, "EUR")
        for voucher, facts in zip(issued, (LB, LB_SECOND), strict=True)
    ]
    for one in told:
        one.go("plan approved", starting=noon(-12), days=0)
    return told
