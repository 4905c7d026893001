"""Vouchers that end otherwise, made by the portal's own actions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from accounts.models import User
from conduct.queries.days import today
from demonstration.story import VoucherStory
from tests.making import today_there
from vouchers.awards.models import Voucher
from vouchers.calls.models import Call
from vouchers.endings import actions
from vouchers.endings.models import Ending, Extension

WHY = "The provider of the pilot plant is late."


def ahead(days: int) -> date:
    """The day so many days after today, in Lebanon."""
    return today_there() + timedelta(days=days)


def coordinators() -> list[User]:
    found = User.objects.filter(role_grants__role="coordinator", role_grants__revoked_at=None)
    return list(found.order_by("pk"))


def rules(**terms: Any) -> None:
    """Let the call say otherwise of endings."""
    Call.objects.update(**terms)


def asked(told: VoucherStory, days: int = 30, *, by: User | None = None) -> Extension:
    """More time asked for: so many days after the end."""
    return actions.ask_for_extension(
        told.voucher,
        until=told.voucher.valid_until + timedelta(days=days),
        reason=WHY,
        by=by or told.manager,
    )


def extended(voucher: Voucher, days: int = 30) -> Voucher:
    """The voucher, whose end a coordinator asked to be moved and another one moved."""
    first, second = coordinators()[:2]
    extension = actions.ask_for_extension(
        voucher, until=voucher.valid_until + timedelta(days=days), reason=WHY, by=first
    )
    actions.decide_extension(extension, by=second)
    return Voucher.objects.get(pk=voucher.pk)


def given_up(told: VoucherStory, days: int = 30, **more: Any) -> Ending:
    """The voucher, which its manager gives up for a day that is so many days ahead."""
    said = {"ends_on": ahead(days), "reason": WHY, "by": told.manager, **more}
    return actions.give_up_voucher(told.voucher, **said)


def proposed(voucher: Voucher, *, by: User | None = None, days: int = 30) -> Ending:
    return actions.propose_ending(
        voucher, ends_on=ahead(days), reason=WHY, by=by or coordinators()[0]
    )


def noticed(voucher: Voucher, *, days: int = 30) -> Ending:
    """The end of a voucher that one coordinator proposed and another decided."""
    return actions.decide_ending(proposed(voucher, days=days), by=coordinators()[1])


def ended(voucher: Voucher) -> Voucher:
    """The voucher, ended by the programme today, without notice."""
    rules(notice_days=0, claim_days_after_ending=0)
    voucher = Voucher.objects.get(pk=voucher.pk)
    ending = actions.propose_ending(
        voucher, ends_on=today(voucher.country.zone), reason=WHY, by=coordinators()[0]
    )
    ending = actions.decide_ending(ending, by=coordinators()[1])
    assert actions.carry_out_ending(ending, by=None)
    return Voucher.objects.get(pk=voucher.pk)
