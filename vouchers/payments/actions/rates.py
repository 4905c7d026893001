"""Writes of exchange rates."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    OutOfOrder,
    Refused,
    action,
    constraints_of,
    judged,
    require,
    require_words,
)
from conduct.queries.days import today
from documents.wording import month as month_in_words
from vouchers.payments.models import Claim, ExchangeRate
from vouchers.payments.permissions import may_confirm_rate, may_enter_rates
from vouchers.payments.queries import claims_on_rate, rate_before
from vouchers.payments.rules.rates import FIRST_MONTH, is_unusual, latest_month
from vouchers.providers.quotes.actions.telling import tell_compared_by, tell_of_replaced
from vouchers.providers.quotes.queries.rates import terms_compared_at


class Doubtful(Refused):
    """What may be right but looks like a slip: the person is asked, and confirms or corrects it."""


class RateInUse(Refused):
    """A rate that cannot be corrected any more, since `claims` rest on it."""

    def __init__(self, claims: list[Claim]) -> None:
        super().__init__(
            _(
                "Claims rest on this rate, so it stays. Whoever verifies or approves them can "
                "return them; then the rate can be corrected."
            )
        )
        self.claims = claims


@action(gettext_lazy("Exchange rate entered"))
def enter_rate(
    *, currency: str, month: str, units_per_euro: Decimal, by: User, confirmed: bool = False
) -> ExchangeRate:
    """Enter the European Commission's accounting rate (InforEuro) of a month.

    `month` is YYYY-MM, `units_per_euro` how many units of `currency` make 1 EUR. Raises Refused for
    a month later than the next one, and Doubtful, unless `confirmed`, for a rate that differs from
    the one before by more than a fifth. A rate that stands is never overwritten: see correct_rate. It
    counts once a second person has confirmed it: see confirm_rate.
    """
    require(may_enter_rates, by)
    rate = ExchangeRate(
        currency=currency, month=month, units_per_euro=units_per_euro, entered_by=by
    )
    rate.full_clean()
    require_known_month(month)
    if not confirmed:
        _ask_about(rate)
    with constraints_of(ExchangeRate):
        rate.save()
    return rate


@action(gettext_lazy("Exchange rate confirmed"))
def confirm_rate(rate: ExchangeRate, *, by: User) -> ExchangeRate:
    """Say, as a second person, that a rate entered by hand is right: from now on claims take it.

    Raises NotAllowed for who entered it, OutOfOrder where it was confirmed or corrected meanwhile, or
    comes from a file.
    """
    rate = judged(rate, may_confirm_rate, by=by)
    if rate.counts or rate.replaced_at is not None:
        raise OutOfOrder(_("This rate waits for nobody any more: look at the list."))
    rate.confirmed_by, rate.confirmed_at = by, timezone.now()
    with constraints_of(ExchangeRate):
        rate.save(update_fields=["confirmed_by", "confirmed_at"])
    tell_compared_by(rate.pk)
    return rate


@action(gettext_lazy("Exchange rate corrected"))
def correct_rate(
    rate: ExchangeRate, *, units_per_euro: Decimal, reason: str, by: User, confirmed: bool = False
) -> ExchangeRate:
    """Put another rate in the place of a mistaken one, for the `reason`; the first one is kept.

    Raises RateInUse with the claims that rest on it, OutOfOrder where it was corrected already,
    Refused without a reason or where nothing changes, and Doubtful as enter_rate does. The month has
    no rate that counts until a second person has confirmed the new one.
    """
    rate = judged(rate, may_enter_rates, by=by)
    if rate.replaced_at is not None:
        raise OutOfOrder(_("This rate was corrected already: look at the one that stands."))
    if claims := list(claims_on_rate(rate)):
        raise RateInUse(claims)
    require_words(reason, _("Say why the rate is corrected."))
    if units_per_euro == rate.units_per_euro:
        raise Refused(_("This is the rate already."))
    corrected = ExchangeRate(
        currency=rate.currency,
        month=rate.month,
        units_per_euro=units_per_euro,
        entered_by=by,
        corrects=rate,
        reason=reason,
    )
    corrected.clean_fields(exclude=["corrects", "entered_by"])
    if not confirmed:
        _ask_about(corrected)
    replace_rate(rate, corrected)
    return corrected


def replace_rate(rate: ExchangeRate, corrected: ExchangeRate) -> None:
    """Store `corrected` in the place of the locked `rate`, which stays in the list.

    Who compares quotes by the rate is told.
    """
    compared = list(terms_compared_at(rate.pk))
    with constraints_of(ExchangeRate):
        rate.replaced_at = timezone.now()
        rate.save(update_fields=["replaced_at"])
        corrected.save()
    tell_of_replaced(compared, rate.currency, but=corrected.entered_by)
    tell_compared_by(corrected.pk, but=compared)


def require_known_month(month: str) -> None:
    """Raise Refused for a month (YYYY-MM) whose rate nobody knows yet, or that never had one."""
    latest = latest_month(today())
    if month > latest:
        raise Refused(
            _("Rates are known up to the next month, %(latest)s; %(month)s is still to come.")
            % {"latest": month_in_words(latest), "month": month_in_words(month)}
        )
    if month < FIRST_MONTH:
        raise Refused(
            _("The euro has rates since %(first)s.") % {"first": month_in_words(FIRST_MONTH)}
        )


def _ask_about(rate: ExchangeRate) -> None:
    before = rate_before(rate.currency, rate.month)
    if not is_unusual(
        rate.currency, rate.units_per_euro, before.units_per_euro if before else None
    ):
        return
    if before is None:
        raise Doubtful(_("%(rate)s is far from what is usual. Is it right?") % {"rate": rate})
    raise Doubtful(
        _("%(rate)s differs by more than a fifth from the rate before, %(before)s. Is it right?")
        % {"rate": rate, "before": before}
    )
