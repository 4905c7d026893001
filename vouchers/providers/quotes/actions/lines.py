"""What a line of a quote or a contract costs in its currency."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from conduct.actions import Refused
from inputs.rules.currencies import fits
from inputs.wording import sentence_on_decimals
from vouchers.providers.quotes.models.quotes import LineKind
from vouchers.providers.quotes.rules.amounts import amount_of_days


@dataclass(frozen=True)
class OfferedLine:
    """One line, in the currency of its quote: days and rate for days, an amount for all else."""

    kind: str
    text: str
    days: Decimal | None = None
    rate: Decimal | None = None
    amount: Decimal | None = None


@dataclass(frozen=True)
class CountedLine:
    """What a line comes to: days × rate = amount for days, an amount alone for all else."""

    days: Decimal | None
    rate: Decimal | None
    amount: Decimal


def counted_line(line: OfferedLine, currency: str) -> CountedLine:
    """What the line costs. Raises Refused for no amount, and for more decimals than the currency has."""
    if line.kind != LineKind.DAYS:
        if line.amount is None or line.amount <= 0:
            raise Refused(_("A line costs more than zero."))
        _require_decimals(line.amount, currency)
        return CountedLine(None, None, line.amount)
    if line.days is None or line.rate is None:
        raise Refused(_("Say how many days, and what a day costs."))
    if line.days <= 0 or line.rate <= 0:
        raise Refused(_("Days and the price of a day are more than zero."))
    _require_decimals(line.rate, currency)
    return CountedLine(line.days, line.rate, amount_of_days(line.days, line.rate, currency))


def _require_decimals(amount: Decimal, currency: str) -> None:
    if not fits(currency, amount):
        raise Refused(sentence_on_decimals(currency))
