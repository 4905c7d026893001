"""How long somebody has been waited for in each stage of vouchers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min

from accounts.models import User
from conduct.queries.days import today
from vouchers.awards.queries import vouchers_visible_to
from vouchers.calls.models import Call
from vouchers.standing.models import VoucherStage


@dataclass(frozen=True)
class StageWait:
    """A stage, how many vouchers are in it, and for how many days the longest has waited."""

    stage: VoucherStage
    number: int
    since: date

    @property
    def days(self) -> int:
        return max(0, (today() - self.since).days)


def waits_by_stage(user: User, call: Call | None = None, country: str = "") -> list[StageWait]:
    """The stages in which somebody is waited for today, in the order of a voucher's life; one query."""
    found = vouchers_visible_to(user).filter(standing__since__lte=today())
    if call is not None:
        found = found.filter(award__application__call=call)
    if country:
        found = found.filter(award__application__country_id=country)
    rows = (
        found.order_by()
        .values("standing__stage")
        .annotate(number=Count("pk"), since=Min("standing__since"))
    )
    by_stage = {row["standing__stage"]: row for row in rows}
    return [
        StageWait(stage, by_stage[stage]["number"], by_stage[stage]["since"])
        for stage in VoucherStage
        if stage in by_stage
    ]
