"""A cluster asks for the payment of invoices, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import itemgetter

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import OutOfOrder, action, constraints_of, locked, require
from vouchers.applications.queries import officers_told_of
from vouchers.assistance.plans.models import Milestone
from vouchers.assistance.plans.queries import provider_of
from vouchers.awards.models import Voucher
from vouchers.payments.actions.steps import tell
from vouchers.payments.claims.rules.content import prefix_of
from vouchers.payments.models import Claim, ClaimDraft, ClaimLine, Invoice, InvoiceFile
from vouchers.payments.permissions import may_submit_claim
from vouchers.payments.rules.invoices import key_of
from vouchers.providers.models import Provider

from .asking import (
    places_of_lines,
    require_accepted,
    require_claimable,
    require_each_once,
    require_lines,
)
from .drafting import ONLY_MANAGERS
from .invoices import require_invoice
from .limits import require_within
from .paying import require_proof, whom_it_pays
from .worth import Worth, rate_month, worth_of_line


@dataclass(frozen=True)
class LineTyped:
    """A part of an invoice for a milestone; `declared` in the currency of the invoice."""

    milestone: Milestone
    declared: Decimal
    purpose: str = ""


@dataclass(frozen=True)
class InvoiceTyped:
    """An invoice with its lines, amounts in its currency; `file` was kept before.

    `paid_on` and `proof` say when whoever claims paid the provider; None where nobody has yet.
    """

    number: str
    invoiced_on: date
    currency: str
    net: Decimal
    file: InvoiceFile
    lines: Sequence[LineTyped]
    vat: Decimal = Decimal(0)
    vat_rule: str = "none"
    paid_on: date | None = None
    proof: InvoiceFile | None = None


Priced = list[tuple[InvoiceTyped, list[tuple[LineTyped, Worth]]]]


@action(gettext_lazy("Claim submitted"))
def submit_claim(voucher: Voucher, *, invoices: Sequence[InvoiceTyped], by: User) -> Claim:
    """Claim a provider's invoices for accepted milestones; the draft is done with.

    The way of the call says who is paid, and whether the invoices were paid already (docs/ways.md).

    Each line is turned into EUR at its rate and rounded half up to the cent, once. Raises OutOfOrder
    before a deliverable is accepted, Refused (beside its box, see rules.content) for an invoice
    outside the voucher's time, claimed already or without a rate, for lines above their invoice, above
    what their milestone and the tolerance of the call leave, or above the voucher, and without lines.
    """
    voucher = locked(voucher)
    require(may_submit_claim, by, voucher, otherwise=ONLY_MANAGERS)
    require_claimable(voucher)
    require_lines(invoices)
    require_accepted(voucher, invoices)
    provider = who_delivers(voucher)
    for at, invoice in enumerate(invoices):
        require_invoice(voucher, provider, invoice, prefix_of(at))
        require_proof(voucher, invoice, prefix_of(at))
    require_each_once(invoices)
    priced = _priced(voucher, invoices)
    amounts = [(line.milestone.pk, worth.amount) for _, lines in priced for line, worth in lines]
    require_within(voucher, amounts)
    total = sum(map(itemgetter(1), amounts), Decimal(0))
    with constraints_of(Claim, Invoice, ClaimLine, Milestone):
        claim = _written(voucher, provider, priced, total, by)
    ClaimDraft.objects.filter(voucher=voucher).delete()
    tell(officers_told_of(voucher.award.application), "claim-submitted", claim)
    return claim


def _written(
    voucher: Voucher, provider: Provider, priced: Priced, total: Decimal, by: User
) -> Claim:
    last = voucher.claims.aggregate(last=Max("number"))["last"] or 0
    claim = Claim.objects.create(
        voucher=voucher,
        number=last + 1,
        provider=provider,
        **whom_it_pays(voucher),
        invoice_numbers=", ".join(invoice.number for invoice, _lines in priced),
        amount=total,
        submitted_by=by,
    )
    for typed, lines in priced:
        invoice = Invoice.objects.create(
            claim=claim,
            provider=provider,
            number=typed.number,
            key=key_of(typed.number),
            invoiced_on=typed.invoiced_on,
            currency=typed.currency,
            net=typed.net,
            vat=typed.vat,
            vat_rule=typed.vat_rule,
            total=typed.net + typed.vat,
            file=typed.file,
            paid_on=typed.paid_on,
            proof=typed.proof,
        )
        # One after another: each changes the sums of its invoice and its milestone.
        for line, worth in lines:
            ClaimLine.objects.create(
                claim=claim,
                invoice=invoice,
                milestone=line.milestone,
                purpose=line.purpose,
                declared=line.declared,
                rate=worth.rate,
                rate_units_per_euro=worth.rate.units_per_euro if worth.rate else None,
                rate_month=worth.rate.month if worth.rate else "",
                amount=worth.amount,
            )
    return claim


def _priced(voucher: Voucher, invoices: Sequence[InvoiceTyped]) -> Priced:
    """Every line with its worth, the rates locked by month and currency, as everywhere."""
    worth: dict[tuple[int, int], Worth] = {}
    order = sorted(
        places_of_lines(invoices),
        key=lambda one: (_month(voucher, one[2]), one[2].currency),
    )
    for at, number, invoice, line in order:
        worth[at, number] = worth_of_line(
            invoice.currency,
            line.declared,
            _month(voucher, invoice),
            lock=True,
            field=f"{prefix_of(at, number)}-declared",
        )
    return [
        (invoice, [(line, worth[at, number]) for number, line in enumerate(invoice.lines)])
        for at, invoice in enumerate(invoices)
    ]


def _month(voucher: Voucher, invoice: InvoiceTyped) -> str:
    return rate_month(voucher, invoice.invoiced_on, invoice.paid_on)


def who_delivers(voucher: Voucher) -> Provider:
    """The provider who is paid. Raises OutOfOrder while none is found."""
    provider = provider_of(voucher)
    if provider is None:
        raise OutOfOrder(_("Nobody is found yet who delivers: the plan names no provider."))
    return provider
