"""What a claim comes to, line by line: before it is sent, and as it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import Any

from conduct.actions import Refused
from vouchers.awards.models import Voucher
from vouchers.payments.claims.actions import Worth, rate_month, require_within, worth_of_line
from vouchers.payments.claims.forms.writing import ClaimForms, ClaimLineForm, InvoiceForm
from vouchers.payments.models import ClaimLine, Invoice
from vouchers.payments.rules.final_rates import final_with
from vouchers.templatetags.attachments import ShownFile, shown_files


@dataclass(frozen=True)
class ShownLine:
    """A line as the preview shows it: its worth, or why it has none; both empty while it is typed."""

    number: str
    title: str
    declared: Decimal | None
    currency: str
    worth: Worth | None
    refusal: str


@dataclass
class ShownClaim:
    """All lines, what they come to in EUR, and what stands against the claim as a whole."""

    lines: list[ShownLine] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    # Whose month the final rate is of, in words, where it is not known yet.
    final_rule: str = ""

    @property
    def total(self) -> Decimal:
        return sum((line.worth.amount for line in self.lines if line.worth), Decimal(0))

    @property
    def is_foreign(self) -> bool:
        """Whether any line is turned into euro at a rate."""
        return any(line.worth and line.worth.rate for line in self.lines)

    @property
    def is_shown(self) -> bool:
        return any(line.worth or line.refusal for line in self.lines)


def worth_panel(voucher: Voucher, boxes: ClaimForms) -> ShownClaim:
    """What is typed so far comes to; nothing is written. The boxes must have been checked."""
    shown = ShownClaim()
    call = voucher.award.application.call
    if final_with(call.rate_month_rule, call.way_of_use):
        shown.final_rule = call.get_rate_month_rule_display()
    amounts = []
    for invoice in boxes.invoices:
        for line in invoice.lines:
            found = _shown(voucher, invoice.form, line)
            shown.lines.append(found)
            milestone = line.cleaned_data.get("milestone")
            if found.worth and milestone:
                amounts.append((milestone.pk, found.worth.amount))
    try:
        require_within(voucher, amounts)
    except Refused as refusal:
        shown.refusals.append(str(refusal.message))
    return shown


def _shown(voucher: Voucher, invoice: InvoiceForm, line: ClaimLineForm) -> ShownLine:
    typed: dict[str, Any] = {**invoice.cleaned_data, **line.cleaned_data}
    declared, currency, day = (typed.get(name) for name in ("declared", "currency", "invoiced_on"))
    worth, refusal = None, ""
    if currency and declared is not None and day:
        try:
            month = rate_month(voucher, day, typed.get("paid_on"))
            worth = worth_of_line(currency, declared, month)
        except Refused as refused:
            refusal = str(refused.message)
    milestone = typed.get("milestone")
    title = milestone.title if milestone else ""
    return ShownLine(typed.get("number", ""), title, declared, currency or "", worth, refusal)


@dataclass(frozen=True)
class ReadInvoice:
    """An invoice of a claim with its file, and its lines in their order."""

    invoice: Invoice
    file: ShownFile
    lines: list[ClaimLine]

    @property
    def amount(self) -> Decimal:
        """What its lines come to in EUR."""
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def has_a_rest(self) -> bool:
        """Whether this claim leaves something of the invoice."""
        return self.invoice.claimed < self.invoice.claimable


def invoices_panel(lines: Sequence[ClaimLine]) -> list[ReadInvoice]:
    """The invoices of the lines, which were read with them; one query for all previews."""
    grouped = [list(group) for _pk, group in groupby(lines, key=lambda line: line.invoice_id)]
    files = shown_files([group[0].invoice.file for group in grouped])
    return [
        ReadInvoice(group[0].invoice, file, group)
        for group, file in zip(grouped, files, strict=True)
    ]
