"""The control of claims line by line, and what is set aside of them."""

from tests.integrity.rules.statements import (
    NEITHER,
    NEW,
    after,
    approval,
    carried_to,
    change,
    controlled,
    delete,
    heading,
    moved,
    new_claim,
    new_line,
    rule,
    verified,
)

LINE = "vouchers_controlledline"

heading("Control of claims, line by line")
rule(
    "What is found of a line comes to what it declares, to the cent.",
    controlled("line.amount, 1, 'vat', 'x', 0, '', false"),
    "what_is_found_is_what_was_declared",
)
rule(
    "Nothing of it is less than nothing.",
    controlled("line.amount + 1, 0, '', '', -1, '', false"),
    "what_is_found_is_what_was_declared",
)
rule(
    "What is deducted has a type of error.",
    controlled("line.amount - 1, 1, '', 'x', 0, '', false"),
    "what_is_deducted_says_why",
)
rule(
    "And a reason.",
    controlled("line.amount - 1, 1, 'vat', '', 0, '', false"),
    "what_is_deducted_says_why",
)
rule(
    "The type is one of the call's.",
    controlled("line.amount - 1, 1, 'mood', 'x', 0, '', false"),
    "a call says by which types of error it deducts",
)
rule(
    "What is set aside has a reason.",
    controlled("line.amount - 1, 0, '', '', 1, '', false"),
    "what_is_set_aside_says_why",
)
rule(
    "A sample has a reason.",
    controlled("line.amount, 0, '', '', 0, '', true"),
    "a sample has its reason",
)
rule(
    "A control answers the checklist of the call, no more and no less.",
    controlled(answers='\'[{"answer": "yes"}]\''),
    "a control answers every question of its checklist",
)
rule(
    "No claim is verified that nobody controlled.",
    verified(),
    "a verified claim is what its control found",
)
rule(
    "Nor by another than who controlled it.",
    after(controlled(), verified(by="booker")),
    "a verified claim is what its control found",
)
rule(
    "What is eligible is what was found, not what was declared.",
    after(controlled("line.amount - 1, 1, 'vat', 'x', 0, '', false"), verified()),
    "a verified claim is what its control found",
)
rule(
    "A control without a verified claim is none.",
    controlled(),
    "a control finds something of every line, and its claim is verified",
)
rule(
    "A claim is controlled once.",
    after(*carried_to("verified"), controlled()),
    "a claim is controlled once, and what is set aside later",
)
rule("What was found stands.", change(LINE, "controlled_line", "eligible = 0"), NEITHER)
rule("So does who controlled.", change("vouchers_control", "control", "number = 2"), NEITHER)
rule("No control is deleted.", delete("vouchers_control", "control"), NEITHER)
rule(
    "What is deducted and set aside of a claim is counted, not written.",
    change("vouchers_claim", "open_claim", "parked = 1"),
    "kept by the database",
)
rule(
    "What is eligible stands once it is verified.",
    after(*carried_to("verified"), change("vouchers_claim", "open_claim", "eligible = 1")),
    "is written when the state becomes",
)

# --- What was set aside ---
PARKED = after(
    controlled("line.amount - 10, 0, '', '', 10, 'x', false"),
    verified(eligible="amount - 10"),
    approval(),
    moved("approved", "coordinator"),
)
FURTHER = new_claim(amount=10, continues_id="%(open_claim)s", invoice_numbers="x")


def later(found: str, further: str = "NULL") -> str:
    """A later control of the open claim."""
    return after(
        "INSERT INTO vouchers_control (claim_id, number, made_by_id, made_at, answers,"
        " sample_reason, reason, further_id)"
        f" VALUES (%(open_claim)s, 2, %(officer)s, now(), '[]', '', 'x', {further})",
        "INSERT INTO vouchers_controlledline (control_id, line_id, amount, eligible, deducted,"
        " error_type, reason, parked, park_reason, sampled)"
        f" SELECT control.id, line.id, line.amount, {found} FROM vouchers_control control"
        " JOIN vouchers_claimline line ON line.claim_id = control.claim_id"
        " WHERE control.claim_id = %(open_claim)s AND control.number = 2",
    )


heading("What is set aside of a claim")
rule(
    "What was set aside is not eligible without a claim of its own to be approved.",
    after(PARKED, later("line.amount, 0, '', '', 0, '', false")),
    "a later control takes in or refuses what was set aside",
)
rule(
    "No more is set aside later.",
    after(PARKED, later("line.amount - 11, 0, '', '', 11, 'x', false")),
    "a later control takes in or refuses what was set aside",
)
rule(
    "What is taken in is what its further claim asks.",
    after(PARKED, FURTHER, later("line.amount, 0, '', '', 0, '', false", str(NEW))),
    "a later control takes in or refuses what was set aside",
)
rule(
    "A later control says why.",
    after(
        PARKED,
        "INSERT INTO vouchers_control (claim_id, number, made_by_id, made_at, answers,"
        " sample_reason, reason) VALUES (%(open_claim)s, 2, %(officer)s, now(), '[]', '', '')",
    ),
    "a_later_control_says_why",
)
rule(
    "A further claim continues one that is approved.",
    FURTHER,
    "a part set aside continues an approved claim of the voucher",
)
rule(
    "Its lines are of that claim: same invoice, milestone and rate.",
    after(
        PARKED,
        FURTHER,
        new_line(
            amount=10,
            declared=10,
            continues_id="%(open_line)s",
            invoice_id="%(invoice)s",
            milestone_id="%(milestone)s",
        ),
    ),
    "a part set aside is of the line that it continues",
)
rule(
    "It is never rejected or withdrawn: it is given back, and is set aside again.",
    after(
        PARKED,
        FURTHER,
        "UPDATE vouchers_claim SET state = 'rejected', rejected_by_id = %(officer)s,"
        " rejected_at = now(), reject_reason = 'x' WHERE id = 999999999",
    ),
    "a_further_claim_is_given_back_or_paid",
)
rule(
    "A claim is not given back once something set aside of it was decided on.",
    after(
        PARKED,
        later("line.amount - 10, 10, 'vat', 'x', 0, '', false"),
        change("vouchers_claim", "open_claim", "state = 'returned', return_reason = 'x'"),
    ),
    "a later control stands on this claim",
)
