"""Claims and their invoices."""

from tests.integrity.rules.statements import (
    CANNOT_DELETE,
    NEITHER,
    NEW,
    NOW,
    SHARED,
    after,
    another,
    carried_to,
    change,
    claimed_anew,
    controlled,
    delete,
    entry,
    heading,
    invoiced_again,
    legs,
    new_claim,
    new_invoice,
    new_line,
    rule,
    verified,
)

heading("Claims")
rule(
    "A claim begins as submitted: none is born paid.",
    another("vouchers_claim", "claim"),
    "What is new is “submitted”",
)
rule(
    "Nor with the people of later steps.",
    another("vouchers_claim", "claim", state="submitted"),
    "is written when the state becomes",
)
rule(
    "It skips no step.",
    change("vouchers_claim", "open_claim", "state = 'paid'"),
    "Invalid transition",
)
rule(
    "Its amount never changes.",
    change("vouchers_claim", "open_claim", "amount = 1"),
    "never changes",
)
rule(
    "Nor the invoices that it names.",
    change("vouchers_claim", "open_claim", "invoice_numbers = 'INV-1'"),
    "never changes",
)
rule(
    "It is what its lines come to, not a cent more.",
    claimed_anew(claim={"amount": 2000.01}),
    "a claim is the sum of its lines",
)
rule("Nor less.", claimed_anew(claim={"amount": 1}), "a claim is the sum of its lines")
rule("One without lines is none.", new_claim(), "a claim is the sum of its lines")
rule(
    "So no line is added once it is sent.",
    after(
        claimed_anew({"amount": 1}, {}, {"declared": 1, "amount": 1}),
        new_line(id=NEW - 1, declared=0.01, amount=0.01),
    ),
    "a claim is the sum of its lines",
)
rule(
    "Nor an invoice without a line.",
    new_invoice(claim_id="%(open_claim)s", key="more"),
    "a claim is the sum of its lines, and names their invoices",
)
rule(
    "A rejected claim says who rejected it, and why.",
    change("vouchers_claim", "open_claim", "state = 'rejected'"),
    "a_claim_says_who_rejected_it_and_why",
)
rule(
    "What is rejected stays so.",
    after(
        change(
            "vouchers_claim",
            "open_claim",
            "state = 'rejected', rejected_by_id = %(officer)s, rejected_at = now(),"
            " reject_reason = 'x'",
        ),
        change("vouchers_claim", "open_claim", "state = 'verified'"),
    ),
    "changes no more",
)
rule(
    "Who took a step stands.",
    change("vouchers_claim", "claim", "paid_by_id = %(auditor)s"),
    "written when the state becomes",
)
rule(
    "Nobody is named for a step before it is taken.",
    change("vouchers_claim", "open_claim", "approved_by_id = %(coordinator)s"),
    "is written when the state becomes",
)
rule(
    "Each step has its own person.",
    after(controlled(by="manager"), verified(by="manager")),
    "the policy of the claim keeps these duties apart",
)
rule(
    "Nothing of a paid claim changes.",
    change("vouchers_claim", "claim", "return_reason = 'x'"),
    "changes no more",
)
rule("A claim is not deleted.", delete("vouchers_claim", "claim"), CANNOT_DELETE)
rule(
    "A returned claim has no approval that is not corrected.",
    after(
        *carried_to("approved"),
        legs("committed", "payable", "%(open_amount)s"),
        entry("approval", "%(open_claim)s", part=1),
        change("vouchers_claim", "open_claim", "state = 'returned', return_reason = 'x'"),
    ),
    "a returned claim has an entry in the ledger that is not corrected",
)

heading("Invoices")
rule(
    "An invoice of a provider is claimed once.",
    invoiced_again(),
    "an_invoice_is_claimed_once",
)
rule(
    "That a new claim says it is shared is not enough: the claim that stands must say so.",
    invoiced_again(shared_by_id="%(officer)s", shared_at=NOW, shared_reason="x"),
    "an invoice is claimed once",
)
rule(
    "Nor is it shared without a person and a reason.",
    change("vouchers_invoice", "invoice", "shared_at = now()"),
    "an_invoice_is_shared_for_a_reason",
)
rule(
    "All claims of a shared invoice say the same of it.",
    after(SHARED, invoiced_again(net=999999, total=999999)),
    "an invoice has one total",
)
rule(
    "Together they stay within it.",
    after(SHARED, invoiced_again()),
    "claims exceed their invoice",
)
rule(
    "So does each claim alone.",
    claimed_anew(invoice={"net": 1, "total": 1}),
    "an_invoice_bears_what_is_claimed",
)
rule(
    "VAT that is recovered is not paid.",
    claimed_anew(
        invoice={"net": 1, "vat": 99999, "total": 100000, "vat_rule": "recovered"},
    ),
    "an_invoice_bears_what_is_claimed",
)
rule(
    "Net and VAT make the total.",
    claimed_anew(invoice={"total": 999999}),
    "an_invoice_adds_up",
)
rule(
    "What is not charged is zero.",
    claimed_anew(invoice={"vat": 1, "net": 99, "total": 100}),
    "what_is_not_charged_is_zero",
)
rule(
    "An invoice has a number.",
    claimed_anew(invoice={"key": ""}),
    "an_invoice_has_a_number",
)
rule(
    "It is invoiced by who is paid.",
    claimed_anew(invoice={"provider_id": "%(other_provider)s"}),
    "an invoice belongs to its claim",
)
rule(
    "It is written with its claim, not later.",
    new_invoice(claim_id="%(claim)s"),
    "an invoice belongs to its claim",
)
for what, value in {
    "Its total never changes.": "total = 999999",
    "Nor the number as it is compared.": "key = 'another'",
    "Nor its provider.": "provider_id = 0",
    "Nor what becomes of its VAT.": "vat_rule = 'cost'",
    "Nor its file.": "file_id = 0",
}.items():
    rule(what, change("vouchers_invoice", "invoice", value), "never changes")
rule(
    "What is claimed of it follows from its lines.",
    change("vouchers_invoice", "invoice", "claimed = 0"),
    "kept by the database",
)
rule(
    "Whether it counts follows from its claim.",
    change("vouchers_invoice", "invoice", "stands = false"),
    "kept by the database",
)
rule("It is not deleted.", delete("vouchers_invoice", "invoice"), CANNOT_DELETE)
rule(
    "Its file stands as it was sent.",
    change("vouchers_invoicefile", "invoice_file", "sha256 = 'x'"),
    NEITHER,
)

heading("Lines of claims")
rule(
    "A line stays within what the plan says of its milestone.",
    claimed_anew(
        claim={"amount": 3000.01},
        invoice={"net": 9999, "total": 9999},
        line={"declared": 3000.01, "amount": 3000.01},
    ),
    "a milestone bears what is claimed of it",
)
rule(
    "It is of an invoice of its claim.",
    claimed_anew(line={"invoice_id": "%(invoice)s"}),
    "a line belongs to its claim",
)
rule(
    "Nothing is added to a claim that somebody has looked at.",
    another("vouchers_claimline", "paid_line"),
    "a line belongs to its claim",
)
rule(
    "It has no more decimals than its currency.",
    claimed_anew(line={"declared": 1.005, "amount": 1.01}),
    "a line has the decimals of its currency",
)
for says, amount in {"It is worth something.": 0, "And not less than nothing.": -1}.items():
    rule(
        says,
        claimed_anew(line={"declared": amount, "amount": amount}),
        "a_line_is_worth_something",
    )
rule("It never changes.", change("vouchers_claimline", "open_line", "amount = 1"), NEITHER)
rule("It is not deleted.", delete("vouchers_claimline", "open_line"), NEITHER)
