"""The controls of a claim, what stands of them, and what is set aside."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet, Sum

from accounts.models import User
from vouchers.awards.models import Voucher
from vouchers.calls.models import Call
from vouchers.payments.control.models import (
    Control,
    ControlChecklist,
    ControlledLine,
    RemarkOnLine,
    SentBack,
)
from vouchers.payments.control.permissions import may_read_checklists
from vouchers.payments.models import DONE_WITH, Claim

_COUNTS = (Q(further=None) | ~Q(further__state__in=DONE_WITH)) & Q(sent_back=None)
_NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class ReadControl:
    """A control as it is read: its lines in their order, its answers beside their questions."""

    control: Control
    lines: list[ControlledLine]
    # Whether it decides on what was set aside of a claim that was approved.
    is_of_parked: bool = False

    @property
    def sent_back(self) -> SentBack | None:
        """Why an approver had it done anew."""
        return getattr(self.control, "sent_back", None)

    @property
    def counts(self) -> bool:
        further = self.control.further
        return self.sent_back is None and (further is None or further.state not in DONE_WITH)

    @property
    def eligible(self) -> Decimal:
        return sum((one.eligible for one in self.lines), _NOTHING)

    @property
    def deducted(self) -> Decimal:
        return sum((one.deducted for one in self.lines), _NOTHING)

    @property
    def parked(self) -> Decimal:
        return sum((one.parked for one in self.lines), _NOTHING)

    @property
    def amount(self) -> Decimal:
        return sum((one.amount for one in self.lines), _NOTHING)

    @property
    def answers(self) -> list[tuple[str, str, str]]:
        """Each question of its checklist with the answer in words, and the remark."""
        checklist = self.control.checklist
        words = dict(Control.Answer.choices)
        return [
            (question, str(words[one["answer"]]), one["remark"])
            for question, one in zip(
                checklist.asked if checklist is not None else [], self.control.answers, strict=True
            )
        ]

    @property
    def sampled(self) -> Decimal:
        """What the lines that were looked at in depth declare (EUR)."""
        return sum((one.amount for one in self.lines if one.sampled), _NOTHING)

    @property
    def sample_share(self) -> Decimal:
        """That as a part of the whole claim; per cent."""
        return (100 * self.sampled / self.amount).quantize(Decimal("0.1"))


def controls_of(claim: Claim) -> list[ReadControl]:
    """The controls of a claim in their order, each with its lines; of a further claim, those of the
    claim that it continues. Three queries at most.
    """
    lines = ControlledLine.objects.select_related("line__invoice", "line__milestone")
    remarks = RemarkOnLine.objects.select_related("line__invoice")
    whole = claim.continues.control_id if claim.continues is not None else claim.control_id
    controls = (
        Control.objects.filter(claim=claim.continues_id or claim.pk)
        .select_related("made_by", "checklist", "further", "sent_back__sent_by")
        .prefetch_related(
            Prefetch("lines", queryset=lines), Prefetch("sent_back__remarks", queryset=remarks)
        )
        .order_by("number")
    )
    return [
        ReadControl(
            control,
            sorted(control.lines.all(), key=lambda one: one.line_id),
            control.pk != whole and getattr(control, "sent_back", None) is None,
        )
        for control in controls
    ]


def last_sent_back(claim: Claim) -> ReadControl | None:
    """The control that is done anew, where the claim was sent back to its controller."""
    if claim.state != Claim.State.SENT_BACK:
        return None
    return controls_of(claim)[-1]


def standing_lines(claim: Claim) -> list[ControlledLine]:
    """What the control that counts found of each line, in the order of the lines."""
    control = Control.objects.filter(_COUNTS, claim=claim).order_by("-number").first()
    return found_by(control) if control is not None else []


def found_by(control: Control) -> list[ControlledLine]:
    """What a control found of each line, in the order of the lines."""
    return list(control.lines.select_related("line__invoice", "line__milestone").order_by("line"))


def checklists_visible_to(user: User, call: Call) -> QuerySet[ControlChecklist]:
    """The checklists of a call, newest first, for who controls, approves, pays or audits."""
    if not may_read_checklists.test(user):
        return ControlChecklist.objects.none()
    return ControlChecklist.objects.filter(call=call).select_related("made_by").order_by("-number")


def checklist_for(claim: Claim) -> ControlChecklist | None:
    """The newest checklist of the call of a claim; None where it has none, and for an advance."""
    if claim.is_advance:
        return None
    call = claim.voucher.award.application.call_id
    return ControlChecklist.objects.filter(call=call).order_by("-number").first()


def parked_of(voucher: Voucher) -> Decimal:
    """What is set aside of the claims of a voucher that stand (EUR)."""
    standing = voucher.claims.exclude(state__in=DONE_WITH)
    return standing.aggregate(total=Sum("parked", default=_NOTHING))["total"]
