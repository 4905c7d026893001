"""The documents that payments issue, and the facts they state."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from conduct.queries.days import iso_day_of
from documents.kinds import ADDRESSEE, DocumentKind, Manner, Told, register
from vouchers.applications.letters import on_letterhead
from vouchers.assistance.letters import voucher_facts
from vouchers.assistance.plans.queries import provider_of, version_in_force
from vouchers.assistance.reports.models import FinalReport
from vouchers.awards.models import Voucher
from vouchers.books.queries import head_facts

from .ledger.queries import money_of
from .models import STEPS_OF_A_CLAIM, Claim, ClaimLine, PaymentOrder
from .permissions import may_read_claim, may_read_completion, may_read_order
from .queries import lines_of, out_of

DISBURSEMENT_ORDER = register(
    DocumentKind(
        slug="order",
        title=_("Disbursement order"),
        template="letters/order.html",
        may_read=may_read_order,
        told=(
            ADDRESSEE,
            Told(_("Payee"), "payee", Manner.PERSON),
            Told(_("Amount"), "paid_out", Manner.MONEY),
            Told(_("Account"), "bank_account", Manner.ACCOUNT),
        ),
    )
)
PAYMENT_NOTICE = register(
    DocumentKind(
        slug="payment",
        title=_("Payment notice"),
        template="letters/payment.html",
        may_read=may_read_claim,
        told=(
            ADDRESSEE,
            Told(_("Payee"), "payee", Manner.PERSON),
            Told(_("Amount"), "paid_out", Manner.MONEY),
            Told(_("Account"), "bank_account", Manner.ACCOUNT),
        ),
    )
)
COMPLETION_CERTIFICATE = register(
    DocumentKind(
        slug="completion",
        title=_("Completion certificate"),
        template="letters/completion.html",
        may_read=may_read_completion,
        told=(
            ADDRESSEE,
            Told(_("Value of the voucher"), "amount", Manner.MONEY),
            Told(_("Paid"), "paid", Manner.MONEY),
        ),
    )
)


def claim_facts(claim: Claim) -> dict[str, Any]:
    """The invoices and milestones, every line in its own currency with its rate, and the EUR.

    Amounts are text. `invoice_number` and `milestone` name all of them, for a sentence.
    """
    lines = lines_of(claim)
    return {
        **voucher_facts(claim.voucher),
        **on_letterhead(claim.voucher.award.application),
        "claim": claim.number,
        "invoice_number": claim.invoice_numbers,
        "milestone": ", ".join(dict.fromkeys(line.milestone.title for line in lines)),
        "lines": [_line_facts(line) for line in lines],
        "claimed": str(claim.amount),
        # What its control found eligible, and what is paid of that.
        "eligible": "" if claim.eligible is None else str(claim.eligible),
        "payable": str(claim.payable),
        "deducted": str(claim.deducted),
        "parked": str(claim.parked),
        # Who is paid, and what the final rate and earlier advances make of it.
        "way": claim.way,
        "is_advance": claim.is_advance,
        "cleared": str(claim.cleared) if claim.cleared else "",
        "revalued": str(claim.revalued) if claim.revalued else "",
    }


def _line_facts(line: ClaimLine) -> dict[str, Any]:
    rate = line.rate_units_per_euro
    return {
        "invoice_number": line.invoice.number,
        "invoice_date": line.invoice.invoiced_on.isoformat(),
        "milestone": line.milestone.title,
        "purpose": line.purpose,
        "currency": line.invoice.currency,
        "declared": str(line.declared),
        "rate": str(rate.normalize()) if rate else "",
        "rate_month": line.rate_month,
        "amount": str(line.amount),
    }


def order_facts(order: PaymentOrder) -> dict[str, Any]:
    """Whom the bank pays, how much, on which account, and who stands for each step."""
    claim = order.claim
    return {
        **claim_facts(claim),
        "date": iso_day_of(order.ordered_at, claim.voucher.country.zone),
        "order": order.reference,
        "payee": order.payee,
        "bank_account": order.bank_account,
        "paid_out": str(order.amount),
        "set_off": str(order.set_off) if order.set_off else "",
        "ledger": head_facts(claim.voucher.award.application.call),
        "policy": claim.policy.number if claim.policy else None,
        "steps": [
            said
            for step in STEPS_OF_A_CLAIM
            # An order states what came before it.
            if step != "paid"
            for said in (_approvals(claim) if step == "approved" else [_step(claim, step)])
        ],
    }


def _approvals(claim: Claim) -> list[dict[str, str]]:
    """Everybody who approved a claim, in order."""
    return [
        {
            "step": str(STEPS_OF_A_CLAIM["approved"]),
            "person": str(approval.person),
            "at": approval.at.isoformat(),
        }
        for approval in claim.approvals.filter(control=claim.control_id).select_related("person")
    ]


def _step(claim: Claim, step: str) -> dict[str, str]:
    person, at = getattr(claim, f"{step}_by"), getattr(claim, f"{step}_at")
    return {
        "step": str(STEPS_OF_A_CLAIM[step]),
        "person": str(person),
        "at": at.isoformat() if at else "",
    }


def payment_facts(order: PaymentOrder) -> dict[str, Any]:
    """That an invoice or an advance was paid, when, to whom, and what is left of the voucher.

    The account is masked but for its last four characters.
    """
    voucher = order.claim.voucher
    out = out_of(voucher)
    return {
        **claim_facts(order.claim),
        "date": order.paid_on.isoformat() if order.paid_on else "",
        "order": order.reference,
        "payee": order.payee,
        "bank_account": f"…{order.bank_account[-4:]}",
        "bank_reference": order.bank_reference,
        "paid_out": str(order.amount),
        "set_off": str(order.set_off) if order.set_off else "",
        "paid": str(voucher.paid),
        "left": str(voucher.amount - voucher.paid),
        "advances_out": str(out) if out else "",
    }


def _planned(voucher: Voucher) -> dict[str, Any]:
    """What the version of the plan in force says."""
    version = version_in_force(voucher)
    if version is None:
        return {"objective": "", "provider": "", "milestones": [], "total_days": "0"}
    provider = provider_of(voucher)
    return {
        "objective": version.aim,
        "provider": provider.name if provider else "",
        "milestones": [milestone.title for milestone in version.milestones.all()],
        "total_days": str(version.total_days),
    }


def completion_facts(report: FinalReport) -> dict[str, Any]:
    """What the voucher brought: plan, sums in EUR, and the cluster's report in short."""
    voucher, version = report.voucher, report.version
    if version is None:
        raise ValueError("Nothing was sent that could be certified.")
    return {
        **voucher_facts(voucher),
        **on_letterhead(voucher.award.application),
        "date": iso_day_of(report.accepted_at, voucher.country.zone),
        **_planned(voucher),
        "paid": str(voucher.paid),
        "summary": version.summary,
        "results": version.results,
        "members_reached": version.members_reached,
        "women_reached": version.women_reached,
        "accepted_by": str(report.accepted_by),
        "released": str(voucher.released),
        "recovered": str(money_of(voucher)["recovered"]),
        "ledger": head_facts(voucher.award.application.call),
    }
