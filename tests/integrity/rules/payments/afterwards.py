"""Receipts of payees, corrections after audit, and what comes back of them."""

from tests.integrity.rules.statements import (
    CANNOT_DELETE,
    NEITHER,
    after,
    another,
    change,
    delete,
    heading,
    legs,
    rule,
)
from tests.integrity.rules.statements import entry as entered

RECEIPT, ANSWER, LINK = "vouchers_receipt", "vouchers_receiptanswer", "vouchers_receiptlink"
CORRECTION, LINE, PART = "vouchers_correction", "vouchers_correctionline", "vouchers_recovery"
NOW_IT_COUNTS = "SET CONSTRAINTS ALL IMMEDIATE"
SETTLED = "state = 'settled', settled_at = now(), settled_how = 'x', settled_by_id = "
ENTERED = "state = 'entered', confirmed_at = now(), confirmed_by_id = "

heading("Receipts of payees")
rule("A payee is asked about what is paid.", f"UPDATE {RECEIPT} SET order_id = 1", "never changes")
rule(
    "An answer never changes.",
    change(ANSWER, "receipt_answer", "kind = 'received'"),
    NEITHER,
)
rule(
    "Answers are counted one by one.",
    another(ANSWER, "receipt_answer", number=9),
    "counted one by one",
)
rule(
    "What arrived has its day.",
    another(ANSWER, "receipt_answer", number=2, kind="received"),
    "what_arrived_has_its_day",
)
rule(
    "Another amount is said, in its currency.",
    another(ANSWER, "receipt_answer", number=2, kind="different", received_on="2026-01-01"),
    "another_amount_is_said",
)
rule(
    "A receipt says what was answered last.",
    after(change(RECEIPT, "receipt", "state = 'confirmed'"), NOW_IT_COUNTS),
    "a receipt says what its payee answered last",
)
rule(
    "Also when somebody answers again.",
    after(
        another(ANSWER, "receipt_answer", number=2, kind="received", received_on="2026-01-01"),
        NOW_IT_COUNTS,
    ),
    "a receipt says what its payee answered last",
)
rule(
    "Whoever booked a payment does not settle what is said of it.",
    change(RECEIPT, "receipt", SETTLED + "%(booker)s"),
    "did not book the payment",
)
rule(
    "Once settled nothing more is taken.",
    after(
        change(RECEIPT, "receipt", SETTLED + "%(finance)s"),
        another(ANSWER, "receipt_answer", number=2),
    ),
    "Finance has settled this",
)
rule("It says how.", change(RECEIPT, "receipt", "state = 'settled'"), "a_settled_receipt_says_how")
rule("A receipt is not deleted.", delete(RECEIPT, "receipt"), CANNOT_DELETE)
rule(
    "One link stands for a receipt.",
    another(LINK, "receipt_link", digest="0" * 64),
    "one_link_stands_for_a_receipt",
)

heading("Corrections after audit")
rule(
    "Nobody decides the correction that they proposed.",
    change(
        CORRECTION,
        "undecided",
        "state = 'announced', decided_at = now(), decided_by_id = proposed_by_id",
    ),
    "two_people_decide_a_correction",
)
rule("It stays as it was proposed.", change(CORRECTION, "undecided", "amount = 9"), "never changes")
rule(
    "What is decided stands in the ledger.",
    after(
        change(
            CORRECTION,
            "undecided",
            "state = 'announced', decided_at = now(), decided_by_id = %(coordinator)s",
        ),
        NOW_IT_COUNTS,
    ),
    "stands in the ledger",
)
rule(
    "Only what is paid is corrected.",
    another(
        CORRECTION,
        "undecided",
        claim_id="%(open_claim)s",
        reference="C9",
    ),
    "Only what is paid is corrected",
)
rule(
    "No more is corrected than is still paid of a line.",
    after(
        another(CORRECTION, "undecided", reference="C9", amount="%(amount)s"),
        another(LINE, "corrected_line", correction_id=999_999_999, amount="%(amount)s"),
    ),
    "no more is corrected than is still paid of a line",
)
rule(
    "No line is added to what is decided.",
    another(LINE, "corrected_line"),
    "a correction is about lines of its claim",
)
rule(
    "A correction is the sum of its lines.",
    after(another(CORRECTION, "undecided", reference="C9"), NOW_IT_COUNTS),
    "a correction is the sum of its lines",
)
rule("A line of it never changes.", change(LINE, "corrected_line", "amount = 2"), NEITHER)
rule(
    "A demand has its day.",
    change(
        CORRECTION,
        "correction",
        "state = 'demanded', demanded_at = now(), demanded_by_id = %(finance)s",
    ),
    "a_demand_has_its_day",
)
rule(
    "It is settled once nothing is open.",
    change(CORRECTION, "correction", "state = 'settled'"),
    "It is settled once nothing of it is open",
)
rule("It is not deleted.", delete(CORRECTION, "correction"), CANNOT_DELETE)
rule(
    "No more comes back than is corrected.",
    another(PART, "part", amount="0.61"),
    "no more comes back than is corrected",
)
rule(
    "Nobody confirms what they wrote down.",
    change(PART, "part", ENTERED + "entered_by_id"),
    "two_people_enter_a_recovery",
)
rule(
    "What is confirmed stands in the ledger.",
    after(change(PART, "part", ENTERED + "%(booker)s"), NOW_IT_COUNTS),
    "stands in the ledger",
)
rule(
    "And stays.",
    after(
        change(PART, "part", ENTERED + "%(booker)s"),
        change(PART, "part", "state = 'void'"),
    ),
    "What two people entered stands",
)
rule(
    "What is waived has a reason.",
    another(PART, "part", amount="0.10", kind="waived", received_on=None, bank_reference=""),
    "a_part_says_how",
)
rule(
    "A set-off is against a payment that is proposed, to the same payee.",
    another(
        PART,
        "part",
        amount="0.10",
        kind="set_off",
        received_on=None,
        bank_reference="",
        order_id="%(order)s",
    ),
    "a set-off is against a payment to the same payee",
)
rule(
    "A payment sets off what the parts say, and pays the rest.",
    change("vouchers_paymentorder", "order", "set_off = 1"),
    "never changes",
)
rule(
    "No entry corrects what nobody decided.",
    after(
        legs("bank", "receivable", "1.00"),
        entered("correction", "%(undecided)s", source_type="correction"),
    ),
    "what is corrected is what two people decided",
)
rule(
    "Nor says that money is back before another person confirms it.",
    after(
        legs("receivable", "available", "0.40"),
        entered("recovery", "%(part)s", source_type="recovery"),
    ),
    "is what two people entered",
)
rule(
    "No more comes back than is to be recovered.",
    legs("receivable", "available", "1.01"),
    "only_what_is_to_come_back_does",
)

heading("Closing a period")
rule(
    "Whoever proposed it does not close it.",
    "INSERT INTO vouchers_closedperiod"
    " (ends_on, note, proposal_id, proposed_by_id, closed_by_id, closed_at, books)"
    " SELECT ends_on, '', id, proposed_by_id, proposed_by_id, now(), '[]'"
    " FROM vouchers_periodproposal WHERE id = %(closing)s",
    "two_people_close_a_period",
)
rule(
    "It is closed as it was proposed.",
    another("vouchers_closedperiod", "period", proposal_id="%(closing)s"),
    "is closed as somebody proposed it",
)
rule(
    "What is proposed never changes.",
    change("vouchers_periodproposal", "closing", "ends_on = '2020-01-01'"),
    "never changes",
)
rule(
    "What a period keeps of the books never changes.",
    change("vouchers_closedperiod", "period", "books = '[]'"),
    NEITHER,
)
