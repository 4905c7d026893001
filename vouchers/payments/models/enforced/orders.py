"""What triggers hold of payment orders, and of the batches in which they leave."""

from __future__ import annotations

# Money goes to the account of the claim's payee that stands and that a second person verified.
TO_A_VERIFIED_ACCOUNT = """
    SELECT claim.way, claim.provider_id, claim.cluster_id, claim.partner_id INTO paid
        FROM vouchers_claim claim WHERE claim.id = NEW.claim_id;
    IF paid.way = 'provider' THEN
        SELECT account.account, account.holder, account.verified_at, account.usable_from,
                account.replaced_at, account.provider_id = paid.provider_id AS is_theirs INTO found
            FROM vouchers_provideraccount account WHERE account.id = NEW.account_id FOR SHARE;
    ELSE
        SELECT account.account, account.holder, account.verified_at, account.usable_from,
                account.replaced_at, CASE paid.way
                    WHEN 'cluster' THEN account.cluster_id = paid.cluster_id
                    ELSE account.partner_id = paid.partner_id END AS is_theirs INTO found
            FROM clusters_bankaccount account WHERE account.id = NEW.bank_details_id FOR SHARE;
    END IF;
    IF found.verified_at IS NULL OR found.replaced_at IS NOT NULL
        OR found.is_theirs IS NOT TRUE OR found.account <> NEW.bank_account
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

# At the end of the transaction: what a payment sets off is what the parts of recoveries say, waiting
# while it is on its way, entered once it is booked, and void where it came to nothing.
SETS_OFF_ITS_PARTS = """
    IF EXISTS (
        SELECT FROM vouchers_paymentorder payment
        LEFT JOIN LATERAL (
            SELECT COALESCE(sum(amount) FILTER (WHERE state = 'waiting'), 0) AS waiting,
                COALESCE(sum(amount) FILTER (WHERE state = 'entered'), 0) AS entered
            FROM vouchers_recovery WHERE order_id = payment.id
        ) part ON TRUE
        WHERE payment.id = %(payment)s AND (part.waiting, part.entered) <> CASE
            WHEN payment.state IN ('proposed', 'sent') THEN (payment.set_off, 0::numeric)
            WHEN payment.state = 'paid' THEN (0::numeric, payment.set_off)
            ELSE (0::numeric, 0::numeric) END
    ) THEN
        RAISE EXCEPTION 'a payment sets off what the parts of recoveries say' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_payment_sets_off_its_parts';
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
