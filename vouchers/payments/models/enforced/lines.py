"""What triggers enforce of invoices and lines; `ENFORCED` of each model says it in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .claims import claimed_of

# Written with its claim, before anybody has looked at that; of who is paid by it.
OF_ITS_CLAIM = """
    SELECT claim.provider_id, claim.state, claim.voucher_id, file.voucher_id AS sent_for INTO found
        FROM vouchers_claim claim, vouchers_invoicefile file
        WHERE claim.id = NEW.claim_id AND file.id = NEW.file_id;
    IF found.provider_id IS DISTINCT FROM NEW.provider_id OR found.state <> 'submitted'
        OR found.sent_for <> found.voucher_id
    THEN
        RAISE EXCEPTION 'an invoice belongs to its claim' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'an_invoice_belongs_to_its_claim';
    END IF;
    RETURN NEW;
"""

# The claims of one invoice are ordered by a lock of its provider and number.
WITHIN_ITS_INVOICE = """
    IF NOT NEW.stands THEN
        RETURN NEW;
    END IF;
    asked := NEW.claimed;
    PERFORM pg_advisory_xact_lock(NEW.provider_id::int, hashtext(NEW.key));
    FOR other IN
        SELECT currency, net, vat, vat_rule, claimed, shared_at FROM vouchers_invoice
        WHERE provider_id = NEW.provider_id AND key = NEW.key AND stands AND id <> NEW.id
    LOOP
        IF other.shared_at IS NULL THEN
            RAISE EXCEPTION 'an invoice is claimed once' USING
                ERRCODE = 'integrity_constraint_violation',
                CONSTRAINT = 'an_invoice_is_claimed_once';
        END IF;
        IF (other.currency, other.net, other.vat, other.vat_rule)
            <> (NEW.currency, NEW.net, NEW.vat, NEW.vat_rule)
        THEN
            RAISE EXCEPTION 'an invoice has one total' USING
                ERRCODE = 'integrity_constraint_violation',
                CONSTRAINT = 'an_invoice_has_one_total';
        END IF;
        asked := asked + other.claimed;
    END LOOP;
    IF asked > (CASE WHEN NEW.vat_rule = 'recovered' THEN NEW.net ELSE NEW.total END) THEN
        RAISE EXCEPTION 'claims exceed their invoice' USING
            ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'claims_stay_within_their_invoice';
    END IF;
    RETURN NEW;
"""

# A part that was set aside is of the line that it continues: same invoice, milestone and rate.
_CONTINUES_ANOTHER = """
    IF NEW.continues_id IS NOT NULL THEN
        IF NOT EXISTS (
            SELECT FROM vouchers_claim claim
            JOIN vouchers_claimline line ON line.claim_id = claim.continues_id
            WHERE claim.id = NEW.claim_id AND claim.state = 'submitted'
                AND line.id = NEW.continues_id AND line.invoice_id = NEW.invoice_id
                AND line.milestone_id = NEW.milestone_id
                AND line.rate_id IS NOT DISTINCT FROM NEW.rate_id
                AND line.rate_units_per_euro IS NOT DISTINCT FROM NEW.rate_units_per_euro
                AND line.rate_month = NEW.rate_month
                AND abs(NEW.amount - NEW.declared / COALESCE(line.rate_units_per_euro, 1)) <= 0.01
        ) THEN
            RAISE EXCEPTION 'a part set aside is of the line that it continues' USING
                ERRCODE = 'check_violation', CONSTRAINT = 'a_line_continues_another';
        END IF;
        RETURN NEW;
    END IF;
"""

# Of an invoice of the same claim, for a milestone of the same voucher that is accepted.
BELONGS_TO_ITS_CLAIM = f"""
    {_CONTINUES_ANOTHER}
    SELECT invoice.claim_id, invoice.currency, claim.voucher_id, claim.state INTO found
        FROM vouchers_invoice invoice JOIN vouchers_claim claim ON claim.id = invoice.claim_id
        WHERE invoice.id = NEW.invoice_id;
    IF found.claim_id IS DISTINCT FROM NEW.claim_id OR found.state <> 'submitted' OR NOT EXISTS (
        SELECT FROM vouchers_milestone milestone
        JOIN vouchers_plan plan ON plan.id = milestone.plan_id
        WHERE milestone.id = NEW.milestone_id AND plan.voucher_id = found.voucher_id
            AND milestone.removed_in_id IS NULL
    ) OR EXISTS (
        SELECT FROM vouchers_claim WHERE id = NEW.claim_id AND continues_id IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'a line belongs to its claim' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_line_belongs_to_its_claim';
    END IF;
    IF NOT EXISTS (
        SELECT FROM vouchers_deliverable
        WHERE milestone_id = NEW.milestone_id AND state = 'accepted'
    ) THEN
        RAISE EXCEPTION 'a line claims what is accepted' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_line_claims_what_is_accepted';
    END IF;
    IF NEW.declared <> round(NEW.declared, CASE found.currency WHEN 'TND' THEN 3 ELSE 2 END) THEN
        RAISE EXCEPTION 'a line has the decimals of its currency' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_line_has_the_decimals_of_its_currency';
    END IF;
    RETURN NEW;
"""

# Half a cent more or less is the rounding; the rate is that of its row, which must still stand.
AT_ITS_RATE = """
    IF NEW.continues_id IS NOT NULL THEN
        RETURN NEW;
    END IF;
    SELECT currency INTO invoiced_in FROM vouchers_invoice WHERE id = NEW.invoice_id;
    IF invoiced_in = 'EUR' THEN
        IF NEW.rate_id IS NOT NULL OR NEW.rate_units_per_euro IS NOT NULL OR NEW.rate_month <> ''
            OR NEW.amount <> NEW.declared
        THEN
            RAISE EXCEPTION 'a line in euro keeps its amount' USING
                ERRCODE = 'integrity_constraint_violation',
                CONSTRAINT = 'a_line_keeps_the_rate_of_its_row';
        END IF;
        RETURN NEW;
    END IF;
    SELECT currency, month, units_per_euro, replaced_at, source, confirmed_at INTO kept
        FROM vouchers_exchangerate WHERE id = NEW.rate_id FOR SHARE;
    IF kept.source = 'hand' AND kept.confirmed_at IS NULL THEN
        RAISE EXCEPTION 'a line takes a rate that somebody vouches for' USING
            ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'a_line_takes_a_confirmed_rate';
    END IF;
    IF kept.currency IS NULL OR kept.replaced_at IS NOT NULL OR kept.currency <> invoiced_in
        OR kept.month <> NEW.rate_month
        OR kept.units_per_euro IS DISTINCT FROM NEW.rate_units_per_euro
        OR abs(NEW.amount - NEW.declared / kept.units_per_euro) > 0.005
    THEN
        RAISE EXCEPTION 'a line keeps the rate of its row' USING
            ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'a_line_keeps_the_rate_of_its_row';
    END IF;
    IF kept.month <> (
        SELECT to_char(CASE
                WHEN call.rate_month_rule = 'invoice' THEN invoice.invoiced_on
                WHEN call.rate_month_rule = 'payment' AND invoice.paid_on IS NOT NULL
                THEN invoice.paid_on
                ELSE (claim.submitted_at AT TIME ZONE country.time_zone)::date END, 'YYYY-MM')
            FROM vouchers_invoice invoice
            JOIN vouchers_claim claim ON claim.id = invoice.claim_id
            JOIN vouchers_voucher voucher ON voucher.id = claim.voucher_id
            JOIN vouchers_award award ON award.id = voucher.award_id
            JOIN vouchers_application application ON application.id = award.application_id
            JOIN vouchers_call call ON call.id = application.call_id
            JOIN clusters_country country ON country.code = application.country_id
            WHERE invoice.id = NEW.invoice_id
    ) THEN
        RAISE EXCEPTION 'a line takes the rate of the month that the call says' USING
            ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'a_line_takes_the_rate_of_its_month';
    END IF;
    RETURN NEW;
"""

# The sums carry the rules: an invoice bears what is claimed of it, and so does a milestone. What was
# deducted of an invoice is not claimed of it again; its milestone bears another in its place.
KEEP_THE_SUMS = f"""
    IF NEW.continues_id IS NULL THEN
        UPDATE vouchers_invoice SET claimed = claimed + NEW.declared WHERE id = NEW.invoice_id;
    END IF;
    UPDATE vouchers_milestone SET claimed = {claimed_of("NEW.milestone_id")}
        WHERE id = NEW.milestone_id;
    IF (SELECT sum(amount) FROM vouchers_claimline WHERE claim_id = NEW.claim_id)
        > (SELECT amount FROM vouchers_claim WHERE id = NEW.claim_id)
    THEN
        RAISE EXCEPTION 'a claim is the sum of its lines' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_claim_is_the_sum_of_its_lines';
    END IF;
    RETURN NEW;
"""

_ONE_TOTAL = _(
    "Another claim names the same invoice with another currency, total or VAT: all claims of one "
    "invoice say the same of it."
)
SENTENCES_OF_INVOICES = {
    "an_invoice_has_one_total": _ONE_TOTAL,
    "claims_stay_within_their_invoice": _(
        "All claims of this invoice together come to more than can be claimed of it."
    ),
}
SENTENCES_OF_LINES = {
    **SENTENCES_OF_INVOICES,
    "a_line_keeps_the_rate_of_its_row": _(
        "The exchange rate was corrected a moment ago: please look at the amount in euro again."
    ),
    "a_line_takes_a_confirmed_rate": _(
        "The exchange rate waits until a second person has confirmed it."
    ),
    "a_line_takes_the_rate_of_its_month": _(
        "The month has changed meanwhile: please look at the amount in euro again."
    ),
    "a_line_claims_what_is_accepted": _(
        "A milestone can be claimed once cluster and partner have accepted its deliverable."
    ),
}
