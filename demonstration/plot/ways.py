"""A small round in which the cluster pays its provider itself, with some of the money in advance."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from clusters.actions import verify_account
from demonstration.calls import open_call
from demonstration.cast import Cast
from demonstration.clock import noon, on
from demonstration.content.clusters import made_up
from demonstration.plot.late import fall_silent
from demonstration.story import Story, VoucherStory
from demonstration.story.controlling import approve, control
from demonstration.story.paying import booked, exported
from vouchers.calls.models.terms.ways import WayOfUse
from vouchers.payments.claims.actions import ask_for_advance
from vouchers.providers.models import Provider

REIMBURSED_CALL = "scale-up-voucher-reimbursed"
_STEPS = ("handed in", "accepted by cluster", "accepted", "claimed", "verified", "approved")


def round_of_reimbursed(cast: Cast, providers: dict[str, list[Provider]]) -> None:
    """One voucher: a first advance that the first claim has cleared, and a second that is out.

    And a cluster that falls silent.
    """
    clusters = [made_up("LB", 5), made_up("TN", 15)]
    with on(noon(-320)):
        call = open_call(
            by=cast.coordinators[0],
            code="SUR",
            slug=REIMBURSED_CALL,
            opens=timezone.now() - timedelta(minutes=1),
            deadline=noon(14),
            amount="5000.00",
            quotas={"LB": 1, "TN": 1},
            name={
                "en": "Reimbursed voucher (demonstration)",
                "fr": "Bon remboursé (démonstration)",
                "ar": "قسيمة بالاسترداد (عرض توضيحي)",
            },
            terms={"way_of_use": WayOfUse.CLUSTER, "advance_share": Decimal(30)},
        )
    story = Story(cast, call)
    with on(noon(-312)):
        sent = [story.apply(facts) for facts in clusters]
    with on(noon(-300)):
        for application in sent:
            story.check(application)
    with on(noon(-292)):
        for application in sent:
            story.score_fully(application, ("4.5", "4", "4"))
    with on(noon(-284)):
        story.select()
    with on(noon(-270)):
        first, second = (
            VoucherStory(cast, story.accept(application), facts, providers[facts.country][0], "EUR")
            for facts, application in zip(clusters, sent, strict=True)
        )
    _tell(first)
    fall_silent(second)


def _tell(told: VoucherStory) -> None:
    """From the bank details, which an officer verifies, to the second advance."""
    accounts = told.voucher.award.application.cluster.bank_accounts
    with on(noon(-266)):
        verify_account(accounts.get(replaced_at=None), by=told.officer)
    told.go("plan approved", starting=noon(-260), days=4)
    _advance(told, "1500.00", day=-240)
    for number, step in enumerate(_STEPS):
        with on(noon(-190 + 3 * number)):
            told.take(f"{step} 0")
    with on(noon(-168)):
        told.take("ordered 0")
    with on(noon(-165)):
        told.take("paid 0")
    _advance(told, "1200.00", day=-40)


def _advance(told: VoucherStory, amount: str, *, day: int) -> None:
    """Asked for, passed on, approved, ordered and paid, some days apart."""
    with on(noon(day)):
        claim = ask_for_advance(told.voucher, amount=Decimal(amount), by=told.manager)
    with on(noon(day + 2)):
        control(claim, told.cast)
    with on(noon(day + 4)):
        approve(told.voucher.claims.get(pk=claim.pk), told.cast)
    with on(noon(day + 6)):
        exported([told.voucher.claims.get(pk=claim.pk)], told.cast)
    with on(noon(day + 9)):
        booked(claim.payment_orders.get(state="sent"), told.cast)
