"""What triggers enforce where no constraint can; `ENFORCED` of each model says it in words."""

from __future__ import annotations

import itertools

import pgtrigger
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import OwnersTrigger, refuses

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
    ) THEN
        RAISE EXCEPTION 'a returned claim has an entry in the ledger that is not corrected'
            USING ERRCODE = 'check_violation',
                CONSTRAINT = 'a_returned_claim_has_no_standing_approval';
    END IF;
    RETURN NEW;
"""

# What no longer stands: the milestone can be claimed anew, and the invoice as well.
DONE_WITH = ["returned", "withdrawn"]

# What is asked for and by whom; a mistake is returned and claimed anew.
FIXED_WHEN_CLAIMED = [
    *("voucher", "milestone", "amount", "currency", "currency_amount"),
    *("rate", "rate_units_per_euro", "rate_month", "provider", "invoice_key", "invoice_total"),
    *("invoice_number", "invoice_date", "invoice", "invoice_name", "invoice_content_type"),
    *("invoice_size", "invoice_sha256", "submitted_by", "submitted_at"),
]

# The claims of one invoice are ordered by a lock of its provider and number.
WITHIN_ITS_INVOICE = """
    claimed := NEW.currency_amount;
    PERFORM pg_advisory_xact_lock(NEW.provider_id::int, hashtext(NEW.invoice_key));
    FOR other IN
        SELECT currency, currency_amount, invoice_total, shared_at FROM vouchers_claim
        WHERE provider_id = NEW.provider_id AND invoice_key = NEW.invoice_key
            AND state NOT IN ('returned', 'withdrawn') AND id IS DISTINCT FROM NEW.id
    LOOP
        IF other.shared_at IS NULL THEN
            RAISE EXCEPTION 'an invoice is claimed once' USING
                ERRCODE = 'integrity_constraint_violation',
                CONSTRAINT = 'an_invoice_is_claimed_once';
        END IF;
        IF other.currency <> NEW.currency OR other.invoice_total <> NEW.invoice_total THEN
            RAISE EXCEPTION 'an invoice has one total' USING
                ERRCODE = 'integrity_constraint_violation',
                CONSTRAINT = 'an_invoice_has_one_total';
        END IF;
        claimed := claimed + other.currency_amount;
    END LOOP;
    IF claimed > NEW.invoice_total THEN
        RAISE EXCEPTION 'claims exceed their invoice' USING
            ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'claims_stay_within_their_invoice';
    END IF;
    RETURN NEW;
"""

# Half a cent more or less is the rounding; the rate is that of its row, which must still stand.
AT_ITS_RATE = """
    IF NEW.rate_id IS NULL THEN
        IF NEW.rate_units_per_euro IS NOT NULL OR NEW.rate_month <> '' THEN
            RAISE EXCEPTION 'a claim keeps the rate of its row' USING
                ERRCODE = 'integrity_constraint_violation',
                CONSTRAINT = 'a_claim_keeps_the_rate_of_its_row';
        END IF;
        IF NEW.currency = 'EUR' AND NEW.amount <> NEW.currency_amount THEN
            RAISE EXCEPTION 'a claim in euro keeps its amount' USING
                ERRCODE = 'integrity_constraint_violation',
                CONSTRAINT = 'a_claim_keeps_the_rate_of_its_row';
        END IF;
        RETURN NEW;
    END IF;
    SELECT currency, month, units_per_euro, replaced_at INTO found
        FROM vouchers_exchangerate WHERE id = NEW.rate_id FOR SHARE;
    IF found.replaced_at IS NOT NULL OR found.currency <> NEW.currency
        OR found.month <> NEW.rate_month OR found.units_per_euro <> NEW.rate_units_per_euro
        OR abs(NEW.amount - NEW.currency_amount / found.units_per_euro) > 0.005
    THEN
        RAISE EXCEPTION 'a claim keeps the rate of its row' USING
            ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'a_claim_keeps_the_rate_of_its_row';
    END IF;
    RETURN NEW;
"""

# Whoever claims locks the rate first: of a claim and a correction at the same instant, the second
# finds what the first has done.
FREE_TO_BE_REPLACED = """
    IF EXISTS (
        SELECT 1 FROM vouchers_claim
        WHERE rate_id = OLD.id AND state NOT IN ('returned', 'withdrawn')
    ) THEN
        RAISE EXCEPTION 'claims rest on this rate' USING
            ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'claims_rest_on_this_rate';
    END IF;
    RETURN NEW;
"""

# Money goes to the account of the claim's provider that stands and that a second person verified.
TO_A_VERIFIED_ACCOUNT = """
    SELECT account.account, account.holder, account.verified_at, account.usable_from,
            account.replaced_at, account.provider_id, claim.provider_id AS invoiced INTO found
        FROM vouchers_provideraccount account, vouchers_claim claim
        WHERE account.id = NEW.account_id AND claim.id = NEW.claim_id
        FOR SHARE OF account;
    IF found.verified_at IS NULL OR found.replaced_at IS NOT NULL
        OR found.provider_id <> found.invoiced OR found.account <> NEW.bank_account
        OR found.holder <> NEW.payee
    THEN
        RAISE EXCEPTION 'the account is not verified' USING
            ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'an_order_goes_to_a_verified_account';
    END IF;
    IF found.usable_from > clock_timestamp() THEN
        RAISE EXCEPTION 'the account cools down' USING
            ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'an_order_waits_until_an_account_is_usable';
    END IF;
    RETURN NEW;
"""

# At the end of the transaction: `batch` is the id, of the row itself or of its payment.
COMES_TO_ITS_SUM = """
    IF EXISTS (
        SELECT FROM vouchers_paymentbatch found
        WHERE found.id = batch AND NOT EXISTS (
            SELECT FROM vouchers_paymentorder WHERE batch_id = batch
            HAVING count(*) = found.count AND sum(amount) = found.total
        )
    ) THEN
        RAISE EXCEPTION 'a batch comes to the sum of its payments'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_batch_comes_to_its_sum';
    END IF;
    RETURN NULL;
"""

# A payment goes the way of its batch; whoever books it has not authorised it.
FOLLOWS_ITS_BATCH = """
    IF NEW.state = OLD.state THEN
        RETURN NEW;
    END IF;
    SELECT batch.state, batch.first_by_id, batch.second_by_id, claim.paid_by_id INTO found
        FROM vouchers_paymentbatch batch, vouchers_claim claim
        WHERE batch.id = NEW.batch_id AND claim.id = NEW.claim_id;
    IF (NEW.state = 'cancelled') <> (found.state = 'cancelled')
        OR (NEW.state = 'sent' AND found.state <> 'exported')
        OR (NEW.state = 'paid' AND found.paid_by_id IS NULL)
    THEN
        RAISE EXCEPTION 'a payment follows its batch' USING
            ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'an_order_follows_its_batch';
    END IF;
    IF NEW.state = 'paid' AND found.paid_by_id IN (found.first_by_id, found.second_by_id) THEN
        RAISE EXCEPTION 'nobody books what they authorised' USING
            ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'nobody_books_what_they_authorised';
    END IF;
    RETURN NEW;
"""

# A claim in a batch stays approved; it is ordered, paid, and approved again, as its payment says.
_STANDS_IN = "EXISTS (SELECT FROM vouchers_paymentorder WHERE claim_id = NEW.id AND state IN (%s))"
AS_ITS_PAYMENT_SAYS = f"""CASE (OLD.state || ' ' || NEW.state)
    WHEN 'approved ordered' THEN NOT {_STANDS_IN % "'sent'"}
    WHEN 'ordered paid' THEN NOT {_STANDS_IN % "'sent'"}
    WHEN 'ordered approved' THEN {_STANDS_IN % "'sent', 'paid'"}
    WHEN 'approved returned' THEN {_STANDS_IN % "'proposed', 'sent'"}
    ELSE FALSE END"""

# Who invoices is who delivers when the claim is made: of the contract and the version of the plan in
# force, as that says which came last and names somebody.
BY_WHO_DELIVERS = """
    IF NEW.provider_id IS DISTINCT FROM (
        SELECT CASE WHEN version.in_force_at > contract.entered_at
            THEN COALESCE(version.provider_id, contract.provider_id)
            ELSE COALESCE(contract.provider_id, version.provider_id) END
            FROM vouchers_milestone milestone
            JOIN vouchers_plan plan ON plan.id = milestone.plan_id
            JOIN vouchers_planversion version ON version.id = plan.in_force_id
            LEFT JOIN vouchers_contract contract ON contract.voucher_id = plan.voucher_id
            WHERE milestone.id = NEW.milestone_id
    ) THEN
        RAISE EXCEPTION 'a claim names the provider of the plan in force' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_claim_names_who_delivers';
    END IF;
    RETURN NEW;
"""

# After an early end, accepted work is claimed until a day, on the calendar of the country.
WHILE_IT_MAY_BE_CLAIMED = """
    NOT EXISTS (
        SELECT FROM vouchers_voucher v
        JOIN vouchers_award a ON a.id = v.award_id
        JOIN vouchers_application p ON p.id = a.application_id
        JOIN clusters_country c ON c.code = p.country_id
        WHERE v.id = NEW.voucher_id AND (
            v.state = 'active' OR v.state = 'terminated'
            AND (NEW.submitted_at AT TIME ZONE c.time_zone)::date <= v.claims_until
        )
    )
"""

# The milestone's sum carries the CHECK that no amendment lowers it under what is claimed.
KEEP_WHAT_IS_CLAIMED = """
    UPDATE vouchers_milestone SET claimed = (
        SELECT COALESCE(sum(amount), 0) FROM vouchers_claim
        WHERE milestone_id = NEW.milestone_id AND state NOT IN ('returned', 'withdrawn')
    ) WHERE id = NEW.milestone_id;
    RETURN NEW;
"""


def of_its_milestone() -> list[pgtrigger.Trigger]:
    """What ties a claim to its milestone: who is paid, and how much of it is claimed."""
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
        # By its name it comes after what looks at the invoice alone, and says so better.
        OwnersTrigger(
            name="then_keeps_the_sum_of_its_milestone",
            when=pgtrigger.After,
            operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),
            func=KEEP_WHAT_IS_CLAIMED,
        ),
    ]


def of_its_payment() -> pgtrigger.Trigger:
    """What ties a claim to the order that pays it."""
    return refuses(
        "goes_the_way_of_its_payment",
        pgtrigger.Update,
        AS_ITS_PAYMENT_SAYS,
        "A claim in a payment batch is ordered and paid as that says.",
    )


def all_different(people: list[str]) -> Q:
    """No two of the columns hold the same person; empty ones do not count."""
    condition = Q()
    for one, other in itertools.combinations(people, 2):
        condition &= Q(**{f"{other}__isnull": True}) | ~Q(**{other: F(one)})
    return condition


# What triggers refuse, in sentences (see conduct.actions.acting.constraints_of).
SENTENCES_OF_CLAIMS = {
    "an_invoice_has_one_total": _(
        "Another claim names the same invoice with another currency or total: all claims of one "
        "invoice say what the whole of it comes to."
    ),
    "a_claim_names_who_delivers": _(
        "The provider of the plan has changed a moment ago: please look at the plan again."
    ),
    "claims_stay_within_their_invoice": _(
        "All claims of this invoice together come to more than the invoice."
    ),
    "a_claim_keeps_the_rate_of_its_row": _(
        "The exchange rate was corrected a moment ago: please look at the amount in euro again."
    ),
}
