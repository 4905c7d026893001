"""What triggers hold of matches and charges; the sentences say it to people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

_REFUSED = "USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT ="

# A debit is a payment and a credit its return: of the account that was paid from, in euro, to the cent.
# The ledger says so by then; whoever proposed or authorised the batch does not confirm that it was paid.
IS_EXACT = f"""
    SELECT line.account, line.is_credit, COALESCE(line.instructed, line.amount) AS amount,
            CASE WHEN line.instructed IS NULL THEN line.currency ELSE line.instructed_currency END
                AS currency,
            payment.amount AS ordered, payment.state, profile.debtor_account,
            batch.proposed_by_id, batch.first_by_id, batch.second_by_id
        INTO found
        FROM vouchers_statementline line, vouchers_paymentorder payment
        JOIN vouchers_paymentbatch batch ON batch.id = payment.batch_id
        JOIN vouchers_bankprofile profile ON profile.id = batch.profile_id
        WHERE line.id = NEW.line_id AND payment.id = NEW.payment_id
        FOR NO KEY UPDATE OF payment;
    IF found.account <> found.debtor_account OR found.amount <> found.ordered
        OR found.currency <> 'EUR' OR found.is_credit <> (NEW.kind = 'return')
        OR EXISTS (SELECT FROM vouchers_linecharge WHERE line_id = NEW.line_id)
    THEN
        RAISE EXCEPTION 'a match has the account, the side, the currency and the amount of its payment'
            {_REFUSED} 'a_match_is_exact';
    END IF;
    IF (NEW.kind = 'payment' AND found.state NOT IN ('paid', 'returned'))
        OR (NEW.kind = 'return' AND found.state <> 'returned')
    THEN
        RAISE EXCEPTION 'a match says what the ledger says' {_REFUSED} 'a_match_follows_the_ledger';
    END IF;
    IF NEW.kind = 'payment' AND NEW.matched_by_id IN (
        found.proposed_by_id, found.first_by_id, found.second_by_id
    ) THEN
        RAISE EXCEPTION 'nobody confirms the payment that they proposed or authorised'
            {_REFUSED} 'nobody_matches_what_they_authorised';
    END IF;
    RETURN NEW;
"""

SENTENCES_OF_MATCHES = {
    "a_match_is_exact": _(
        "The line and the payment differ in account, side, currency or amount: nothing is matched."
    ),
    "a_match_follows_the_ledger": _(
        "Somebody has just done something with this payment: please look at it again."
    ),
    "nobody_matches_what_they_authorised": _(
        "You proposed or authorised this batch: somebody else confirms what the bank paid."
    ),
}

# The charges within a line that is matched, or a whole debit that is no payment; in euro.
CHARGED_ONCE = f"""
    SELECT line.amount, line.charges, line.currency, line.is_credit,
            EXISTS (SELECT FROM vouchers_linematch WHERE line_id = line.id) AS is_matched
        INTO found FROM vouchers_statementline line WHERE line.id = NEW.line_id;
    IF found.currency <> 'EUR'
        OR NEW.amount <> (CASE WHEN found.is_matched THEN found.charges ELSE found.amount END)
        OR (found.is_credit AND NOT found.is_matched) OR NEW.amount <= 0
    THEN
        RAISE EXCEPTION 'a charge is what the bank took by its line'
            {_REFUSED} 'a_charge_is_what_its_line_says';
    END IF;
    RETURN NEW;
"""

SENTENCES_OF_CHARGES = {
    "a_charge_is_what_its_line_says": _(
        "This line is no charge in euro that the bank took: nothing is entered."
    ),
}
