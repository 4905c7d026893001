"""The certificate of a control, and the facts that it states."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from conduct.queries.days import iso_day_of
from documents.actions import issue_in_every_language
from documents.kinds import ADDRESSEE, DocumentKind, Manner, Told, register
from vouchers.books.queries import head_facts
from vouchers.payments.letters import claim_facts
from vouchers.payments.permissions import may_read_claim

from .models import Control, ControlledLine, SentBack
from .queries import ReadControl, controls_of

CONTROL_CERTIFICATE = register(
    DocumentKind(
        slug="control",
        title=_("Certificate of control"),
        template="letters/control.html",
        may_read=may_read_claim,
        told=(
            ADDRESSEE,
            Told(pgettext_lazy("of a claim", "Declared"), "claimed", Manner.MONEY),
            Told(pgettext_lazy("of a claim", "Eligible"), "eligible", Manner.MONEY),
            Told(pgettext_lazy("of a claim", "Deducted"), "deducted", Manner.MONEY),
            Told(pgettext_lazy("of a claim", "Set aside"), "parked", Manner.MONEY),
        ),
    )
)


def certify(control: Control, *, by: User) -> None:
    """Issue the certificate of a control about the claim that is paid by it, as part of an action."""
    claim = control.further or control.claim
    issue_in_every_language(
        CONTROL_CERTIFICATE,
        claim,
        lambda: control_facts(control),
        by=by,
        reference=f"{control.claim.voucher.reference}-C{control.claim.number}-K{control.number}",
    )


def control_facts(control: Control) -> dict[str, Any]:
    """What was found of each line, by which checklist, by whom and on which day. Amounts are text."""
    claim = control.claim
    read = next(one for one in controls_of(claim) if one.control.pk == control.pk)
    paid, country = control.further or claim, claim.voucher.country
    return {
        **claim_facts(claim),
        "date": iso_day_of(control.made_at, country.zone),
        "control": control.number,
        "reason": control.reason if read.is_of_parked else "",
        "anew": _anew_facts(control),
        "found": [_line_facts(line) for line in read.lines],
        "eligible": str(read.eligible),
        "deducted": str(read.deducted),
        "parked": str(read.parked),
        "further": str(control.further.amount) if control.further else "",
        "sample": {
            "reason": control.sample_reason,
            "sum": str(read.sampled),
            "share": str(read.sample_share),
        }
        if read.sampled
        else None,
        "checklist": _checklist_facts(read),
        "submitted_by": str(claim.submitted_by),
        "controlled_by": str(control.made_by),
        "policy": paid.policy.number if paid.policy else None,
        "ledger": head_facts(claim.voucher.award.application.call),
    }


def _anew_facts(control: Control) -> dict[str, Any] | None:
    """What a control that was sent back is replaced for, and what was changed."""
    before = SentBack.objects.filter(
        claim=control.claim, control__number=control.number - 1
    ).first()
    if before is None:
        return None
    return {
        "number": before.control.number,
        "person": str(before.sent_by),
        "date": iso_day_of(before.sent_at, control.claim.voucher.country.zone),
        "reason": before.reason,
        "changes": control.reason,
    }


def _line_facts(found: ControlledLine) -> dict[str, Any]:
    return {
        "invoice_number": found.line.invoice.number,
        "milestone": found.line.milestone.title,
        "amount": str(found.amount),
        "eligible": str(found.eligible),
        "deducted": str(found.deducted),
        "error_type": found.get_error_type_display(),
        "reason": found.reason,
        "parked": str(found.parked),
        "park_reason": found.park_reason,
        "sampled": found.sampled,
    }


def _checklist_facts(read: ReadControl) -> dict[str, Any] | None:
    """The questions in the language of the document, each with its answer in words."""
    checklist = read.control.checklist
    if checklist is None:
        return None
    return {
        "number": checklist.number,
        "answers": [
            {"question": question, "answer": answer, "remark": remark}
            for question, answer, remark in read.answers
        ],
    }
