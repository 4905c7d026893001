"""Claims and their invoices."""

from .statements import (
    CANNOT_DELETE,
    NOW,
    SHARED,
    after,
    another,
    carried_to,
    change,
    delete,
    entry,
    heading,
    invoiced_again,
    legs,
    rule,
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
    "Nor its currency and rate.",
    change("vouchers_claim", "open_claim", "currency = 'USD', rate_units_per_euro = 2"),
    "never changes",
)
rule(
    "Nor its invoice.",
    change("vouchers_claim", "claim", "invoice_number = 'INV-1'"),
    "never changes",
)
rule(
    "Who took a step stands.",
    change("vouchers_claim", "claim", "paid_by_id = %(coordinator)s"),
    "changes no more",
)
rule(
    "Nobody is named for a step before it is taken.",
    change("vouchers_claim", "open_claim", "approved_by_id = %(coordinator)s"),
    "is written when the state becomes",
)
rule(
    "Each step has its own person.",
    change(
        "vouchers_claim",
        "open_claim",
        "state = 'verified', verified_by_id = submitted_by_id, verified_at = now()",
    ),
    "each_step_of_a_claim_has_its_own_person",
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
    change("vouchers_claim", "claim", "shared_at = now()"),
    "an_invoice_is_shared_for_a_reason",
)
rule(
    "All claims of a shared invoice name the same total.",
    after(SHARED, invoiced_again(invoice_total=999999)),
    "an invoice has one total",
)
rule(
    "Together they stay within it.",
    after(SHARED, invoiced_again()),
    "claims exceed their invoice",
)
rule(
    "So does each claim alone.",
    another("vouchers_claim", "open_claim", invoice_total=1),
    "a_claim_is_at_most_its_invoice",
)
rule(
    "An invoice has a number.",
    another("vouchers_claim", "open_claim", invoice_key=""),
    "an_invoice_has_a_number",
)
rule(
    "Its total never changes.",
    change("vouchers_claim", "open_claim", "invoice_total = 999999"),
    "never changes",
)
rule(
    "Nor the number as it is compared.",
    change("vouchers_claim", "open_claim", "invoice_key = 'another'"),
    "never changes",
)
rule(
    "Nor its provider.",
    change("vouchers_claim", "open_claim", "provider_id = 0"),
    "never changes",
)
