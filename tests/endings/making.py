"""Vouchers that end otherwise, made by the portal's own actions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from accounts.models import User
from conduct.queries.days import today
from demonstration.signing import amendment_countersigned, amendment_signed
from demonstration.story import VoucherStory
from tests.making import of_one_signature, opening, today_there, voucher_story
from vouchers.awards.models import Voucher
from vouchers.calls.models import Call
from vouchers.endings import actions
from vouchers.endings.amendments.actions import (
    AmendmentTerms,
    countersign_amendment,
    draw_up_amendment,
    sign_amendment,
)
from vouchers.endings.amendments.models import Amendment
from vouchers.endings.models import Ending, Extension

WHY = "The provider of the pilot plant is late."


def ahead(days: int) -> date:
    """The day so many days after today, in Lebanon."""
    return today_there() + timedelta(days=days)


def coordinators() -> list[User]:
    found = User.objects.filter(role_grants__role="coordinator", role_grants__revoked_at=None)
    return list(found.order_by("pk"))


def signed_by_one_side() -> VoucherStory:
    """A voucher with its plan, of a call whose agreements the cluster alone signs."""
    with opening(of_one_signature):
        return voucher_story("plan approved", by_both=False)


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
    """The voucher, whose end an amendment moved: asked for by a manager, agreed to by the officer."""
    agreed(voucher, days)
    in_force(drawn_up(voucher))
    return Voucher.objects.get(pk=voucher.pk)


def manager_of(voucher: Voucher) -> User:
    return voucher.award.application.submitted_by


def agreed(voucher: Voucher, days: int = 30) -> Extension:
    """More time that a manager asked for and the officer agreed to."""
    extension = actions.ask_for_extension(
        voucher,
        until=voucher.valid_until + timedelta(days=days),
        reason=WHY,
        by=manager_of(voucher),
    )
    officer = User.objects.filter(
        role_grants__role="officer",
        role_grants__country_code=voucher.country.pk,
        role_grants__revoked_at=None,
    ).first()
    return actions.decide_extension(extension, by=officer)


def drawn_up(voucher: Voucher, **articles: str) -> Amendment:
    """An amendment of its agreement by the first coordinator; `articles` as article_3="…".

    More time that was agreed to is a part of it.
    """
    terms = AmendmentTerms(
        reason=WHY,
        sign_by=ahead(14),
        articles={int(name.removeprefix("article_")): text for name, text in articles.items()},
    )
    return draw_up_amendment(voucher, terms, by=coordinators()[0])


def signed(amendment: Amendment) -> Amendment:
    """The amendment, which a manager of the cluster has signed."""
    manager = manager_of(amendment.voucher)
    signing = amendment_signed(amendment, manager)
    assert sign_amendment(amendment, signing=signing, by=manager)
    return Amendment.objects.get(pk=amendment.pk)


def in_force(amendment: Amendment) -> Amendment:
    """The amendment, which both sides have signed."""
    amendment, second = signed(amendment), coordinators()[1]
    signing = amendment_countersigned(amendment, second)
    assert countersign_amendment(amendment, signing=signing, by=second)
    return Amendment.objects.get(pk=amendment.pk)


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
