"""Where vouchers stand, judged from their facts and stored for lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict
from typing import TypeVar

from django.db import transaction
from django.db.models import Exists, Model, QuerySet

from conduct.queries.days import today
from vouchers.awards.models import Voucher
from vouchers.standing.models import LightOverride, OutdatedStanding, Standing
from vouchers.standing.queries.facts import facts_of
from vouchers.standing.queries.outdated import changed_vouchers, outdated_vouchers
from vouchers.standing.rules import (
    VoucherFacts,
    causes_of,
    light_of,
    stage_of,
    turns_of,
)

# So many are judged while a list is asked for; where more changed, all of them wait for the worker.
_AT_ONCE = 20
_BATCH = 500
Row = TypeVar("Row", bound=Model)
_STORED = ("stage", "party", "task", "about", "since", "light", "judged_light", "reasons")


def judge_outdated(limit: int = _BATCH) -> int:
    """Judge vouchers whose facts changed, or that were judged on an earlier day; how many it were.

    At most `limit`; those that changed come first.
    """
    judged = 0
    while judged < limit:
        found = outdated_vouchers(min(limit - judged, _BATCH))
        if not found:
            break
        judge(found)
        judged += len(found)
    return judged


def judge_the_few() -> None:
    """Judge what changed since the worker last looked, for a list: one query where nothing did."""
    changed = changed_vouchers(_AT_ONCE + 1)
    if 0 < len(changed) <= _AT_ONCE:
        judge(changed)


def judged_now(voucher: Voucher) -> Standing:
    """Where one voucher stands at this instant, for its page; judged only where something changed."""
    standing = Standing.objects.filter(
        ~Exists(OutdatedStanding.objects.filter(voucher=voucher)),
        voucher=voucher,
        judged_for=today(voucher.country.zone),
    ).first()
    if standing is None:
        judge([voucher.pk])
        standing = Standing.objects.get(voucher=voucher)
    standing.voucher = voucher
    return standing


@transaction.atomic
def judge(ids: Collection[int]) -> None:
    """Judge the vouchers with these keys and store where they stand; a constant number of queries.

    What changes meanwhile is judged the next time: the notes of changes are taken away before the
    facts are read, so that no change falls between the two. Who judges the same voucher waits, so
    that older facts never replace newer ones; all lock in one order.
    """
    lights = LightOverride.objects.filter(voucher__in=ids, lifted_at=None)
    by_hand = {light.voucher_id: light for light in _locked_rows(lights)}
    _locked_rows(Standing.objects.filter(voucher__in=ids))
    notes = _locked_rows(OutdatedStanding.objects.filter(voucher__in=ids))
    OutdatedStanding.objects.filter(pk__in=[note.pk for note in notes]).delete()
    found = facts_of(ids)
    standings = [_standing(pk, facts, by_hand.get(pk)) for pk, facts in found.items()]
    _store(standings)


def _locked_rows(records: QuerySet[Row]) -> list[Row]:
    return list(records.select_for_update(of=("self",)).order_by("pk"))


def _store(standings: Iterable[Standing]) -> None:
    Standing.objects.bulk_create(
        standings,
        update_conflicts=True,
        unique_fields=["voucher"],
        update_fields=[*_STORED, "judged_for"],
        batch_size=_BATCH,
    )


def _standing(pk: int, facts: VoucherFacts, by_hand: LightOverride | None) -> Standing:
    reasons = causes_of(facts)
    turn = next(iter(turns_of(facts)), None)
    judged = light_of(reasons)
    shown = by_hand.light if by_hand and facts.is_open and facts.today <= by_hand.until else judged
    return Standing(
        voucher_id=pk,
        stage=stage_of(facts),
        party=turn.party if turn else "",
        task=turn.task if turn else "",
        about=turn.about[:200] if turn else "",
        since=turn.since if turn else None,
        light=shown,
        judged_light=judged,
        reasons=[asdict(reason) for reason in reasons],
        judged_for=facts.today,
    )
