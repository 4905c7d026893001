"""What a claim that is written begins with: the draft, a claim that came back, and its files."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from inputs.rules.numbers import ANY_MONEY
from inputs.wording import as_typed
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.plans.models import Milestone
from vouchers.awards.models import Voucher
from vouchers.awards.queries import award_within_reach
from vouchers.payments.claims.rules.content import Content
from vouchers.payments.models import Claim, ClaimDraft, Invoice, InvoiceFile


def draft_of(voucher: Voucher) -> ClaimDraft | None:
    """What is typed of the next claim of the voucher."""
    return ClaimDraft.objects.select_related("saved_by").filter(voucher=voucher).first()


def claimable_milestones(voucher: Voucher) -> QuerySet[Milestone]:
    """The milestones of the plan in force whose deliverable is accepted, in its order."""
    accepted = Deliverable.objects.filter(
        milestone=OuterRef("pk"), state=Deliverable.State.ACCEPTED
    )
    return Milestone.objects.filter(
        Exists(accepted), plan__voucher=voucher, removed_in=None
    ).order_by("position")


def content_of(claim: Claim) -> Content:
    """All that stood on a claim, as it would be typed anew; the files with it."""
    return {"invoices": [_invoice(one) for one in claim.invoices.prefetch_related("lines")]}


def _invoice(invoice: Invoice) -> dict[str, Any]:
    return {
        "number": invoice.number,
        "invoiced_on": invoice.invoiced_on.isoformat(),
        "currency": invoice.currency,
        "net": as_typed(invoice.net, ANY_MONEY),
        "vat": as_typed(invoice.vat, ANY_MONEY) if invoice.vat else "",
        "vat_rule": invoice.vat_rule,
        "file": str(invoice.file_id),
        "paid_on": invoice.paid_on.isoformat() if invoice.paid_on else "",
        "proof": str(invoice.proof_id or ""),
        "lines": [
            {
                "milestone": str(line.milestone_id),
                "purpose": line.purpose,
                "declared": as_typed(line.declared, ANY_MONEY),
            }
            for line in invoice.lines.all()
        ],
    }


def invoice_files_visible_to(user: User) -> QuerySet[InvoiceFile]:
    """The files of invoices on the vouchers that the person may read.

    One that no claim names is its cluster's alone.
    """
    return InvoiceFile.objects.filter(award_within_reach(user, "voucher__award__")).select_related(
        "voucher__award__application__cluster"
    )
