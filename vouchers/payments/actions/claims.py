"""A cluster asks for the payment of an invoice, or takes the claim back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from conduct.actions import (
    OutOfOrder,
    Refused,
    TooLate,
    action,
    constraints_of,
    judged,
    locked,
    move,
    require,
    require_state,
)
from conduct.queries.days import today
from documents.wording import day, figures
from documents.wording import month as month_in_words
from files.actions.inspection import inspect_upload
from vouchers.applications.queries import officers_told_of
from vouchers.assistance.deliverables.queries import is_delivered
from vouchers.assistance.plans.actions import require_in_force
from vouchers.assistance.plans.models import Milestone
from vouchers.assistance.plans.queries import provider_of
from vouchers.awards.models import Voucher
from vouchers.payments.models import Claim, Currency, ExchangeRate
from vouchers.payments.permissions import may_submit_claim, may_withdraw_claim
from vouchers.payments.queries import claims_of_invoice, is_unconfirmed, rate_for
from vouchers.payments.rules.amounts import CENT, fits, in_euro, places_of
from vouchers.payments.rules.invoices import key_of
from vouchers.providers.models import Provider

from .steps import tell

_ONLY_MANAGERS = gettext_lazy("Only a manager of the cluster can claim.")
# What the table holds (18 digits, three of them decimals); no invoice is near it.
_LARGEST = Decimal(10) ** 15


@dataclass(frozen=True)
class Worth:
    """What an invoice comes to: EUR, and the rate by which it was turned into them (None: none)."""

    amount: Decimal
    rate: ExchangeRate | None


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
    invoice_total: Decimal | None = None,
) -> Claim:
    """Ask for the payment of a provider's invoice for an accepted milestone.

    An invoice in another currency is turned into EUR at the accounting rate of its month, rounded
    half up to the cent; the claim keeps rate and month. `invoice_total` is what the whole invoice
    comes to, where only `currency_amount` of it is claimed here. Raises OutOfOrder before the
    deliverable is accepted, Refused (beside its field) for an invoice outside the voucher's time,
    above the milestone's amount, without a rate, claimed already, or for a milestone that is.
    """
    milestone = locked(milestone)
    voucher = milestone.plan.voucher
    require(may_submit_claim, by, voucher, otherwise=_ONLY_MANAGERS)
    _require_claimable(voucher)
    require_in_force(milestone)
    if not is_delivered(milestone):
        raise OutOfOrder(
            _("A milestone can be claimed once cluster and partner have accepted its deliverable.")
        )
    provider = _who_delivers(voucher)
    total = currency_amount if invoice_total is None else invoice_total
    _require_total("invoice_total", currency, currency_amount, total)
    worth = worth_of(milestone, currency, currency_amount, invoice_date, lock=True)
    _require_first_claim(provider, invoice_number, currency, currency_amount, total)
    inspected = inspect_upload(
        upload, max_size=voucher.award.application.call.max_file_size, field="upload"
    )
    rate = worth.rate
    with constraints_of(Claim, Milestone):
        claim = Claim.objects.create(
            voucher=voucher,
            milestone=milestone,
            provider=provider,
            invoice_number=invoice_number,
            invoice_key=key_of(invoice_number),
            invoice_date=invoice_date,
            invoice_total=total,
            currency=currency,
            currency_amount=currency_amount,
            rate=rate,
            rate_units_per_euro=rate.units_per_euro if rate else None,
            rate_month=rate.month if rate else "",
            amount=worth.amount,
            invoice=upload,
            invoice_name=inspected.name,
            invoice_content_type=inspected.content_type,
            invoice_size=inspected.size,
            invoice_sha256=inspected.sha256,
            submitted_by=by,
        )
    tell(officers_told_of(voucher.award.application), "claim-submitted", claim)
    return claim


@action(gettext_lazy("Claim withdrawn"))
def withdraw_claim(claim: Claim, *, by: User, reason: str = "") -> Claim:
    """Take a claim back before it is verified; the milestone can then be claimed anew.

    Raises OutOfOrder once the country partner has verified it, or it was returned.
    """
    claim = judged(claim, may_withdraw_claim, by=by, otherwise=_ONLY_MANAGERS)
    move(claim, Claim.State.WITHDRAWN)
    claim.withdrawn_by, claim.withdrawn_at = by, timezone.now()
    with constraints_of(Claim):
        claim.save()
    tell(officers_told_of(claim.voucher.award.application), "claim-withdrawn", claim)
    return claim


def worth_of(
    milestone: Milestone,
    currency: str,
    amount: Decimal,
    invoice_date: date,
    *,
    lock: bool = False,
) -> Worth:
    """What an invoice for the milestone comes to in EUR, and at which rate; nothing is written.

    Raises Refused (beside its field) for what could not be claimed: a day that has not come or lies
    outside the voucher's validity, more decimals than the currency has, less than a cent, more than
    the milestone, or a month without a rate. With `lock` (inside a transaction) the rate stays as it
    is until the end.
    """
    _require_within_validity(milestone.plan.voucher, invoice_date)
    _require_amount("currency_amount", currency, amount)
    rate = _rate_of(currency, invoice_date, lock=lock)
    euro = in_euro(amount, rate.units_per_euro if rate else None)
    if euro < CENT:
        raise _beside(
            "currency_amount",
            _("%(amount)s %(currency)s come to less than one cent: is the currency right?")
            % {"amount": figures(amount), "currency": currency},
        )
    if euro > milestone.amount:
        raise Refused(
            _("The invoice comes to %(amount)s EUR; the milestone is worth %(limit)s EUR.")
            % {"amount": figures(euro), "limit": figures(milestone.amount)}
        )
    return Worth(euro, rate)


def _require_claimable(voucher: Voucher) -> None:
    """Raise OutOfOrder unless the voucher is active, or ended early and its last day for claims is
    still to come: then TooLate tells that it is over.
    """
    if voucher.state != Voucher.State.TERMINATED or voucher.claims_until is None:
        require_state(voucher, Voucher.State.ACTIVE)
    elif today(voucher.country.zone) > voucher.claims_until:
        raise TooLate(
            _("This voucher ended early, and could be claimed until %(day)s.")
            % {"day": day(voucher.claims_until)}
        )


def _who_delivers(voucher: Voucher) -> Provider:
    """The provider who is paid. Raises OutOfOrder while none is found."""
    provider = provider_of(voucher)
    if provider is None:
        raise OutOfOrder(_("Nobody is found yet who delivers: the plan names no provider."))
    return provider


def _require_amount(field: str, currency: str, amount: Decimal) -> None:
    if not amount.is_finite() or abs(amount) >= _LARGEST:
        raise _beside(field, _("This is no amount of money."))
    if amount <= 0:
        raise _beside(field, _("Write an amount of more than zero."))
    try:
        is_exact = fits(currency, amount)
    except InvalidOperation:
        is_exact = False
    if not is_exact:
        raise _beside(
            field,
            ngettext(
                "An amount in %(currency)s has at most %(places)s decimal.",
                "An amount in %(currency)s has at most %(places)s decimals.",
                places_of(currency),
            )
            % {"currency": currency, "places": places_of(currency)},
        )


def _require_total(field: str, currency: str, claimed: Decimal, total: Decimal) -> None:
    _require_amount("currency_amount", currency, claimed)
    _require_amount(field, currency, total)
    if claimed > total:
        raise _beside(field, _("The claim is more than the whole invoice."))


def _require_first_claim(
    provider: Provider, number: str, currency: str, claimed: Decimal, total: Decimal
) -> None:
    """Refuse what is claimed already, unless an officer has said why; then at most the invoice."""
    if not key_of(number):
        raise _beside(
            "invoice_number", _("Write the number of the invoice, with its letters and digits.")
        )
    standing = list(claims_of_invoice(provider, number))
    if any(claim.shared_at is None for claim in standing):
        raise _beside(
            "invoice_number",
            _(
                "This invoice of the provider is claimed already. If it pays for another milestone "
                "as well, ask your country partner to say so on the claim that stands."
            ),
        )
    for claim in standing:
        if (claim.currency, claim.invoice_total) != (currency, total):
            raise _beside(
                "invoice_total",
                _("The other claim of this invoice says that it comes to %(total)s %(currency)s.")
                % {"total": figures(claim.invoice_total), "currency": claim.currency},
            )
    left = total - sum((claim.currency_amount for claim in standing), Decimal(0))
    if claimed > left:
        raise _beside(
            "currency_amount",
            _("Only %(left)s %(currency)s of this invoice are not claimed yet.")
            % {"left": figures(left), "currency": currency},
        )


def _require_within_validity(voucher: Voucher, invoice_date: date) -> None:
    if invoice_date > today(voucher.country.zone):
        raise _beside("invoice_date", _("The date of the invoice lies in the future."))
    if not voucher.valid_from <= invoice_date <= voucher.valid_until:
        raise _beside("invoice_date", _("The invoice lies outside the validity of the voucher."))


def _rate_of(currency: str, invoice_date: date, *, lock: bool) -> ExchangeRate | None:
    """The rate of the invoice's month; None for EUR. Raises Refused where none is entered."""
    if currency == Currency.EUR:
        return None
    month = f"{invoice_date:%Y-%m}"
    rate = rate_for(currency, month)
    if rate is None:
        sentence = (
            _(
                "The exchange rate of %(currency)s for %(month)s waits for a second person to confirm it."
            )
            if is_unconfirmed(currency, month)
            else _("The exchange rate of %(currency)s for %(month)s is not entered yet.")
        )
        raise Refused(sentence % {"currency": currency, "month": month_in_words(month)})
    if not lock:
        return rate
    rate = locked(rate)
    # Corrected while this waited: the one that stands now is the rate of the month.
    return rate if rate.counts else _rate_of(currency, invoice_date, lock=True)


def _beside(field: str, sentence: str) -> Refused:
    return Refused(sentence, field=field)
