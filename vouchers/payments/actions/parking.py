"""What was set aside of a claim is decided on by a later control: taken in, or refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.queries import people_holding
from conduct.actions import (
    Outdated,
    OutOfOrder,
    Refused,
    action,
    constraints_of,
    judged,
    require_words,
)
from conduct.actions.again import said_a_moment_ago
from documents.wording import figures
from inputs.rules.currencies import places_of
from vouchers.payments.control.letters import certify
from vouchers.payments.control.models import Control, ControlledLine
from vouchers.payments.control.queries import free_for, standing_lines
from vouchers.payments.control.rules.separations import Duty
from vouchers.payments.models import Claim, ClaimLine
from vouchers.payments.permissions import may_decide_on_parked
from vouchers.payments.queries import claimants_of

from .controlling import say_what_is_eligible
from .steps import take_step, tell

_WHY = gettext_lazy("Say why it is taken in, or refused: the cluster reads it.")


@action(gettext_lazy("Set aside, now taken in"))
def take_in_parked(
    claim: Claim,
    amounts: Mapping[int, Decimal],
    *,
    reason: str,
    by: User,
    seen: str | None = None,
) -> Claim:
    """Take in what was set aside of lines (by their ids; EUR), as a further claim to be approved.

    The further claim continues the one that was controlled: it is verified with this, its approvals
    are those of the whole sum, and it is paid as any other. Returns it. Raises Refused beside a line
    above what is set aside of it, or where nothing is taken in, OutOfOrder while an earlier part waits,
    and where something was decided since it was `seen` (its mark_of_parked).
    """
    claim, lines = _judged(claim, by=by)
    _require_decidable(lines, amounts, reason, seen)
    taken = {line: amounts.get(line.line_id, Decimal(0)) for line in lines}
    total = sum(taken.values(), Decimal(0))
    last = claim.voucher.claims.aggregate(last=Max("number"))["last"] or 0
    numbers = dict(
        sorted((line.line.invoice_id, line.line.invoice.number) for line in lines if taken[line])
    )
    with constraints_of(Claim, ClaimLine, Control, ControlledLine):
        further = Claim.objects.create(
            voucher=claim.voucher,
            number=last + 1,
            provider_id=claim.provider_id,
            way=claim.way,
            cluster_id=claim.cluster_id,
            partner_id=claim.partner_id,
            invoice_numbers=", ".join(numbers.values()),
            amount=total,
            continues=claim,
            submitted_by_id=claim.submitted_by_id,
        )
        control = _later_control(claim, reason, further=further, by=by)
        for line, amount in taken.items():
            if amount:
                _continued(line.line, further, amount).save()
        for line, amount in taken.items():
            _found(control, line, eligible=line.eligible + amount, deducted=line.deducted).save()
    whole = sum((line.eligible for line in lines), total)
    say_what_is_eligible(further, control, total, whole)
    take_step(further, Claim.State.VERIFIED, by=by)
    certify(control, by=by)
    approvers = free_for(Duty.APPROVER, further, people_holding(Role.COORDINATOR))
    tell(approvers, "claim-verified", further)
    return further


@action(gettext_lazy("Set aside, now refused"))
def refuse_parked(
    claim: Claim,
    amounts: Mapping[int, Decimal],
    *,
    error_type: str,
    reason: str,
    by: User,
    seen: str | None = None,
) -> Claim:
    """Refuse what was set aside of lines (by their ids; EUR): it is deducted, the cluster is told why.

    `error_type` is one of the call's list; a line of which something was deducted before keeps its own.
    Refused twice at once, it is deducted once. Raises as take_in_parked does.
    """
    claim, lines = _judged(claim, by=by)
    if _refused_a_moment_ago(claim, lines, amounts, reason, by):
        return claim
    _require_decidable(lines, amounts, reason, seen)
    if error_type not in claim.voucher.award.application.call.error_types:
        raise Refused(_("Choose a type of error of the call’s list."), field="error_type")
    with constraints_of(Control, ControlledLine):
        control = _later_control(claim, reason, further=None, by=by)
        for line in lines:
            amount = amounts.get(line.line_id, Decimal(0))
            found = _found(control, line, eligible=line.eligible, deducted=line.deducted + amount)
            if amount:
                found.error_type = line.error_type or error_type
                found.reason = "\n".join(filter(None, [line.reason, reason]))
            found.save()
    claim.refresh_from_db(fields=["deducted", "parked"])
    certify(control, by=by)
    tell(claimants_of(claim.voucher), "claim-parked-refused", claim, reason=reason)
    return claim


def _refused_a_moment_ago(
    claim: Claim,
    lines: Sequence[ControlledLine],
    amounts: Mapping[int, Decimal],
    reason: str,
    by: User,
) -> bool:
    """Whether the control that counts is the person's own, and deducted just this."""
    again = said_a_moment_ago(
        claim.controls.filter(number__gt=1, further=None), at="made_at", made_by=by, reason=reason
    )
    if again is None or again.pk != lines[0].control_id:
        return False
    earlier = ControlledLine.objects.filter(control__claim=claim, control__number=again.number - 1)
    before = dict(earlier.values_list("line", "deducted"))
    cut = {line.line_id: line.deducted - before.get(line.line_id, Decimal(0)) for line in lines}
    return {key: one for key, one in cut.items() if one} == {
        key: one for key, one in amounts.items() if one
    }


def mark_of_parked(lines: Sequence[ControlledLine]) -> str:
    """What a decision on what is set aside rests on, as a page carries it: the control of these lines."""
    return str(lines[0].control_id) if lines else ""


def _judged(claim: Claim, *, by: User) -> tuple[Claim, list[ControlledLine]]:
    """The locked claim with what stands of its lines; raises where nothing of it can be decided now."""
    claim = judged(
        claim,
        may_decide_on_parked,
        by=by,
        states=[Claim.State.APPROVED, Claim.State.ORDERED, Claim.State.PAID],
    )
    if claim.continued_by.filter(state=Claim.State.VERIFIED).exists():
        raise OutOfOrder(
            _(
                "A part of this claim that was taken in still waits for its approval: decide on that "
                "first."
            )
        )
    return claim, standing_lines(claim)


def _require_decidable(
    lines: Sequence[ControlledLine], amounts: Mapping[int, Decimal], reason: str, seen: str | None
) -> None:
    """Raise where something was decided since it was `seen`, or the amounts cannot be decided on."""
    if seen is not None and seen != mark_of_parked(lines):
        raise Outdated(
            _(
                "A colleague has just decided on something that was set aside: please look at what is "
                "left of it."
            )
        )
    for line in lines:
        amount = amounts.get(line.line_id, Decimal(0))
        if amount < 0 or amount != round(amount, 2) or amount > line.parked:
            raise Refused(
                _("%(parked)s EUR of this line are set aside: write an amount up to that.")
                % {"parked": figures(line.parked)},
                field=f"line-{line.line_id}",
            )
    if {*amounts} - {line.line_id for line in lines} or not any(amounts.values()):
        raise Refused(_("Write how much of a line is decided on."))
    require_words(reason, _WHY, field="reason")


def _later_control(claim: Claim, reason: str, *, further: Claim | None, by: User) -> Control:
    """The next control of a claim; it answers the checklist no more than the one in force did."""
    return Control.objects.create(
        claim=claim,
        number=claim.controls.count() + 1,
        made_by=by,
        reason=reason,
        further=further,
    )


def _continued(line: ClaimLine, further: Claim, amount: Decimal) -> ClaimLine:
    """A line of the further claim: `amount` (EUR) of an earlier line, at the rate that it kept."""
    units = line.rate_units_per_euro or Decimal(1)
    step = Decimal(1).scaleb(-places_of(line.invoice.currency))
    return ClaimLine(
        claim=further,
        continues=line,
        invoice_id=line.invoice_id,
        milestone_id=line.milestone_id,
        purpose=line.purpose,
        declared=(amount * units).quantize(step, rounding=ROUND_HALF_UP),
        rate_id=line.rate_id,
        rate_units_per_euro=line.rate_units_per_euro,
        rate_month=line.rate_month,
        amount=amount,
    )


def _found(
    control: Control, before: ControlledLine, *, eligible: Decimal, deducted: Decimal
) -> ControlledLine:
    """What a later control finds of a line: what stood, but for what it decides on."""
    parked = before.amount - eligible - deducted
    return ControlledLine(
        control=control,
        line=before.line,
        amount=before.amount,
        eligible=eligible,
        deducted=deducted,
        error_type=before.error_type,
        reason=before.reason,
        parked=parked,
        park_reason=before.park_reason if parked else "",
        sampled=False,
    )
