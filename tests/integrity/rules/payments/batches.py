"""Payment batches: who, what, and when."""

from tests.integrity.rules.statements import (
    CANNOT_DELETE,
    NEITHER,
    after,
    another,
    carried_to,
    change,
    delete,
    heading,
    rule,
)

from .paying import (
    A_FILE,
    AUTHORISED,
    EXPORTED,
    NEXT_BATCH,
    NEXT_ORDER,
    in_a_batch,
    next_payment,
    of_the_next,
    out_with_the_bank,
)

heading("Payment batches")
for column in ("total = 1", "count = 9", "execution_on = '2030-01-01'", "reference = 'PAY-X'"):
    rule(
        f"A batch stays as it was proposed: {column.split()[0]}.",
        change("vouchers_paymentbatch", "batch", column),
        "never changes",
    )
rule("A batch is not deleted.", delete("vouchers_paymentbatch", "batch"), CANNOT_DELETE)
rule(
    "Whoever proposed a batch does not authorise it.",
    after(*in_a_batch(), of_the_next("first_by_id = proposed_by_id, first_at = now()")),
    "a_batch_is_authorised_by_two_others",
)
rule(
    "Nobody authorises it twice.",
    after(
        *in_a_batch(),
        of_the_next(AUTHORISED.replace("%(recused)s", "%(coordinator)s")),
    ),
    "a_batch_is_authorised_by_two_others",
)
rule(
    "One signature is not enough.",
    after(
        *in_a_batch(),
        of_the_next("state = 'authorised', first_by_id = %(coordinator)s, first_at = now()"),
    ),
    "a_batch_says_who_authorised_it",
)
rule(
    "What is authorised takes no further payment.",
    after(
        *carried_to("approved"),
        another("vouchers_paymentorder", "order", **{**NEXT_ORDER, "batch_id": "%(batch)s"}),
    ),
    "A batch keeps its payments",
)
rule(
    "A claim is in one standing batch.",
    after(
        *in_a_batch(),
        another(
            "vouchers_paymentorder",
            "order",
            **{**NEXT_ORDER, "id": 999_999_998, "reference": "P8", "instruction": "PAY-8-1"},
        ),
    ),
    "one_standing_order_per_claim",
)
rule(
    "An EndToEndId is given once, for ever.",
    after(
        *carried_to("approved"),
        NEXT_BATCH,
        "INSERT INTO vouchers_paymentorder SELECT (jsonb_populate_record(found, jsonb_build_object("
        "'id', 999999999, 'batch_id', 999999999, 'claim_id', %(open_claim)s, 'instruction', 'P-9',"
        " 'amount', %(open_amount)s, 'state', 'proposed', 'bank_reference', '',"
        " 'bank_reference_key', '', 'paying_account', '', 'paid_on', NULL))).*"
        " FROM vouchers_paymentorder found WHERE id = %(order)s",
    ),
    "vouchers_paymentorder_reference_key",
)
rule(
    "And has no sign that a bank does not take.",
    after(
        *carried_to("approved"),
        NEXT_BATCH,
        another("vouchers_paymentorder", "order", **{**NEXT_ORDER, "reference": "É 9"}),
    ),
    "an_order_has_identifiers_that_banks_take",
)
rule(
    "A MsgId as well.",
    after(NEXT_BATCH.replace('PAY-9"', 'PAY 9"')),
    "a_batch_has_identifiers_that_banks_take",
)
rule(
    "A batch comes to the sum of its payments.",
    after(NEXT_BATCH, "SET CONSTRAINTS ALL IMMEDIATE"),
    "a batch comes to the sum of its payments",
)
ACCOUNT_REPLACED = change("vouchers_provideraccount", "account", "replaced_at = now()")
rule(
    "A batch is not authorised once the account of a payee has changed.",
    after(*in_a_batch(), ACCOUNT_REPLACED, of_the_next(AUTHORISED)),
    "an account was changed since it was proposed",
)
rule(
    "Nor exported.",
    after(*in_a_batch(), of_the_next(AUTHORISED), A_FILE, ACCOUNT_REPLACED, of_the_next(EXPORTED)),
    "an account was changed since it was proposed",
)
rule(
    "Nothing is exported without its file.",
    after(*in_a_batch(), of_the_next(AUTHORISED), of_the_next(EXPORTED)),
    "the state of a batch is what its payments and its file say",
)
rule(
    "No file is made of what two have not authorised.",
    after(*in_a_batch(), A_FILE),
    "A file is made of a batch that two people have authorised",
)
rule(
    "A file has its hash.",
    after(*in_a_batch(), of_the_next(AUTHORISED), A_FILE.replace("sha256('x')", "sha256('y')")),
    "a file has its hash",
)
rule(
    "And never changes.",
    change("vouchers_batchfile", "batch_file", "content = 'x'"),
    NEITHER,
)
rule(
    "No payment is with the bank before its batch is.",
    after(*in_a_batch(), next_payment("state = 'sent'")),
    "a payment follows its batch",
)
rule(
    "No claim is ordered but with its batch.",
    after(
        *in_a_batch(),
        change(
            "vouchers_claim",
            "open_claim",
            "state = 'ordered', ordered_by_id = %(finance)s, ordered_at = now()",
        ),
    ),
    "A claim in a payment batch is ordered and paid as that says",
)
rule(
    "What is with the bank is not approved again while it is there.",
    after(*out_with_the_bank(), change("vouchers_claim", "open_claim", "state = 'approved'")),
    "A claim in a payment batch is ordered and paid as that says",
)
rule(
    "Whoever authorised a batch does not book it.",
    after(
        *out_with_the_bank(),
        "UPDATE vouchers_claim SET state = 'paid', paid_by_id = %(recused)s, paid_at = now()"
        " WHERE id = %(open_claim)s",
        next_payment(
            "state = 'paid', paid_on = now(), bank_reference = 'x', bank_reference_key = 'x',"
            " paying_account = 'x'"
        ),
    ),
    "nobody books what they authorised",
)
rule(
    "What comes back bears the bank's word.",
    after(*out_with_the_bank(), next_payment("state = 'returned'")),
    "what_comes_back_bears_the_banks_word",
)
rule(
    "A batch is not settled while a payment is with the bank.",
    after(*out_with_the_bank(), of_the_next("state = 'settled'")),
    "the state of a batch is what its payments and its file say",
)
rule(
    "Nor cancelled.",
    after(
        *out_with_the_bank(),
        of_the_next(
            "state = 'cancelled', cancelled_by_id = %(finance)s, cancelled_at = now(),"
            " cancel_reason = 'x'"
        ),
    ),
    "the state of a batch is what its payments and its file say",
)
rule(
    "A batch says why it is cancelled.",
    after(*in_a_batch(), of_the_next("state = 'cancelled'")),
    "a_batch_says_why_it_is_cancelled",
)

heading("Bank profiles")
for column in ("debtor_account = 'LB00'", "purpose = 'OTHR'", "most_payments = 1"):
    rule(
        f"A profile stays as it was entered: {column.split()[0]}.",
        change("vouchers_bankprofile", "bank_profile", column),
        "never changes",
    )
rule("A profile is not deleted.", delete("vouchers_bankprofile", "bank_profile"), CANNOT_DELETE)
rule(
    "A profile is entered first, and verified then.",
    another("vouchers_bankprofile", "bank_profile", name="Third"),
    "verified by a second person then",
)
rule(
    "Nobody verifies the profile that they entered.",
    change(
        "vouchers_bankprofile",
        "waiting_profile",
        "verified_by_id = entered_by_id, verified_at = now()",
    ),
    "nobody_verifies_a_bank_profile_of_their_own",
)
rule(
    "Nothing is proposed from a profile that nobody verified.",
    after(
        *carried_to("approved"),
        NEXT_BATCH.replace('"state"', '"profile_id": "%(waiting_profile)s", "state"'),
    ),
    "the profile of the bank is not verified, or replaced",
)
