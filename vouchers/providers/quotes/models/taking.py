"""SQL: which rate a comparison of quotes takes and when, and what a quote comes to in EUR by it."""

from __future__ import annotations

# An opening and a rate that comes to count at the same instant see each other: one waits.
_ONE_AFTER_THE_OTHER = "PERFORM pg_advisory_xact_lock(hashtext('rates of quotes'));"
COUNTS = "(e.replaced_at IS NULL AND (e.source = 'file' OR e.confirmed_at IS NOT NULL))"
MONTH = """(
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
    WHERE {{which}} AND {COUNTS} AND e.month = {MONTH.format(terms="o.terms_id")}
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
        -- Whoever chooses at this instant has locked the terms: what is chosen keeps its rate.
        PERFORM FROM vouchers_termsofreference t JOIN vouchers_quoterate r ON r.terms_id = t.id
        WHERE r.rate_id = NEW.id AND t.state = 'opened' FOR UPDATE OF t;
        DELETE FROM vouchers_quoterate r USING vouchers_termsofreference t
        WHERE r.rate_id = NEW.id AND t.id = r.terms_id AND t.state = 'opened';
    END IF;
    {_TAKE.format(which="e.id = NEW.id")}
    RETURN NULL;
"""
# A choice that is returned lets what was corrected meanwhile count.
TAKEN_WHEN_RETURNED = f"""
    IF OLD.state = 'chosen' AND NEW.state = 'opened' THEN
        {_ONE_AFTER_THE_OTHER}
        DELETE FROM vouchers_quoterate r USING vouchers_exchangerate e
        WHERE r.terms_id = NEW.id AND e.id = r.rate_id AND e.replaced_at IS NOT NULL;
        {_TAKE.format(which="o.terms_id = NEW.id")}
    END IF;
    RETURN NULL;
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
