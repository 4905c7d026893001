"""What a line of an invoice comes to in EUR, and at which rate: the one place that says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from conduct.actions import Refused, locked
from conduct.queries.days import today
from documents.wording import figures
from documents.wording import month as month_in_words
from inputs.rules.currencies import CENT, fits, in_euro
from inputs.wording import sentence_on_decimals
from vouchers.awards.models import Voucher
from vouchers.calls.models.terms.rates import RateMonth
from vouchers.payments.models import Currency, ExchangeRate
from vouchers.payments.queries import is_unconfirmed, rate_for

# What the table holds (18 digits, three of them decimals); no invoice is near it.
_LARGEST = Decimal(10) ** 15


@dataclass(frozen=True)
class Worth:
    """What a line comes to: EUR, and the rate by which it was turned into them (None: none)."""

    amount: Decimal
    rate: ExchangeRate | None


def rate_month(voucher: Voucher, invoiced_on: date, paid_on: date | None = None) -> str:
    """The month (YYYY-MM) whose rate a line takes that is claimed now, as the call's rule says.

    `paid_on` is when whoever claims paid the provider. Where the rule names a month that is not known
    yet, it is that of the submission until then (actions.final_rates).
    """
    rule = voucher.award.application.call.rate_month_rule
    if rule == RateMonth.INVOICE:
        day = invoiced_on
    elif rule == RateMonth.PAYMENT and paid_on is not None:
        day = paid_on
    else:
        day = today(voucher.country.zone)
    return f"{day:%Y-%m}"


def worth_of_line(
    currency: str, declared: Decimal, month: str, *, lock: bool = False, field: str = ""
) -> Worth:
    """What `declared` comes to in EUR at the rate of `month` (YYYY-MM); nothing is written.

    Raises Refused (beside `field`) for what is no amount, has more decimals than the currency, or
    comes to less than a cent; and where no rate is entered. With `lock` (inside a transaction) the
    rate stays as it is until the end.
    """
    require_amount(field, currency, declared)
    rate = _rate_of(currency, month, lock=lock)
    euro = in_euro(declared, rate.units_per_euro if rate else None)
    if euro < CENT:
        raise Refused(
            _("%(amount)s %(currency)s come to less than one cent: is the currency right?")
            % {"amount": figures(declared), "currency": currency},
            field=field,
        )
    return Worth(euro, rate)


def require_amount(field: str, currency: str, amount: Decimal, *, or_nothing: bool = False) -> None:
    """Raise Refused for what is no amount of the currency: more than zero, or zero as well."""
    if not amount.is_finite() or abs(amount) >= _LARGEST:
        raise Refused(_("This is no amount of money."), field=field)
    if amount < 0 or (amount == 0 and not or_nothing):
        raise Refused(_("Write an amount of more than zero."), field=field)
    try:
        is_exact = fits(currency, amount)
    except InvalidOperation:
        is_exact = False
    if not is_exact:
        raise Refused(sentence_on_decimals(currency), field=field)


def _rate_of(currency: str, month: str, *, lock: bool) -> ExchangeRate | None:
    """The rate of the month; None for EUR. Raises Refused where none counts."""
    if currency == Currency.EUR:
        return None
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
    return rate if rate.counts else _rate_of(currency, month, lock=True)
