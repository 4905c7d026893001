"""Offering an award: one row, its letters, its notices."""

from __future__ import annotations

from datetime import date, timedelta

from accounts.models import User
from clusters.queries import writers_for
from documents.actions import issue_in_every_language
from notices.actions import notify
from records.acting import constraints_of
from records.days import today
from vouchers.applications.letters import application_facts
from vouchers.applications.models import Application
from vouchers.calls.models import Call, CountryQuota

from ..letters import AWARD_LETTER, award_facts
from ..models import Award, Decision


def offer_award(
    decision: Decision,
    application: Application,
    *,
    by: User | None,
    in_place_of: Award | None = None,
    from_reserve: bool = False,
) -> Award:
    """Offer a voucher on a decision, as a part of the action that decides it.

    Letters and notices go with it. Raises Refused when quota or budget would be exceeded.
    """
    with constraints_of(CountryQuota, Call):
        award = Award.objects.create(
            application=application,
            decision=decision,
            amount=application.call.voucher_amount,
            accept_by=today_there(application) + timedelta(days=application.call.days_to_accept),
            in_place_of=in_place_of,
        )
    letters = issue_in_every_language(
        AWARD_LETTER,
        award,
        lambda: award_facts(award),
        by=by,
        reference=application.reference or "",
    )
    for person in writers_for(application.cluster):
        notify(
            person,
            "award-offered",
            facts={
                **application_facts(application),
                "amount": str(award.amount),
                "accept_by": award.accept_by.isoformat(),
                "from_reserve": from_reserve,
            },
            about=award,
            documents=[letters[application.language]],
            key=f"award-{award.pk}",
        )
    return award


def today_there(application: Application) -> date:
    """The date on the calendar of the applicant's country."""
    return today(application.country.zone)
