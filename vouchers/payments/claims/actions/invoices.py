"""What is looked at on each invoice of a claim before it is sent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from conduct.actions import Refused
from conduct.queries.days import today
from documents.wording import figures
from vouchers.awards.models import Voucher
from vouchers.payments.claims.rules.content import prefix_of
from vouchers.payments.models import Invoice, VatRule
from vouchers.payments.queries import standing_invoices
from vouchers.payments.rules.invoices import key_of
from vouchers.payments.rules.vat import claimable
from vouchers.providers.models import Provider

from .worth import require_amount

if TYPE_CHECKING:
    from .submitting import InvoiceTyped


def require_invoice(
    voucher: Voucher, provider: Provider, invoice: InvoiceTyped, prefix: str
) -> None:
    """Raise Refused (beside a box whose name begins with `prefix`) for what cannot be claimed of it."""
    if not key_of(invoice.number):
        raise Refused(
            _("Write the number of the invoice, with its letters and digits."),
            field=f"{prefix}-number",
        )
    _require_within_validity(voucher, invoice.invoiced_on, f"{prefix}-invoiced_on")
    _require_vat(invoice, prefix)
    if invoice.file.voucher_id != voucher.pk:
        raise Refused(_("Choose the file of the invoice."), field=f"{prefix}-upload")
    most = claimable(net=invoice.net, vat=invoice.vat, rule=invoice.vat_rule)
    at = int(prefix.split("-")[1])
    for number, line in enumerate(invoice.lines):
        require_amount(f"{prefix_of(at, number)}-declared", invoice.currency, line.declared)
    last = f"{prefix_of(at, len(invoice.lines) - 1)}-declared"
    asked = sum((line.declared for line in invoice.lines), Decimal(0))
    if asked > most:
        raise Refused(_above(invoice, asked, most), field=last)
    _require_first_claim(invoice, provider, asked, most, prefix, last)


def _above(invoice: InvoiceTyped, asked: Decimal, most: Decimal) -> str:
    told = {"asked": figures(asked), "most": figures(most), "currency": invoice.currency}
    if invoice.vat_rule == VatRule.RECOVERED and asked <= invoice.net + invoice.vat:
        return (
            _(
                "The lines come to %(asked)s %(currency)s, VAT with them. VAT that can be recovered "
                "is not paid: at most %(most)s %(currency)s of this invoice can be claimed."
            )
            % told
        )
    return (
        _(
            "The lines come to %(asked)s %(currency)s: more than the invoice (%(most)s %(currency)s)."
        )
        % told
    )


def _require_vat(invoice: InvoiceTyped, prefix: str) -> None:
    require_amount(f"{prefix}-net", invoice.currency, invoice.net)
    require_amount(f"{prefix}-vat", invoice.currency, invoice.vat, or_nothing=True)
    if invoice.vat and invoice.vat_rule == VatRule.NONE:
        raise Refused(
            _("VAT stands on the invoice: say what becomes of it."), field=f"{prefix}-vat_rule"
        )
    if not invoice.vat and invoice.vat_rule != VatRule.NONE:
        raise Refused(_("How much is the VAT? If none is charged, say so."), field=f"{prefix}-vat")


def _require_within_validity(voucher: Voucher, invoiced_on: date, field: str) -> None:
    if invoiced_on > today(voucher.country.zone):
        raise Refused(_("The date of the invoice lies in the future."), field=field)
    if not voucher.valid_from <= invoiced_on <= voucher.valid_until:
        raise Refused(_("The invoice lies outside the validity of the voucher."), field=field)


def _require_first_claim(
    invoice: InvoiceTyped,
    provider: Provider,
    asked: Decimal,
    most: Decimal,
    prefix: str,
    last: str,
) -> None:
    """Refuse what is claimed already, unless an officer has said why; then at most the invoice."""
    standing = list(standing_invoices(provider, invoice.number))
    for other in standing:
        if other.claim.state == "rejected":
            raise Refused(
                _("A claim of this invoice was rejected for good: it is not paid by a voucher."),
                field=f"{prefix}-number",
            )
        if other.shared_at is None:
            raise Refused(
                _(
                    "This invoice of the provider is claimed already. If something of it is left, "
                    "ask your country partner to say so on the claim that stands."
                ),
                field=f"{prefix}-number",
            )
        if not _says_the_same(other, invoice):
            raise Refused(
                _(
                    "The other claim of this invoice says that it comes to %(net)s %(currency)s and "
                    "%(vat)s %(currency)s of VAT."
                )
                % {
                    "net": figures(other.net),
                    "vat": figures(other.vat),
                    "currency": other.currency,
                },
                field=f"{prefix}-net",
            )
    left = most - sum((other.claimed for other in standing), Decimal(0))
    if asked > left:
        raise Refused(
            _("Only %(left)s %(currency)s of this invoice are not claimed yet.")
            % {"left": figures(left), "currency": invoice.currency},
            field=last,
        )


def _says_the_same(other: Invoice, invoice: InvoiceTyped) -> bool:
    return (other.currency, other.net, other.vat, other.vat_rule) == (
        invoice.currency,
        invoice.net,
        invoice.vat,
        invoice.vat_rule,
    )
