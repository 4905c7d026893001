"""What the bank says: files, lines, words and matches."""

from tests.integrity.rules.statements import (
    CANNOT_DELETE,
    NEITHER,
    after,
    another,
    change,
    delete,
    heading,
    rule,
)

from .paying import out_with_the_bank

heading("The bank’s answers")
for column in ("sha256 = 'x'", "content = 'x'", "kind = 'csv'", "uploaded_by_id = %(auditor)s"):
    rule(
        f"A file of the bank stays as it came: {column.split()[0]}.",
        change("vouchers_bankfile", "bank_file", column),
        "never changes",
    )
rule(
    "Who took a file in stands.",
    change("vouchers_bankfile", "bank_file", "taken_by_id = %(auditor)s"),
    "is written once",
)
rule("A file of the bank is not deleted.", delete("vouchers_bankfile", "bank_file"), CANNOT_DELETE)
rule(
    "A file is kept once.",
    another("vouchers_bankfile", "bank_file"),
    "a_file_of_the_bank_is_kept_once",
)
for table, record, says in (
    ("bankstatement", "bank_statement", "A statement"),
    ("statementline", "bank_line", "A line of a statement"),
    ("linematch", "bank_match", "A match"),
    ("lineproposal", "proposal", "A proposal"),
    ("setaside", "set_aside", "Why a line is set aside"),
    ("linecharge", "bank_charge", "A charge"),
    ("paymentstatus", "bank_word", "The bank’s word"),
):
    rule(
        f"{says} never changes.",
        change(f"vouchers_{table}", record, "id = id"),
        NEITHER,
    )
rule(
    "Opening and movements of a statement come to its closing.",
    another("vouchers_bankstatement", "bank_statement", closing="1.00"),
    "a_statement_adds_up",
)
rule(
    "A line counts once, whatever file brings it.",
    another("vouchers_statementline", "bank_line"),
    "a_line_counts_once",
)
rule(
    "A line moves something.",
    another("vouchers_statementline", "bank_line", occurrence=2, amount="0"),
    "a_line_moves_something",
)
_SECOND_LINE = another("vouchers_statementline", "bank_line", occurrence=2)
_AS_THE_SECOND = {"line_id": 999_999_999}
rule(
    "A payment is matched by one line.",
    after(_SECOND_LINE, another("vouchers_linematch", "bank_match", **_AS_THE_SECOND)),
    "a_payment_is_matched_once",
)
for told, changed in (
    ("amount", {"instructed": "1.00"}),
    ("currency", {"instructed_currency": "USD"}),
    ("account", {"account": "NL57MOCK0000000004"}),
    ("side", {"is_credit": True}),
):
    rule(
        f"A match is exact: {told}.",
        after(
            another("vouchers_statementline", "bank_line", occurrence=2, **changed),
            another("vouchers_linematch", "bank_match", **_AS_THE_SECOND),
        ),
        "a match has the account, the side, the currency and the amount of its payment",
    )
rule(
    "Nobody confirms that the bank paid what they authorised.",
    after(
        _SECOND_LINE,
        another(
            "vouchers_linematch", "bank_match", **_AS_THE_SECOND, matched_by_id="%(coordinator)s"
        ),
    ),
    "nobody confirms the payment that they proposed or authorised",
)
rule(
    "Nor what they proposed.",
    after(
        _SECOND_LINE,
        another("vouchers_linematch", "bank_match", **_AS_THE_SECOND, matched_by_id="%(finance)s"),
    ),
    "nobody confirms the payment that they proposed or authorised",
)
rule(
    "A match says what the ledger says: what is with the bank is booked first.",
    after(
        *out_with_the_bank(),
        another(
            "vouchers_statementline",
            "bank_line",
            occurrence=2,
            amount="%(open_amount)s",
            instructed="%(open_amount)s",
        ),
        another("vouchers_linematch", "bank_match", **_AS_THE_SECOND, payment_id=999_999_999),
    ),
    "a match says what the ledger says",
)
rule(
    "A return is matched once the money is payable again.",
    after(
        another("vouchers_statementline", "bank_line", occurrence=2, is_credit=True),
        another("vouchers_linematch", "bank_match", **_AS_THE_SECOND, kind="return"),
    ),
    "a match says what the ledger says",
)
rule(
    "Whoever sets a line aside says why.",
    another("vouchers_setaside", "set_aside", why="person", words=""),
    "who_sets_a_line_aside_says_why",
)
rule(
    "A charge is what its line says.",
    another("vouchers_linecharge", "bank_charge", line_id="%(aside_line)s", amount="1.00"),
    "a charge is what the bank took by its line",
)
rule(
    "What is a payment is no charge.",
    another("vouchers_linecharge", "bank_charge", line_id="%(bank_line)s"),
    "a charge is what the bank took by its line",
)
rule(
    "A charge is no payment.",
    another("vouchers_linematch", "bank_match", line_id="%(charged_line)s", kind="return"),
    "a match has the account, the side, the currency and the amount of its payment",
)
rule(
    "A charge is entered as its line says.",
    after(
        "INSERT INTO vouchers_ledgerleg (id, entry_id, account_id, debit, credit, balance)"
        " SELECT 999999990 + row_number() OVER (), 999999999, account.id,"
        " CASE account.kind WHEN 'charges' THEN 1 ELSE 0 END,"
        " CASE account.kind WHEN 'available' THEN 1 ELSE 0 END, 0"
        " FROM vouchers_ledgeraccount account"
        " WHERE account.call_id = %(call)s AND account.kind IN ('available', 'charges')",
        "INSERT INTO vouchers_ledgerentry (id, call_id, kind, source_type, source_id, part, day,"
        " note, entered_at, number, previous, seal, amount)"
        " VALUES (999999999, %(call)s, 'charge', 'line', %(aside_line)s, 1, CURRENT_DATE, '',"
        " now(), 0, '', '', 0)",
    ),
    "a charge is entered as its line of the bank says",
)
rule(
    "What came back once it was paid says who booked it no more.",
    after(
        change(
            "vouchers_paymentorder",
            "order",
            "state = 'returned', returned_by_id = %(finance)s,"
            " returned_on = now(), return_reason = 'x', return_reference = 'x'",
        ),
        change("vouchers_claim", "claim", "state = 'approved'"),
    ),
    "written when the state becomes",
)
rule(
    "What is paid is not approved again while its payment stands.",
    change("vouchers_claim", "claim", "state = 'approved', paid_by_id = NULL, paid_at = NULL"),
    "A claim in a payment batch is ordered and paid as that says",
)
rule(
    "What comes back after payment bears the bank’s word.",
    change("vouchers_paymentorder", "order", "state = 'returned'"),
    "what_comes_back_bears_the_banks_word",
)
