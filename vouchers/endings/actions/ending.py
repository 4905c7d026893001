"""Giving a voucher up, proposing its end, and deciding on it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    OutOfOrder,
    Refused,
    action,
    constraints_of,
    judged,
    locked,
    move,
    require,
    require_state,
    require_words,
)
from conduct.queries.days import today
from vouchers.awards.models import Voucher
from vouchers.endings.letters import NOTICE_LETTER, ending_facts
from vouchers.endings.models import Ending, Extension
from vouchers.endings.permissions import (
    may_decide_ending,
    may_give_up,
    may_propose_ending,
    may_revoke_ending,
    proposed_no_ending,
)
from vouchers.endings.rules.limits import DayMisfit, earliest_end, misfit_of_end
from vouchers.endings.wording import sentence_of

from .extending import close_extension
from .telling import everybody, letter, tell, the_coordinators, the_officers

WHY_IT_ENDS = gettext_lazy("Say why the voucher is to end.")
WHY_IT_GOES_ON = gettext_lazy("Say why the voucher goes on.")
ANOTHER_DECIDES = gettext_lazy("Another coordinator decides on this: you proposed it yourself.")
_OPEN = [Voucher.State.ACTIVE, Voucher.State.SUSPENDED]


@action(gettext_lazy("Voucher given up"))
def give_up_voucher(voucher: Voucher, *, ends_on: date, reason: str, by: User) -> Ending:
    """The cluster gives the voucher up: it ends on the day `ends_on`, after the notice of the call.

    Raises Refused (beside its field) without a reason and for a day that cannot be, OutOfOrder where
    the voucher has ended, or its end is under way.
    """
    voucher = judged(
        voucher,
        may_give_up,
        by=by,
        states=_OPEN,
        otherwise=_("Only a manager of the cluster can give the voucher up."),
    )
    ending = _begin(voucher, Ending.Kind.GIVEN_UP, ends_on, reason, by)
    give_notice(ending, by=by)
    return ending


@action(gettext_lazy("End of the voucher proposed"))
def propose_ending(voucher: Voucher, *, ends_on: date, reason: str, by: User) -> Ending:
    """Propose to end the voucher on a day; another coordinator decides. Raises as `give_up_voucher`."""
    voucher = judged(voucher, may_propose_ending, by=by, states=_OPEN)
    ending = _begin(voucher, Ending.Kind.PROGRAMME, ends_on, reason, by)
    facts: dict[str, Any] = {"reason": reason, "ends_on": ending.ends_on.isoformat()}
    tell(the_coordinators(voucher), "voucher-end-proposed", voucher, but=by, about=ending, **facts)
    return ending


@action(gettext_lazy("End of the voucher decided"))
def decide_ending(ending: Ending, *, by: User) -> Ending:
    """Follow the proposal of another person: the notice runs from today on.

    Where its day would leave less than the notice of the call, the voucher ends with the notice.
    Raises NotAllowed for who proposed it.
    """
    ending = locked(ending)
    require(may_decide_ending, by, ending)
    require(proposed_no_ending, by, ending, otherwise=ANOTHER_DECIDES)
    require_state(ending, Ending.State.PROPOSED)
    require_state(ending.voucher, *_OPEN)
    ending.decided_by, ending.decided_at = by, timezone.now()
    give_notice(ending, by=by)
    return ending


@action(gettext_lazy("End of the voucher not followed"))
def refuse_ending(ending: Ending, *, reason: str, by: User) -> Ending:
    """Do not follow a proposal, for the `reason`; the voucher goes on."""
    ending = locked(ending)
    require(may_decide_ending, by, ending)
    require(proposed_no_ending, by, ending, otherwise=ANOTHER_DECIDES)
    require_words(reason, WHY_IT_GOES_ON)
    move(ending, Ending.State.REFUSED)
    ending.decided_by, ending.decided_at, ending.answer = by, timezone.now(), reason
    with constraints_of(Ending):
        ending.save()
    people = [*the_officers(ending.voucher), *_who_proposed(ending)]
    tell(people, "voucher-end-refused", ending.voucher, but=by, about=ending, reason=reason)
    return ending


@action(gettext_lazy("End of the voucher revoked"))
def revoke_ending(ending: Ending, *, reason: str, by: User) -> Ending:
    """Take a notice back before its day, for the `reason`. Raises OutOfOrder once the day has come."""
    ending = judged(ending, may_revoke_ending, by=by, states=[Ending.State.NOTICE])
    require_words(reason, WHY_IT_GOES_ON)
    if today(ending.voucher.country.zone) >= ending.ends_on:
        raise OutOfOrder(_("The day has come: this voucher ends today."))
    move(ending, Ending.State.REVOKED)
    ending.revoked_by, ending.revoked_at, ending.revoke_reason = by, timezone.now(), reason
    with constraints_of(Ending):
        ending.save()
    people = [*everybody(ending.voucher), *the_coordinators(ending.voucher)]
    tell(people, "voucher-end-revoked", ending.voucher, but=by, reason=reason)
    return ending


def give_notice(ending: Ending, *, by: User) -> None:
    """Let the notice of a locked proposal run from today on, as a part of an action."""
    voucher = ending.voucher
    call = voucher.award.application.call
    earliest = earliest_end(today(voucher.country.zone), call.notice_days)
    ending.ends_on = max(ending.ends_on, earliest)
    ending.claims_until = ending.ends_on + timedelta(days=call.claim_days_after_ending)
    ending.notice_at = timezone.now()
    asked = Extension.objects.select_for_update().filter(voucher=voucher, state__in=Extension.OPEN)
    for extension in asked:
        close_extension(extension, by=None)
    move(ending, Ending.State.NOTICE)
    with constraints_of(Ending):
        ending.save()
    papers = letter(NOTICE_LETTER, ending, lambda: ending_facts(ending), by=by)
    tell(
        [*everybody(voucher), *the_coordinators(voucher)],
        "voucher-end-noticed",
        voucher,
        but=by,
        documents=papers,
        reason=ending.reason,
        ends_on=ending.ends_on.isoformat(),
        claims_until=ending.claims_until.isoformat(),
    )


def _begin(voucher: Voucher, kind: str, ends_on: date, reason: str, by: User) -> Ending:
    require_words(reason, WHY_IT_ENDS, field="reason")
    now = today(voucher.country.zone)
    notice = voucher.award.application.call.notice_days
    earliest = earliest_end(now, notice)
    misfit = misfit_of_end(
        ends_on,
        today=now,
        valid_from=voucher.valid_from,
        valid_until=voucher.valid_until,
        notice_days=notice,
    )
    if misfit is not None:
        latest = max(voucher.valid_until, earliest)
        bound = earliest if misfit == DayMisfit.TOO_SOON else latest
        raise Refused(sentence_of(misfit, voucher, bound=bound), field="ends_on")
    with constraints_of(Ending):
        return Ending.objects.create(
            voucher=voucher, kind=kind, ends_on=ends_on, reason=reason, proposed_by=by
        )


def _who_proposed(ending: Ending) -> list[User]:
    """Who proposed it, while they may read of the voucher; nobody where no person did."""
    who = ending.proposed_by
    may_read = who is not None and who.is_active and may_propose_ending.test(who, ending.voucher)
    return [who] if who is not None and may_read else []
