"""At which rates the quotes of a request are compared: those of the month of their deadline.

Rows are written by triggers alone: when quotes are opened, for every currency in which one is, and
where the month's rate counts later only, when it does. While no choice stands, a corrected rate takes
its place in the comparison; from the choice on the rate stays that by which was chosen.
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, refuses
from vouchers.calls.models import Currency

from .terms import TermsOfReference

# An opening and a rate that comes to count at the same instant see each other: one waits.
_ONE_AFTER_THE_OTHER = "PERFORM pg_advisory_xact_lock(hashtext('rates of quotes'));"
_COUNTS = "(e.replaced_at IS NULL AND (e.source = 'file' OR e.confirmed_at IS NOT NULL))"
_MONTH = """(
    SELECT to_char(t.deadline AT TIME ZONE c.time_zone, 'YYYY-MM')
    FROM vouchers_termsofreference t
    JOIN vouchers_voucher v ON v.id = t.voucher_id
    JOIN vouchers_award a ON a.id = v.award_id
    JOIN vouchers_application p ON p.id = a.application_id
    JOIN clusters_country c ON c.code = p.country_id
    WHERE t.id = {terms}
)"""
_TAKE = f"""
    INSERT INTO vouchers_quoterate (terms_id, currency, month, units_per_euro, rate_id, taken_at)
    SELECT DISTINCT o.terms_id, q.currency, e.month, e.units_per_euro, e.id, clock_timestamp()
    FROM vouchers_exchangerate e
    JOIN vouchers_quote q ON q.currency = e.currency AND q.state = 'sent'
    JOIN vouchers_quoteinvitation i ON i.id = q.invitation_id AND i.state = 'invited'
    JOIN vouchers_quoteopening o ON o.terms_id = i.terms_id
    JOIN vouchers_termsofreference asked ON asked.id = o.terms_id
        AND asked.state IN ('asking', 'opened')
    WHERE {{which}} AND {_COUNTS} AND e.month = {_MONTH.format(terms="o.terms_id")}
    ON CONFLICT (terms_id, currency) DO NOTHING;
"""
# With the owner's rights, as nobody else writes such a row: when quotes are opened ...
TAKEN_WHEN_OPENED = f"""
    {_ONE_AFTER_THE_OTHER}
    {_TAKE.format(which="o.id = NEW.id")}
    RETURN NULL;
"""
# ... and when a rate comes to count, or is corrected before a quote was chosen by it.
TAKEN_WHEN_IT_COUNTS = f"""
    {_ONE_AFTER_THE_OTHER}
    IF NEW.replaced_at IS NOT NULL THEN
        DELETE FROM vouchers_quoterate r USING vouchers_termsofreference t
        WHERE r.rate_id = NEW.id AND t.id = r.terms_id AND t.state = 'opened';
    END IF;
    {_TAKE.format(which="e.id = NEW.id")}
    RETURN NULL;
"""
_ANOTHER = f"""
    NOT EXISTS (
        SELECT FROM vouchers_exchangerate e
        WHERE e.id = NEW.rate_id AND {_COUNTS} AND e.currency = NEW.currency
            AND e.month = NEW.month AND e.units_per_euro = NEW.units_per_euro
            AND e.month = {_MONTH.format(terms="NEW.terms_id")}
    )
"""


def euro_of(quote: str) -> str:
    """SQL: what a quote (its key) comes to in EUR, each line rounded once; NULL where no rate is taken.

    Half up to the cent by whole numbers, so that no digit of a quotient is lost
    (`inputs.rules.currencies.in_euro` says the same).
    """
    return f"""(
        SELECT CASE WHEN offer.currency = 'EUR' THEN sum(line.amount)
            ELSE sum({euro_of_line("line.amount", "taken.units_per_euro")}) END
        FROM vouchers_quote offer
        JOIN vouchers_quoteinvitation asked ON asked.id = offer.invitation_id
        JOIN vouchers_quoteline line ON line.quote_id = offer.id
        LEFT JOIN vouchers_quoterate taken
            ON taken.terms_id = asked.terms_id AND taken.currency = offer.currency
        WHERE offer.id = {quote} GROUP BY offer.id
    )"""


def euro_of_line(amount: str, units: str) -> str:
    """SQL: an amount at so many units for 1 EUR, in EUR, half up to the cent."""
    return f"(div(200 * {amount} + {units}, 2 * {units}) / 100)"


@pghistory.track()
class QuoteRate(models.Model):
    """The European Commission's rate at which quotes in a currency are compared: units for 1 EUR."""

    LOCKED_AFTER = ("terms",)

    terms = models.ForeignKey(TermsOfReference, on_delete=models.PROTECT, related_name="rates")
    currency = models.CharField(_("currency"), max_length=3, choices=Currency.choices)
    month = models.CharField(_("month"), max_length=7)
    units_per_euro = models.DecimalField(_("units for 1 EUR"), max_digits=18, decimal_places=6)
    # In the room of payments, above this one; where it comes from and who confirmed it stands there.
    rate = models.ForeignKey("vouchers.ExchangeRate", on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(_("taken"))

    class Meta:
        verbose_name = _("rate of a comparison")
        verbose_name_plural = _("rates of comparisons")
        ordering = ["currency"]
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "currency"],
                name="quotes_are_compared_at_one_rate",
                violation_error_message=_("All quotes in a currency are compared at one rate."),
            ),
        ]
        triggers = [
            refuses(
                "taken_by_the_table",
                pgtrigger.Insert | pgtrigger.Delete,
                "pg_trigger_depth() < 2",
                "The rate of a comparison is taken from the table of rates by itself.",
            ),
            refuses(
                "of_the_month_of_the_deadline",
                pgtrigger.Insert,
                _ANOTHER,
                "Quotes are compared at the rate of the month of their deadline.",
            ),
            fixed("terms", "currency", "month", "units_per_euro", "rate", "taken_at"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.month}"
