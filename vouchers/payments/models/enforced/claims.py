"""What triggers enforce where no constraint can; `ENFORCED` of each model says it in words."""

from __future__ import annotations

import pgtrigger
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import OwnersTrigger, refuses
from vouchers.awards.models.ceilings import CEILING_SENTENCE
from vouchers.screening.models.enforced import NOT_SCREENED

# Whoever gives a claim back reverses its approval first (reverse_approval).
NOTHING_STANDS = """
    IF EXISTS (
        SELECT FROM vouchers_ledgerentry entry
        WHERE entry.source_type = 'claim' AND entry.source_id = NEW.id
            AND entry.kind = 'approval' AND NOT EXISTS (
                SELECT FROM vouchers_ledgerentry counter
                WHERE counter.source_type = 'claim' AND counter.source_id = NEW.id
                    AND counter.kind = 'reversal'
            )
    ) OR EXISTS (
        SELECT FROM vouchers_clearing WHERE claim_id = NEW.id AND undone_at IS NULL
    ) THEN
        RAISE EXCEPTION 'a returned claim has an entry in the ledger that is not corrected'
            USING ERRCODE = 'check_violation',
                CONSTRAINT = 'a_returned_claim_has_no_standing_approval';
    END IF;
    RETURN NEW;
"""

# What came back to the cluster: its milestones and its invoices can be claimed anew.
CAME_BACK = ["returned", "withdrawn"]
# What no longer stands: what is rejected for good as well. Its invoices are never claimed again.
DONE_WITH = [*CAME_BACK, "rejected"]
# The same in SQL.
DONE = "('returned', 'withdrawn', 'rejected')"

# What is asked for and by whom; a mistake is returned and claimed anew.
FIXED_WHEN_CLAIMED = [
    *("voucher", "number", "provider", "invoice_numbers", "amount"),
    *("submitted_by", "submitted_at", "continues"),
]


# Looked at when the transaction ends: by then its lines are there. None can be added later.
def is_its_lines(claim: str) -> str:
    """The function of a trigger on a row that names the `claim` (SQL)."""
    return f"""
    IF NOT EXISTS (
        SELECT FROM vouchers_claim claim WHERE claim.id = {claim}
            AND claim.amount IS NOT DISTINCT FROM (CASE WHEN claim.is_advance
                AND NOT EXISTS (SELECT FROM vouchers_invoice WHERE claim_id = claim.id)
                AND NOT EXISTS (SELECT FROM vouchers_claimline WHERE claim_id = claim.id)
            THEN claim.amount ELSE (
                SELECT sum(line.amount) FROM vouchers_claimline line WHERE line.claim_id = claim.id
            ) END)
            AND (claim.is_advance OR claim.invoice_numbers = (
                SELECT string_agg(invoice.number, ', ' ORDER BY invoice.id)
                FROM vouchers_invoice invoice WHERE CASE WHEN claim.continues_id IS NULL
                    THEN invoice.claim_id = claim.id
                    ELSE invoice.id IN (
                        SELECT invoice_id FROM vouchers_claimline WHERE claim_id = claim.id
                    ) END
            ))
    ) OR EXISTS (
        SELECT FROM vouchers_invoice invoice WHERE invoice.claim_id = {claim} AND NOT EXISTS (
            SELECT FROM vouchers_claimline line WHERE line.invoice_id = invoice.id
        )
    ) THEN
        RAISE EXCEPTION 'a claim is the sum of its lines, and names their invoices' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_claim_is_the_sum_of_its_lines';
    END IF;
    RETURN NULL;
"""


# Whoever claims locks the rate first: of a claim and a correction at the same instant, the second
# finds what the first has done.
FREE_TO_BE_REPLACED = """
    IF EXISTS (
        SELECT 1 FROM vouchers_claimline line JOIN vouchers_claim claim ON claim.id = line.claim_id
        WHERE line.rate_id = OLD.id AND claim.state NOT IN ('returned', 'withdrawn', 'rejected')
    ) OR EXISTS (SELECT FROM vouchers_finalline WHERE OLD.id = ANY(rates)) THEN
        RAISE EXCEPTION 'claims rest on this rate' USING
            ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'claims_rest_on_this_rate';
    END IF;
    RETURN NEW;
"""

# A claim in a batch stays approved; it is ordered, paid, and approved again, as its payment says.
_STANDS_IN = "EXISTS (SELECT FROM vouchers_paymentorder WHERE claim_id = NEW.id AND state IN (%s))"
AS_ITS_PAYMENT_SAYS = f"""CASE (OLD.state || ' ' || NEW.state)
    WHEN 'approved ordered' THEN NOT {_STANDS_IN % "'sent'"}
    WHEN 'ordered paid' THEN NOT {_STANDS_IN % "'sent'"}
    WHEN 'approved paid' THEN NEW.cleared <> NEW.eligible + NEW.revalued
    WHEN 'ordered approved' THEN {_STANDS_IN % "'sent', 'paid'"}
    WHEN 'paid approved' THEN {_STANDS_IN % "'sent', 'paid'"}
        OR NEW.cleared = NEW.eligible + NEW.revalued
    WHEN 'approved returned' THEN {_STANDS_IN % "'proposed', 'sent'"}
    ELSE FALSE END"""

# Who invoices is who delivers when the claim is made: of the contract and the version of the plan in
# force, as that says which came last and names somebody. A part set aside keeps whom it was claimed for.
BY_WHO_DELIVERS = """
    IF NEW.continues_id IS NULL AND NEW.provider_id IS DISTINCT FROM (
        SELECT CASE WHEN version.in_force_at > contract.entered_at
            THEN COALESCE(version.provider_id, contract.provider_id)
            ELSE COALESCE(contract.provider_id, version.provider_id) END
            FROM vouchers_plan plan
            JOIN vouchers_planversion version ON version.id = plan.in_force_id
            LEFT JOIN vouchers_contract contract ON contract.voucher_id = plan.voucher_id
            WHERE plan.voucher_id = NEW.voucher_id
    ) THEN
        RAISE EXCEPTION 'a claim names the provider of the plan in force' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_claim_names_who_delivers';
    END IF;
    RETURN NEW;
"""

# After an early end, accepted work is claimed until a day, on the calendar of the country.
WHILE_IT_MAY_BE_CLAIMED = """
    NEW.continues_id IS NULL AND NOT EXISTS (
        SELECT FROM vouchers_voucher v
        JOIN vouchers_award a ON a.id = v.award_id
        JOIN vouchers_application p ON p.id = a.application_id
        JOIN clusters_country c ON c.code = p.country_id
        WHERE v.id = NEW.voucher_id AND (
            v.state = 'active' OR v.state = 'terminated'
            AND (NEW.submitted_at AT TIME ZONE c.time_zone)::date <= v.claims_until
        ) FOR SHARE OF v
    )
"""


# What a milestone bears: all that stands of its lines but what was deducted, once that is approved (until
# then the control may be sent back); what is parked stays reserved for it, and a part taken in later is
# reserved already.
def claimed_of(milestone: str) -> str:
    """SQL: the sum claimed of the `milestone`."""
    return f"""(
            SELECT COALESCE(sum(line.amount - COALESCE((
                SELECT max(found.deducted) FROM vouchers_controlledline found
                WHERE found.line_id = line.id AND claim.state IN ('approved', 'ordered', 'paid')
                    AND NOT EXISTS (SELECT FROM vouchers_sentback WHERE control_id = found.control_id)
            ), 0)), 0) FROM vouchers_claimline line
            JOIN vouchers_claim claim ON claim.id = line.claim_id
            WHERE line.milestone_id = {milestone} AND line.continues_id IS NULL
                AND claim.state NOT IN {DONE}
        )"""


# What stands of a claim changes with its state: the sums of its milestones, and whether an invoice
# of it may be claimed anew. In the order of their ids, so that none waits for another in a circle.
KEEP_WHAT_STANDS = f"""
    UPDATE vouchers_invoice SET stands = NEW.state NOT IN ('returned', 'withdrawn')
        WHERE claim_id = NEW.id;
    FOR touched IN
        SELECT DISTINCT milestone_id FROM vouchers_claimline WHERE claim_id = NEW.id
        ORDER BY milestone_id
    LOOP
        UPDATE vouchers_milestone SET claimed = {claimed_of("touched.milestone_id")}
            WHERE id = touched.milestone_id;
    END LOOP;
    RETURN NEW;
"""


def of_its_voucher() -> list[pgtrigger.Trigger]:
    """What ties a claim to its voucher and its lines: who is paid, until when, and how much."""
    return [
        pgtrigger.Trigger(
            name="names_who_delivers",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            func=BY_WHO_DELIVERS,
        ),
        refuses(
            "claimed_while_it_may_be",
            pgtrigger.Insert,
            WHILE_IT_MAY_BE_CLAIMED,
            "A voucher is claimed while it is active, and for some days after an early end.",
        ),
        pgtrigger.Trigger(
            name="is_its_lines_at_the_end",
            when=pgtrigger.After,
            operation=pgtrigger.Insert,
            timing=pgtrigger.Deferred,
            func=is_its_lines("NEW.id"),
        ),
        OwnersTrigger(
            name="then_keeps_what_stands",
            when=pgtrigger.After,
            operation=pgtrigger.UpdateOf("state"),
            declare=[("touched", "RECORD")],
            func=KEEP_WHAT_STANDS,
        ),
    ]


def of_its_booking() -> pgtrigger.Trigger:
    """Who booked a claim is written when it is paid, and empty again once the money came back."""
    return refuses(
        "written_on_paid",
        pgtrigger.Insert | pgtrigger.Update,
        """CASE WHEN TG_OP = 'INSERT' THEN NEW.paid_by_id IS NOT NULL OR NEW.paid_at IS NOT NULL
            WHEN OLD.paid_by_id IS NOT DISTINCT FROM NEW.paid_by_id
                AND OLD.paid_at IS NOT DISTINCT FROM NEW.paid_at
            THEN OLD.state = 'paid' AND NEW.state = 'approved'
            WHEN OLD.state = 'paid'
            THEN NEW.state <> 'approved' OR NEW.paid_by_id IS NOT NULL OR NEW.paid_at IS NOT NULL
            ELSE NEW.state <> 'paid' END""",
        "paid_by, paid_at is written when the state becomes “paid”, and then stands.",
    )


def of_its_payment() -> pgtrigger.Trigger:
    """What ties a claim to the order that pays it."""
    return refuses(
        "goes_the_way_of_its_payment",
        pgtrigger.Update,
        AS_ITS_PAYMENT_SAYS,
        "A claim in a payment batch is ordered and paid as that says.",
    )


# What triggers refuse, in sentences (see conduct.actions.acting.constraints_of).
SENTENCES_OF_CLAIMS = {
    **CEILING_SENTENCE,
    "a_payee_is_cleared": NOT_SCREENED,
    "a_claim_names_who_delivers": _(
        "The provider of the plan has changed a moment ago: please look at the plan again."
    ),
}
