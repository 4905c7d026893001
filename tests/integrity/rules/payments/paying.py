"""The statements that propose, authorise and export the open claim, for the rules of payments."""

from __future__ import annotations

from tests.integrity.rules.statements import another, carried_to, change

_NOBODY = {
    f"{step}_{what}": None
    for step in ("first", "second", "exported", "acknowledged", "cancelled")
    for what in ("by_id", "at")
}
# A proposed batch of one payment, that of the open claim.
NEXT_BATCH = another(
    "vouchers_paymentbatch",
    "batch",
    **_NOBODY,
    state="proposed",
    reference="PAY-9",
    group_reference="PAY-9-1",
    count=1,
    total="%(open_amount)s",
    bank_reference="",
)
NEXT_ORDER = {
    "batch_id": 999_999_999,
    "claim_id": "%(open_claim)s",
    "amount": "%(open_amount)s",
    "reference": "P9",
    "instruction": "PAY-9-1",
    "state": "proposed",
    "bank_reference": "",
    "bank_reference_key": "",
    "paying_account": "",
    "paid_on": None,
}
PAID_BY_THE_BOOKER = "state = 'paid', paid_by_id = %(booker)s, paid_at = now()"
AUTHORISED = (
    "state = 'authorised', first_by_id = %(coordinator)s, first_at = now(),"
    " second_by_id = %(recused)s, second_at = now()"
)
EXPORTED = "state = 'exported', exported_by_id = %(finance)s, exported_at = now()"
A_FILE = (
    "INSERT INTO vouchers_batchfile (batch_id, content, sha256, made_at)"
    " VALUES (999999999, 'x', encode(sha256('x'), 'hex'), now())"
)
ORDERED = "state = 'ordered', ordered_by_id = %(finance)s, ordered_at = now()"


def of_the_next(what: str) -> str:
    """The statement that changes the batch that NEXT_BATCH made."""
    return f"UPDATE vouchers_paymentbatch SET {what} WHERE id = 999999999"


def next_payment(what: str) -> str:
    """The statement that changes its payment."""
    return f"UPDATE vouchers_paymentorder SET {what} WHERE id = 999999999"


def in_a_batch() -> list[str]:
    """The open claim is approved, and in a batch that is proposed."""
    return [
        *carried_to("approved"),
        NEXT_BATCH,
        another("vouchers_paymentorder", "order", **NEXT_ORDER),
    ]


def out_with_the_bank() -> list[str]:
    """The batch is authorised and exported, the payment with the bank, the claim ordered."""
    return [
        *in_a_batch(),
        of_the_next(AUTHORISED),
        A_FILE,
        of_the_next(EXPORTED),
        next_payment("state = 'sent'"),
        change("vouchers_claim", "open_claim", ORDERED),
    ]
