"""A cluster asks for the payment of an invoice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from files.inspection import inspect_upload
from records.acting import OutOfOrder, Refused, action, constraints_of, require
from records.days import today
from records.states import locked, require_state
from vouchers.applications.queries import officers_told_of
from vouchers.assistance.models import Milestone
from vouchers.assistance.queries import is_delivered
from vouchers.awards.models import Voucher
from vouchers.payments.models import CENT, Claim, Currency, ExchangeRate
from vouchers.payments.permissions import may_submit_claim
from vouchers.payments.queries import rate_for

from .steps import tell


@action(gettext_lazy("Claim submitted"))
def submit_claim(
    milestone: Milestone,
    *,
    invoice_number: str,
    invoice_date: date,
    currency: str,
    currency_amount: Decimal,
    upload: UploadedFile,
    by: User,
) -> Claim:
    """Ask for the payment of a provider's invoice for an accepted milestone.

    An invoice in another currency is turned into EUR at the accounting rate of its month, rounded
    half up to the cent; the claim keeps rate and month. Raises OutOfOrder before the deliverable
    is accepted, Refused for an invoice outside the voucher's time, above the milestone's amount,
    without a rate, or for a milestone that is claimed already.
    """
    milestone = locked(milestone)
    voucher = milestone.plan.voucher
    require(may_submit_claim, by, voucher, otherwise=_("Only a manager of the cluster can claim."))
    require_state(voucher, Voucher.State.ACTIVE)
    if not is_delivered(milestone):
        raise OutOfOrder(
            _("A milestone can be claimed once cluster and partner have accepted its deliverable.")
        )
    _require_within_validity(voucher, invoice_date)
    rate = _rate_of(currency, invoice_date)
    amount = in_euro(currency_amount, rate)
    if amount > milestone.amount:
        raise Refused(
            _("The invoice comes to %(amount)s EUR; the milestone is worth %(limit)s EUR.")
            % {"amount": amount, "limit": milestone.amount}
        )
    inspected = inspect_upload(upload, max_size=voucher.award.application.call.max_file_size)
    with constraints_of(Claim):
        claim = Claim.objects.create(
            voucher=voucher,
            milestone=milestone,
            invoice_number=invoice_number,
            invoice_date=invoice_date,
            currency=currency,
            currency_amount=currency_amount,
            rate=rate,
            rate_units_per_euro=rate.units_per_euro if rate else None,
            rate_month=rate.month if rate else "",
            amount=amount,
            invoice=upload,
            invoice_name=inspected.name,
            invoice_content_type=inspected.content_type,
            invoice_size=inspected.size,
            invoice_sha256=inspected.sha256,
            submitted_by=by,
        )
    tell(officers_told_of(voucher.award.application), "claim-submitted", claim)
    return claim


def in_euro(amount: Decimal, rate: ExchangeRate | None) -> Decimal:
    """`amount` in EUR with two places: at `rate`, or as it is when it is in EUR already (None).

    Raises Refused for a fraction of a cent in EUR.
    """
    if rate is not None:
        return rate.to_euro(amount)
    if amount != amount.quantize(CENT):
        raise Refused(_("An amount in euro has two places after the point."))
    return amount.quantize(CENT)


def _require_within_validity(voucher: Voucher, invoice_date: date) -> None:
    if invoice_date > today(voucher.country.zone):
        raise Refused(_("The date of the invoice lies in the future."))
    if not voucher.valid_from <= invoice_date <= voucher.valid_until:
        raise Refused(_("The invoice lies outside the validity of the voucher."))


def _rate_of(currency: str, invoice_date: date) -> ExchangeRate | None:
    """The rate of the invoice's month; None for EUR. Raises Refused where none is entered."""
    if currency == Currency.EUR:
        return None
    month = f"{invoice_date:%Y-%m}"
    rate = rate_for(currency, month)
    if rate is None:
        raise Refused(
            _("The exchange rate of %(currency)s for %(month)s is not entered yet.")
            % {"currency": currency, "month": month}
        )
    return rate
