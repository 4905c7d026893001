"""What triggers hold where the call's rule names a rate only after the claim is sent."""

from __future__ import annotations

# Whether the final rate of a claim is said with its approval, or with its payment (SQL, see
# rules.final_rates): where the provider is paid, that of the payment is known with the payment alone.
_SAID_WITH = """(
        SELECT CASE
                WHEN call.rate_month_rule = 'booking' THEN 'approval'
                WHEN call.rate_month_rule = 'average' AND claim.way <> 'provider' THEN 'approval'
                WHEN call.rate_month_rule IN ('payment', 'average') AND claim.way = 'provider'
                THEN 'payment' END
            FROM vouchers_voucher voucher
            JOIN vouchers_award award ON award.id = voucher.award_id
            JOIN vouchers_application application ON application.id = award.application_id
            JOIN vouchers_call call ON call.id = application.call_id
            WHERE voucher.id = claim.voucher_id
    )"""
_IS_FOREIGN = """EXISTS (
        SELECT FROM vouchers_claimline line JOIN vouchers_invoice invoice
            ON invoice.id = line.invoice_id AND invoice.currency <> 'EUR'
        WHERE line.claim_id = claim.id
    )"""
# A claim is approved at its final rate, where that is known then.
APPROVED_WITHOUT_ITS_RATE = f"""
    OLD.state = 'verified' AND NEW.state = 'approved' AND EXISTS (
        SELECT FROM vouchers_claim claim WHERE claim.id = NEW.id AND {_IS_FOREIGN}
            AND {_SAID_WITH} = 'approval' AND NOT EXISTS (
                SELECT FROM vouchers_finalrate
                WHERE claim_id = claim.id AND said_with = 'approval'
            )
    )
"""
# It is ordered at the rate of the month in which its batch is paid, where that says which it is.
ORDERED_WITHOUT_ITS_RATE = f"""
    EXISTS (
        SELECT FROM vouchers_claim claim
        JOIN vouchers_paymentbatch batch ON batch.id = NEW.batch_id
        WHERE claim.id = NEW.claim_id AND {_IS_FOREIGN}
            AND {_SAID_WITH} = 'payment' AND to_char(batch.execution_on, 'YYYY-MM') IS DISTINCT FROM (
                SELECT to_char(day, 'YYYY-MM') FROM vouchers_finalrate
                WHERE claim_id = claim.id ORDER BY number DESC LIMIT 1
            )
    )
"""
