"""A claim comes to what the rate says that its call names: with its approval, or with its payment."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import User
from conduct.actions import Refused, constraints_of, locked
from documents.wording import month as month_in_words
from vouchers.awards.models import Voucher
from vouchers.books.actions import post
from vouchers.books.models import LedgerEntry
from vouchers.payments.models import Claim, ClaimLine, Currency, ExchangeRate, FinalLine, FinalRate
from vouchers.payments.queries import found_eligible, lines_of, out_of, rate_for
from vouchers.payments.rules.final_rates import (
    final_amount,
    final_with,
    mean_rate,
    months_between,
)


def say_final_rate(claim: Claim, said_with: str, day: date, *, by: User) -> FinalRate | None:
    """Say what a locked claim comes to by its final rate, where that is said now; None where it is not.

    `said_with` is "approval" or "payment"; `day` is that of the booking, or on which the bank pays.
    With the payment the difference to what was approved is entered in the ledger; above what the
    voucher bears nothing is raised. Raises Refused where a rate is not entered yet.
    """
    call = claim.voucher.award.application.call
    if final_with(call.rate_month_rule, claim.way) != said_with:
        return None
    lines = lines_of(claim)
    if all(line.invoice.currency == Currency.EUR for line in lines):
        return None
    found = [_final_line(line, claim, call.rate_month_rule, day) for line in lines]
    _cut_to_what_is_left(found, claim, said_with)
    with constraints_of(FinalRate, FinalLine):
        said = FinalRate.objects.create(
            claim=claim,
            number=claim.final_rates.count() + 1,
            said_with=said_with,
            day=day,
            before=claim.worth,
            amount=sum((one.amount for one in found), Decimal(0)),
            said_by=by,
        )
        for one in found:
            one.final_rate = said
            one.save()
    claim.refresh_from_db(fields=["revalued"])
    difference = said.amount - said.before
    if difference and said_with == FinalRate.SaidWith.PAYMENT:
        _enter(said, difference, by=by)
    return said


def _enter(said: FinalRate, difference: Decimal, *, by: User) -> None:
    kind = LedgerEntry.Kind.RAISED if difference > 0 else LedgerEntry.Kind.LOWERED
    with constraints_of(Voucher):
        post(
            kind,
            said,
            application=said.claim.voucher.award.application,
            amount=abs(difference),
            by=by,
        )


def _final_line(line: ClaimLine, claim: Claim, rule: str, day: date) -> FinalLine:
    eligible = found_eligible(claim)[line.pk]
    if line.invoice.currency == Currency.EUR:
        return FinalLine(line=line, amount=eligible)
    months = [f"{day:%Y-%m}"]
    if rule == "average":
        months = months_between(line.invoice.invoiced_on, line.invoice.paid_on or day)
    rates = [_rate(line.invoice.currency, month) for month in months]
    units = mean_rate([rate.units_per_euro for rate in rates])
    return FinalLine(
        line=line,
        rates=[rate.pk for rate in rates],
        months=months,
        units_per_euro=units,
        amount=final_amount(line.declared, eligible, line.amount, units),
    )


def _rate(currency: str, month: str) -> ExchangeRate:
    """The rate of the month, which stays as it is until the end of the transaction."""
    found = rate_for(currency, month)
    if found is not None:
        found = locked(found)
    if found is None or not found.counts:
        raise Refused(
            _("The exchange rate of %(currency)s for %(month)s is not entered yet.")
            % {"currency": currency, "month": month_in_words(month)}
        )
    return found


def _cut_to_what_is_left(lines: list[FinalLine], claim: Claim, said_with: str) -> None:
    """Raise no line above what the voucher bears; the last ones are cut first."""
    eligible, voucher = found_eligible(claim), claim.voucher
    # Another claim of the same batch may have taken some of it.
    voucher.refresh_from_db(fields=["approved", "released"])
    held = claim.worth if said_with == FinalRate.SaidWith.PAYMENT else out_of(voucher)
    over = sum((one.amount for one in lines), Decimal(0)) - held - voucher.balance
    for one in reversed(lines):
        cut = min(over, one.amount - eligible[one.line_id])
        if cut > 0:
            one.amount -= cut
            one.is_capped = True
            over -= cut
