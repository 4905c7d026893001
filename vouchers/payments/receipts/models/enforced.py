"""What triggers hold of receipts where no constraint can; `ENFORCED` of each model says it in words."""

NOT_PAID = """
    NOT EXISTS (
        SELECT FROM vouchers_paymentorder payment
        WHERE payment.id = NEW.order_id AND payment.state = 'paid'
    )
"""
NOT_THE_NEXT = """
    NEW.number <> (
        SELECT COALESCE(max(number), 0) + 1 FROM vouchers_receiptanswer
        WHERE receipt_id = NEW.receipt_id
    )
"""
BY_ANOTHER_LINK = """
    NOT EXISTS (
        SELECT FROM vouchers_receiptlink link
        WHERE link.id = NEW.link_id AND link.receipt_id = NEW.receipt_id
    )
"""
SETTLED_ALREADY = """
    EXISTS (SELECT FROM vouchers_receipt WHERE id = NEW.receipt_id AND state = 'settled')
"""

# What a receipt says is the newest answer, unless finance has settled it; looked at when the
# transaction ends, on the receipt and on each answer.
_SAYS = """
    IF EXISTS (
        SELECT FROM vouchers_receipt receipt
        LEFT JOIN LATERAL (
            SELECT kind FROM vouchers_receiptanswer
            WHERE receipt_id = receipt.id ORDER BY number DESC LIMIT 1
        ) newest ON TRUE
        WHERE receipt.id = %s AND receipt.state <> CASE
            WHEN newest.kind IS NULL THEN 'asked'
            WHEN newest.kind = 'received' THEN 'confirmed'
            WHEN receipt.state = 'settled' THEN 'settled'
            ELSE 'disputed' END
    ) THEN
        RAISE EXCEPTION 'a receipt says what its payee answered last' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_receipt_says_what_was_answered';
    END IF;
    RETURN NULL;
"""
RECEIPT_SAYS_IT = _SAYS % "NEW.id"
ANSWER_IS_SAID = _SAYS % "NEW.receipt_id"

# Whoever wrote down that the bank paid is not who finds that all is well with it.
SETTLED_BY_WHO_BOOKED = """
    NEW.settled_by_id IS NOT NULL AND EXISTS (
        SELECT FROM vouchers_paymentorder payment
        JOIN vouchers_claim claim ON claim.id = payment.claim_id
        WHERE payment.id = NEW.order_id AND claim.paid_by_id = NEW.settled_by_id
    )
"""
