"""What a control writes: its lines and answers, and the sums that follow for the claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from conduct.actions import Refused, constraints_of, require_words
from vouchers.payments.control.models import (
    Control,
    ControlChecklist,
    ControlledLine,
    SeparationPolicy,
)
from vouchers.payments.control.queries import checklist_for, policy_in_force
from vouchers.payments.control.rules.separations import USUAL
from vouchers.payments.control.rules.splitting import LineFound, approvals_for, faults_of
from vouchers.payments.control.wording import sentence_of
from vouchers.payments.models import Claim, ClaimLine
from vouchers.payments.queries import lines_of

MOST_REMARK = 2000


@dataclass(frozen=True)
class CheckAnswer:
    """The answer to a question of the checklist (Control.Answer), and a remark; a no needs one."""

    answer: str
    remark: str = ""


def standing_policy() -> SeparationPolicy:
    """The policy in force; the portal's own becomes the first version where there is none yet."""
    found = policy_in_force()
    if found is not None:
        return found
    SeparationPolicy.objects.bulk_create(
        [SeparationPolicy(number=1, apart=list(USUAL), confirmed_at=timezone.now())],
        ignore_conflicts=True,
    )
    return SeparationPolicy.objects.filter(confirmed_at__isnull=False).latest("number")


@dataclass(frozen=True)
class Words:
    """What a control says besides: why lines were sampled, and what it changes of one sent back."""

    sample_reason: str = ""
    reason: str = ""


def control_whole(
    claim: Claim,
    found: Mapping[int, LineFound],
    answers: Sequence[CheckAnswer],
    words: Words,
    *,
    by: User,
) -> Control:
    """Write the control of a locked claim, line by line.

    `found` is by the id of a line; of a line that is not named all is eligible. Raises Refused beside
    the box of a line (line-7-deducted) or of an answer (answer-0-remark), or of the words.
    """
    if claim.state == Claim.State.SENT_BACK:
        require_words(
            words.reason,
            _("Say what you changed, or why not: whoever approves reads it."),
            field="changes",
        )
    lines = lines_of(claim)
    types = claim.voucher.award.application.call.error_types
    for line in lines:
        for name, fault in faults_of(found.get(line.pk, LineFound()), line.amount, types):
            raise Refused(sentence_of(fault), field=f"line-{line.pk}-{name}")
    if any(one.sampled for one in found.values()):
        require_words(
            words.sample_reason,
            _("Say why these lines were looked at in depth."),
            field="sample_reason",
        )
    checklist = checklist_for(claim)
    require_answers(checklist, answers)
    eligible = sum(
        (found.get(line.pk, LineFound()).eligible_of(line.amount) for line in lines), Decimal(0)
    )
    if eligible <= 0 and not claim.is_advance:
        raise Refused(
            _("Nothing would be eligible: return the claim, reject it, or wait with its control.")
        )
    control = Control(
        claim=claim,
        number=claim.controls.count() + 1,
        made_by=by,
        checklist=checklist,
        answers=[{"answer": one.answer, "remark": one.remark} for one in answers],
        sample_reason=words.sample_reason,
        reason=words.reason,
    )
    with constraints_of(Control, ControlledLine):
        control.save()
        for line in lines:
            _controlled(control, line, found.get(line.pk, LineFound())).save()
    return control


def require_answers(checklist: ControlChecklist | None, answers: Sequence[CheckAnswer]) -> None:
    """Raise Refused unless every question of the checklist is answered, each no with a remark."""
    asked = len(checklist.questions) if checklist is not None else 0
    if len(answers) != asked:
        raise Refused(
            _("The checklist was changed a moment ago: please answer its questions again.")
        )
    for at, one in enumerate(answers):
        if one.answer not in Control.Answer.values:
            raise Refused(_("Answer this question."), field=f"answer-{at}-answer")
        if one.answer == Control.Answer.NO:
            require_words(
                one.remark, _("Say what is missing or wrong."), field=f"answer-{at}-remark"
            )


def _controlled(control: Control, line: ClaimLine, found: LineFound) -> ControlledLine:
    return ControlledLine(
        control=control,
        line=line,
        amount=line.amount,
        eligible=found.eligible_of(line.amount),
        deducted=found.deducted,
        error_type=found.error_type,
        reason=found.reason,
        parked=found.parked,
        park_reason=found.park_reason,
        sampled=found.sampled,
    )


def say_what_is_eligible(claim: Claim, control: Control, eligible: Decimal, whole: Decimal) -> None:
    """Note on the locked claim which control verifies it, what is eligible, and who must approve.

    `whole` is what is eligible in all: what is taken in later counts with what was before (EUR).
    """
    # Its other sums are the database's, and changed with the control.
    claim.refresh_from_db(fields=["deducted", "parked"])
    call = claim.voucher.award.application.call
    claim.control, claim.eligible, claim.policy = control, eligible, standing_policy()
    claim.approvals_needed = approvals_for(
        whole, call.two_approvals_above, call.three_approvals_above
    )
