"""What must hold of money whatever happens, computed from the tables; nothing of the portal's own
sums is used for it.

Each rule is a query for what breaks it.
"""

from __future__ import annotations

from django.db import connection

# What stands on the accounts of a voucher, from the legs of its entries.
_HELD = """
    SELECT voucher.id, voucher.amount, voucher.approved, voucher.paid, voucher.released,
        COALESCE(sum(leg.debit - leg.credit) FILTER (WHERE account.kind = 'committed'), 0) AS committed,
        COALESCE(sum(leg.debit - leg.credit) FILTER (WHERE account.kind = 'payable'), 0) AS payable,
        COALESCE(sum(leg.debit - leg.credit) FILTER (WHERE account.kind = 'in_transit'), 0) AS in_transit,
        COALESCE(sum(leg.debit - leg.credit) FILTER (WHERE account.kind = 'bank'), 0) AS bank,
        COALESCE(sum(leg.debit - leg.credit) FILTER (WHERE account.kind = 'receivable'), 0) AS owed
    FROM vouchers_voucher voucher
    JOIN vouchers_award award ON award.id = voucher.award_id
    LEFT JOIN vouchers_ledgeraccount account ON account.application_id = award.application_id
    LEFT JOIN vouchers_ledgerleg leg ON leg.account_id = account.id
    GROUP BY voucher.id
"""
# What corrections of a voucher have brought back, and what was waived of them.
_BACK = """
    SELECT claim.voucher_id, sum(part.amount) FILTER (WHERE part.kind <> 'waived') AS recovered,
        sum(part.amount) FILTER (WHERE part.kind = 'waived') AS waived
    FROM vouchers_recovery part JOIN vouchers_correction correction ON correction.id = part.correction_id
    JOIN vouchers_claim claim ON claim.id = correction.claim_id
    WHERE part.state = 'entered' GROUP BY claim.voucher_id
"""
_CLAIMED = """
    SELECT voucher_id, sum(eligible) FILTER (WHERE state = 'approved') AS approved,
        sum(eligible) FILTER (WHERE state = 'ordered') AS ordered,
        sum(eligible) FILTER (WHERE state = 'paid') AS paid
    FROM vouchers_claim GROUP BY voucher_id
"""

RULES = {
    "every balance is what its legs come to": """
        SELECT account.id, account.debits, account.credits FROM vouchers_ledgeraccount account
        LEFT JOIN vouchers_ledgerleg leg ON leg.account_id = account.id
        GROUP BY account.id HAVING account.debits <> COALESCE(sum(leg.debit), 0)
            OR account.credits <> COALESCE(sum(leg.credit), 0)
    """,
    "each entry debits what it credits, and a call comes to nothing": """
        SELECT entry_id, sum(debit - credit) FROM vouchers_ledgerleg
        GROUP BY entry_id HAVING sum(debit) <> sum(credit)
    """,
    "a voucher is committed, payable, in transit, booked and released, less what was recovered": f"""
        SELECT held.* FROM ({_HELD}) held LEFT JOIN ({_BACK}) back ON back.voucher_id = held.id
        LEFT JOIN ({_CLAIMED}) claimed ON claimed.voucher_id = held.id
        WHERE held.amount <> held.committed + held.payable + held.in_transit
            + COALESCE(claimed.paid, 0) + (held.released + COALESCE(back.recovered, 0))
            - COALESCE(back.recovered, 0)
    """,
    "what stands of a voucher is what its claims are worth": f"""
        SELECT held.* FROM ({_HELD}) held LEFT JOIN ({_BACK}) back ON back.voucher_id = held.id
        LEFT JOIN ({_CLAIMED}) claimed ON claimed.voucher_id = held.id
        WHERE held.payable <> COALESCE(claimed.approved, 0)
            OR held.in_transit <> COALESCE(claimed.ordered, 0)
            OR held.bank + held.owed + COALESCE(back.recovered, 0) <> COALESCE(claimed.paid, 0)
            OR held.paid <> COALESCE(claimed.paid, 0)
            OR held.approved <> held.payable + held.in_transit + held.paid
    """,
    "no account but the grant is below nothing": """
        SELECT account.id, account.kind, account.debits - account.credits
        FROM vouchers_ledgeraccount account
        WHERE account.kind <> 'grant' AND account.debits < account.credits
    """,
    "what is owed is what corrections found, less what came back or was waived": f"""
        SELECT held.id, held.owed, sum(found.amount) FROM ({_HELD}) held
        LEFT JOIN ({_BACK}) back ON back.voucher_id = held.id
        LEFT JOIN (
            SELECT claim.voucher_id, correction.amount FROM vouchers_correction correction
            JOIN vouchers_claim claim ON claim.id = correction.claim_id
            WHERE correction.state IN ('announced', 'demanded', 'settled')
        ) found ON found.voucher_id = held.id
        GROUP BY held.id, held.owed, back.recovered, back.waived
        HAVING held.owed <> COALESCE(sum(found.amount), 0) - COALESCE(back.recovered, 0)
            - COALESCE(back.waived, 0)
    """,
    "of a correction no more comes back than it is": """
        SELECT correction.id, correction.amount, sum(part.amount) FROM vouchers_correction correction
        JOIN vouchers_recovery part ON part.correction_id = correction.id AND part.state <> 'void'
        GROUP BY correction.id HAVING sum(part.amount) > correction.amount
    """,
    "a controlled line is eligible, deducted and set aside": """
        SELECT found.id FROM vouchers_controlledline found
        JOIN vouchers_claimline line ON line.id = found.line_id
        WHERE line.amount <> found.eligible + found.deducted + found.parked
            OR least(found.eligible, found.deducted, found.parked) < 0
    """,
    "a claim is what the last control found of its lines, and what was taken in since": """
        SELECT claim.id, claim.amount, claim.deducted, claim.parked FROM vouchers_claim claim
        JOIN vouchers_control control ON control.claim_id = claim.id AND control.number = (
            SELECT max(number) FROM vouchers_control other WHERE other.claim_id = claim.id
        )
        JOIN vouchers_controlledline found ON found.control_id = control.id
        WHERE NOT EXISTS (SELECT FROM vouchers_sentback WHERE control_id = control.id)
        GROUP BY claim.id HAVING claim.deducted <> sum(found.deducted)
            OR claim.parked <> sum(found.parked)
            OR sum(found.eligible) <> claim.eligible + COALESCE((
                SELECT sum(further.amount) FROM vouchers_claim further
                WHERE further.continues_id = claim.id AND further.state <> 'returned'
            ), 0)
    """,
    "a claim whose control was sent back says nothing of it, and moves nothing": """
        SELECT claim.id FROM vouchers_claim claim
        LEFT JOIN vouchers_ledgerentry entry ON entry.source_type = 'claim' AND entry.source_id = claim.id
        WHERE claim.state = 'sent_back' AND (
            num_nonnulls(claim.control_id, claim.eligible, claim.policy_id, claim.verified_by_id) > 0
            OR claim.deducted + claim.parked <> 0 OR entry.id IS NOT NULL
        )
    """,
    "nobody approves a claim of which they made a control, also one that was sent back": """
        SELECT approval.id FROM vouchers_claimapproval approval
        JOIN vouchers_control control ON approval.claim_id IN (control.claim_id, control.further_id)
        WHERE control.made_by_id = approval.person_id
    """,
    "what is claimed of a milestone is at most that and the call's tolerance": """
        SELECT milestone.id, milestone.amount, sum(line.amount) FROM vouchers_milestone milestone
        JOIN vouchers_claimline line ON line.milestone_id = milestone.id AND line.continues_id IS NULL
        JOIN vouchers_claim claim ON claim.id = line.claim_id
        LEFT JOIN vouchers_controlledline found ON found.line_id = line.id AND found.control_id = (
            SELECT id FROM vouchers_control WHERE claim_id = claim.id ORDER BY number DESC LIMIT 1
        )
        JOIN vouchers_plan plan ON plan.id = milestone.plan_id
        JOIN vouchers_voucher voucher ON voucher.id = plan.voucher_id
        JOIN vouchers_award award ON award.id = voucher.award_id
        JOIN vouchers_application application ON application.id = award.application_id
        JOIN vouchers_call call ON call.id = application.call_id
        WHERE claim.state IN ('submitted', 'sent_back', 'verified', 'approved', 'ordered', 'paid')
        GROUP BY milestone.id, call.claim_tolerance
        HAVING sum(line.amount - CASE WHEN claim.state IN ('approved', 'ordered', 'paid')
                THEN COALESCE(found.deducted, 0) ELSE 0 END)
            > milestone.amount * (1 + call.claim_tolerance / 100)
    """,
    "a claim has one payment that is under way or paid, of what is eligible": """
        SELECT claim.id, claim.eligible, count(payment.id), sum(payment.amount + payment.set_off)
        FROM vouchers_claim claim LEFT JOIN vouchers_paymentorder payment ON payment.claim_id = claim.id
            AND payment.state IN ('sent', 'paid')
        GROUP BY claim.id HAVING count(payment.id) <> (claim.state IN ('ordered', 'paid'))::int
            OR sum(payment.amount + payment.set_off) <> claim.eligible
    """,
    "four eyes: on control and approval, on batch and booking": """
        SELECT claim.id FROM vouchers_claim claim
        LEFT JOIN vouchers_claimapproval approval ON approval.claim_id = claim.id
        LEFT JOIN vouchers_paymentorder payment ON payment.claim_id = claim.id AND payment.state = 'paid'
        LEFT JOIN vouchers_paymentbatch batch ON batch.id = payment.batch_id
        WHERE approval.person_id IN (claim.verified_by_id, claim.submitted_by_id)
            OR claim.paid_by_id IN (batch.proposed_by_id, batch.first_by_id, batch.second_by_id)
            OR batch.first_by_id = batch.second_by_id
            OR batch.proposed_by_id IN (batch.first_by_id, batch.second_by_id)
    """,
    "a line of the bank is one thing, and of exactly the payment's amount": """
        SELECT line.id FROM vouchers_statementline line
        JOIN vouchers_linematch match ON match.line_id = line.id
        JOIN vouchers_paymentorder payment ON payment.id = match.payment_id
        LEFT JOIN vouchers_linecharge charge ON charge.line_id = line.id AND charge.amount = line.amount
        WHERE charge.id IS NOT NULL OR line.amount <> payment.amount OR line.currency <> 'EUR'
            OR line.is_credit <> (match.kind = 'return') OR payment.state NOT IN ('paid', 'returned')
        UNION ALL
        SELECT min(id) FROM vouchers_statementline
        GROUP BY account, identity, occurrence HAVING count(*) > 1
    """,
    "what the bank keeps for itself is on the call, once": """
        SELECT account.id FROM vouchers_ledgeraccount account
        WHERE account.kind = 'charges' AND account.debits - account.credits <> (
            SELECT COALESCE(sum(amount), 0) FROM vouchers_linecharge charge
            WHERE charge.call_id = account.call_id
        )
    """,
    "nothing is dated in a period that was closed before": """
        SELECT entry.id, entry.day FROM vouchers_ledgerentry entry
        JOIN vouchers_closedperiod period ON period.ends_on >= entry.day
        WHERE entry.entered_at > period.closed_at
    """,
    "of a voucher that is closed nothing is left": """
        SELECT id FROM vouchers_voucher
        WHERE state = 'closed' AND amount <> approved + released
    """,
    "no errand of the clock failed": "SELECT kind, key, last_error FROM jobs_trouble",
}


def broken_rules() -> list[tuple[str, list[tuple[object, ...]]]]:
    """The rules that something breaks now, each with what does."""
    found = []
    with connection.cursor() as cursor:
        for rule, query in RULES.items():
            cursor.execute(query)
            if rows := cursor.fetchall():
                found.append((rule, rows))
    return found
