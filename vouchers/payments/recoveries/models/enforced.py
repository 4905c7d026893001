"""What triggers hold of corrections and recoveries; `ENFORCED` of each model says it in words."""

from __future__ import annotations

from vouchers.payments.models.enforced.orders import SETS_OFF_ITS_PARTS

# What was paid of a line with its claim (EUR): what the control that verified the claim found eligible.
# What a later one takes in is paid, and corrected, with a claim of its own.
# Where the rate became final later, what that says.
PAID_OF_A_LINE = """COALESCE((
        SELECT final.amount FROM vouchers_finalline final
        JOIN vouchers_finalrate said ON said.id = final.final_rate_id
        WHERE final.line_id = line.id ORDER BY said.number DESC LIMIT 1
    ), (
        SELECT controlled.eligible FROM vouchers_controlledline controlled
        JOIN vouchers_claim claim ON claim.control_id = controlled.control_id
        WHERE controlled.line_id = line.id AND claim.id = line.claim_id
    ))"""

# One payee of claims: the provider, the cluster or the partner, as their way says.
_PAYEE = """claim.way || ' ' || (CASE claim.way
            WHEN 'provider' THEN claim.provider_id
            WHEN 'cluster' THEN claim.cluster_id ELSE claim.partner_id END)::text"""

# What a cluster has in advance is demanded back as far as no cost has cleared it.
DEMANDS_MORE_THAN_IS_OUT = """
    NEW.state IN ('proposed', 'announced') AND EXISTS (
        SELECT FROM vouchers_claim advance WHERE advance.id = NEW.claim_id AND advance.is_advance
            AND NEW.amount > advance.amount - COALESCE((
                SELECT sum(amount) FROM vouchers_clearing
                WHERE advance_id = advance.id AND undone_at IS NULL
            ), 0) - COALESCE((
                SELECT sum(amount) FROM vouchers_correction other
                WHERE other.claim_id = advance.id AND other.id <> NEW.id
                    AND other.state NOT IN ('proposed', 'refused')
            ), 0)
    )
"""

NOT_OF_A_PAID_CLAIM = """
    NOT EXISTS (SELECT FROM vouchers_claim WHERE id = NEW.claim_id AND state = 'paid')
"""

# Written with its correction, of a line of its claim, and of no more than is still paid of that. Of
# two corrections at the same instant the second waits for the claim's row.
WITHIN_ITS_LINE = f"""
    SELECT correction.claim_id, correction.state INTO found
        FROM vouchers_correction correction WHERE correction.id = NEW.correction_id;
    PERFORM FROM vouchers_claim WHERE id = found.claim_id FOR NO KEY UPDATE;
    SELECT line.claim_id, {PAID_OF_A_LINE} - COALESCE((
            SELECT sum(earlier.amount) FROM vouchers_correctionline earlier
            JOIN vouchers_correction other ON other.id = earlier.correction_id
            WHERE earlier.line_id = line.id AND other.state <> 'refused'
        ), 0) AS paid INTO target
        FROM vouchers_claimline line WHERE line.id = NEW.line_id;
    IF target.claim_id IS DISTINCT FROM found.claim_id OR found.state <> 'proposed' THEN
        RAISE EXCEPTION 'a correction is about lines of its claim' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_correction_is_about_its_claim';
    END IF;
    IF NEW.amount > target.paid THEN
        RAISE EXCEPTION 'no more is corrected than is still paid of a line' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'no_more_is_corrected_than_paid';
    END IF;
    RETURN NEW;
"""

# At the end of the transaction: it is the sum of its lines, and stands in the books once decided.
CORRECTION_HOLDS = """
    SELECT correction.amount, correction.state, claim.is_advance INTO found
        FROM vouchers_correction correction JOIN vouchers_claim claim ON claim.id = correction.claim_id
        WHERE correction.id = %s;
    IF found.amount IS DISTINCT FROM
        (SELECT sum(amount) FROM vouchers_correctionline WHERE correction_id = %s)
        AND NOT (found.is_advance AND NOT EXISTS (
            SELECT FROM vouchers_correctionline WHERE correction_id = %s
        ))
    THEN
        RAISE EXCEPTION 'a correction is the sum of its lines' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_correction_is_the_sum_of_its_lines';
    END IF;
    IF found.state NOT IN ('proposed', 'refused') AND NOT EXISTS (
        SELECT FROM vouchers_ledgerentry WHERE kind IN ('correction', 'demand')
            AND source_type = 'correction' AND source_id = %s
    ) THEN
        RAISE EXCEPTION 'a correction that is decided stands in the ledger' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_correction_stands_in_the_ledger';
    END IF;
    RETURN NULL;
"""

# It is over once nothing of it is open, and not before.
SETTLED_IN_WHOLE = """
    (NEW.state = 'settled') <> (OLD.state = 'settled') AND NEW.state = 'settled' AND NEW.amount <> (
        SELECT COALESCE(sum(amount), 0) FROM vouchers_recovery
        WHERE correction_id = NEW.id AND state = 'entered'
    )
"""

# The parts of a correction come to no more than it; of two at once the second waits for its row.
WITHIN_ITS_CORRECTION = f"""
    SELECT correction.amount, correction.state, {_PAYEE} AS payee, application.call_id INTO found
        FROM vouchers_correction correction
        JOIN vouchers_claim claim ON claim.id = correction.claim_id
        JOIN vouchers_voucher voucher ON voucher.id = claim.voucher_id
        JOIN vouchers_award award ON award.id = voucher.award_id
        JOIN vouchers_application application ON application.id = award.application_id
        WHERE correction.id = NEW.correction_id FOR NO KEY UPDATE OF correction;
    IF found.state NOT IN ('announced', 'demanded') THEN
        RAISE EXCEPTION 'money comes back of what is announced, and not settled' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_part_is_of_a_correction_that_is_open';
    END IF;
    IF NEW.amount + (
        SELECT COALESCE(sum(amount), 0) FROM vouchers_recovery
        WHERE correction_id = NEW.correction_id AND state <> 'void'
    ) > found.amount THEN
        RAISE EXCEPTION 'no more comes back than is corrected' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'no_more_comes_back_than_is_corrected';
    END IF;
    IF NEW.order_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM vouchers_paymentorder payment
        JOIN vouchers_claim claim ON claim.id = payment.claim_id
        JOIN vouchers_voucher voucher ON voucher.id = claim.voucher_id
        JOIN vouchers_award award ON award.id = voucher.award_id
        JOIN vouchers_application application ON application.id = award.application_id
        WHERE payment.id = NEW.order_id AND payment.state = 'proposed'
            AND {_PAYEE} = found.payee AND application.call_id = found.call_id
    ) THEN
        RAISE EXCEPTION 'a set-off is against a payment to the same payee, in the same call' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_set_off_is_of_its_payee';
    END IF;
    RETURN NEW;
"""

# At the end of the transaction: what is entered stands in the books, and its payment says the same.
PART_HOLDS = f"""
    IF EXISTS (
        SELECT FROM vouchers_recovery part WHERE part.id = NEW.id AND part.state = 'entered'
        AND NOT EXISTS (
            SELECT FROM vouchers_ledgerentry WHERE source_type = 'recovery' AND source_id = part.id
                AND kind = CASE part.kind WHEN 'waived' THEN 'waiver' ELSE 'recovery' END
        )
    ) THEN
        RAISE EXCEPTION 'what came back, or is waived, stands in the ledger' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_part_stands_in_the_ledger';
    END IF;
    {SETS_OFF_ITS_PARTS.strip() % {"payment": "NEW.order_id"}}
"""

# What two people entered stands; but a set-off is undone with a payment that the bank gave back.
ENTERED_STANDS = """
    OLD.state = 'entered' AND NEW.state = 'void' AND NOT EXISTS (
        SELECT FROM vouchers_paymentorder WHERE id = NEW.order_id AND state = 'returned'
    )
"""
