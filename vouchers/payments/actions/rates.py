"""Writes of exchange rates."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy

from accounts.models import User
from records.acting import action, require
from vouchers.payments.models import ExchangeRate
from vouchers.payments.permissions import may_enter_rates


@action(gettext_lazy("Exchange rate entered"))
def enter_rate(*, currency: str, month: str, units_per_euro: Decimal, by: User) -> ExchangeRate:
    """Enter the European Commission's accounting rate (InforEuro) of a month.

    `month` is YYYY-MM, `units_per_euro` how many units of `currency` make 1 EUR. A rate on which
    claims may rest already is never changed: each claim keeps its own copy.
    """
    require(may_enter_rates, by)
    rate = ExchangeRate(
        currency=currency, month=month, units_per_euro=units_per_euro, entered_by=by
    )
    rate.full_clean()
    rate.save()
    return rate
