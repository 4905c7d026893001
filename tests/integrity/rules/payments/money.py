"""Orders and rates."""

from typing import Any

from tests.integrity.rules.statements import (
    CANNOT_DELETE,
    after,
    another,
    carried_to,
    change,
    claimed_anew,
    delete,
    heading,
    rule,
)

from .paying import NEXT_BATCH, NEXT_ORDER, PAID_BY_THE_BOOKER, out_with_the_bank

heading("Orders and rates")
rule(
    "An order keeps its payee.",
    change("vouchers_paymentorder", "order", "payee = 'Somebody else'"),
    "never changes",
)
rule(
    "And its account.",
    change("vouchers_paymentorder", "order", "bank_account = 'LB00'"),
    "never changes",
)
rule(
    "And its amount.",
    change("vouchers_paymentorder", "order", "amount = 1"),
    "never changes",
)
rule(
    "When it was paid, and under which reference of the bank, is written once.",
    change("vouchers_paymentorder", "order", "bank_reference = 'BK1'"),
    "is written when the state becomes",
)
rule(
    "No order is made for a claim that is not approved.",
    after(NEXT_BATCH, another("vouchers_paymentorder", "order", **NEXT_ORDER)),
    "An order pays the amount of a claim",
)
rule("An order is not deleted.", delete("vouchers_paymentorder", "order"), CANNOT_DELETE)
rule(
    "A reference of the bank stands for one payment of the paying account.",
    after(
        *out_with_the_bank(),
        change("vouchers_claim", "open_claim", PAID_BY_THE_BOOKER),
        "UPDATE vouchers_paymentorder SET state = 'paid', paid_on = found.paid_on,"
        " bank_reference = 'x', bank_reference_key = found.bank_reference_key,"
        " paying_account = found.paying_account FROM vouchers_paymentorder found"
        " WHERE vouchers_paymentorder.id = 999999999 AND found.id = %(order)s",
    ),
    "one_payment_per_bank_reference",
)
ACCOUNT_REPLACED = change("vouchers_provideraccount", "account", "replaced_at = now()")
rule(
    "No order goes to an account that nobody verified.",
    after(
        *carried_to("approved"),
        NEXT_BATCH,
        ACCOUNT_REPLACED,
        another(
            "vouchers_provideraccount",
            "account",
            replaced_at=None,
            verified_by_id=None,
            verified_at=None,
            usable_from=None,
        ),
        another("vouchers_paymentorder", "order", **NEXT_ORDER, account_id=999_999_999),
    ),
    "the account is not verified",
)
rule(
    "Nor to one that is replaced.",
    after(
        *carried_to("approved"),
        NEXT_BATCH,
        ACCOUNT_REPLACED,
        another("vouchers_paymentorder", "order", **NEXT_ORDER),
    ),
    "the account is not verified",
)
rule(
    "Nor under another number than that of the account.",
    after(
        *carried_to("approved"),
        NEXT_BATCH,
        another("vouchers_paymentorder", "order", **NEXT_ORDER, bank_account="LB00"),
    ),
    "the account is not verified",
)
rule(
    "Nobody verifies the account that they entered.",
    after(
        ACCOUNT_REPLACED,
        another(
            "vouchers_provideraccount",
            "account",
            replaced_at=None,
            verified_by_id=None,
            verified_at=None,
            usable_from=None,
        ),
        "UPDATE vouchers_provideraccount SET verified_by_id = entered_by_id, verified_at = now()"
        " WHERE replaced_at IS NULL AND verified_at IS NULL",
    ),
    "nobody_verifies_a_provider_account_of_their_own",
)
rule(
    "Who verified an account is written once.",
    change("vouchers_provideraccount", "account", "verified_by_id = entered_by_id"),
    "is written once",
)
rule(
    "A line without a rate has none of its own making.",
    claimed_anew(invoice={"currency": "USD"}, line={"rate_units_per_euro": "1.0"}),
    "a line keeps the rate of its row",
)
rule(
    "An account of a provider stands as it was entered.",
    change("vouchers_provideraccount", "account", "account = 'LB00'"),
    "fixed_when_entered",
)
rule("It is not deleted.", delete("vouchers_provideraccount", "account"), CANNOT_DELETE)

rule(
    "A rate stands as it was entered: claims rest on it.",
    change("vouchers_exchangerate", "rate", "units_per_euro = 111"),
    "never changes",
)
rule("It is not deleted.", delete("vouchers_exchangerate", "rate"), CANNOT_DELETE)
IN_DOLLARS = {"currency": "USD", "net": 110, "total": 110, "invoiced_on": "2026-01-31"}
AT_THE_RATE = {
    "declared": "110.000",
    "rate_id": "%(rate)s",
    "rate_month": "2026-01",
    "rate_units_per_euro": "1.1",
    "amount": "100.00",
}


def in_dollars(**changes: Any) -> str:
    return claimed_anew({"amount": "100.00"}, IN_DOLLARS, AT_THE_RATE | changes)


RATE_REPLACED = change("vouchers_exchangerate", "rate", "replaced_at = now()")
rule(
    "One rate of a currency and month stands.",
    another("vouchers_exchangerate", "rate"),
    "one_rate_per_currency_and_month",
)
rule(
    "A rate is not replaced while a claim rests on it.",
    after(in_dollars(), RATE_REPLACED),
    "claims rest on this rate",
)
rule(
    "One that corrects another says why.",
    after(
        RATE_REPLACED,
        another("vouchers_exchangerate", "rate", replaced_at=None, corrects_id="%(rate)s"),
    ),
    "a_corrected_rate_says_why",
)
for says, changes in {
    "A line is held to the rate of its row.": {"rate_units_per_euro": "2", "amount": "55.00"},
    "To its month.": {"rate_month": "2026-02"},
    "It is worth what the rate makes of its amount.": {"amount": "110.00"},
}.items():
    rule(says, in_dollars(**changes), "a line keeps the rate of its row")
rule(
    "To its currency.",
    claimed_anew({"amount": "100.00"}, IN_DOLLARS | {"currency": "TND"}, AT_THE_RATE),
    "a line keeps the rate of its row",
)
rule(
    "No line is made at a rate that is replaced.",
    after(RATE_REPLACED, in_dollars()),
    "a line keeps the rate of its row",
)
rule(
    "A line takes the rate of the month that the call says.",
    claimed_anew({"amount": "100.00"}, IN_DOLLARS | {"invoiced_on": "2026-02-01"}, AT_THE_RATE),
    "a line takes the rate of the month that the call says",
)
rule(
    "No line is made at a rate that no second person has confirmed.",
    after(
        another(
            "vouchers_exchangerate",
            "rate",
            month="2026-02",
            confirmed_by_id=None,
            confirmed_at=None,
        ),
        claimed_anew(
            {"amount": "100.00"},
            IN_DOLLARS | {"invoiced_on": "2026-02-01"},
            AT_THE_RATE | {"rate_id": 999_999_999, "rate_month": "2026-02"},
        ),
    ),
    "a line takes a rate that somebody vouches for",
)
rule(
    "A line in euro is worth its amount.",
    claimed_anew(line={"amount": "1.00"}),
    "a line in euro keeps its amount",
)
rule(
    "A line in another currency has a rate.",
    claimed_anew(invoice={"currency": "USD"}),
    "a line keeps the rate of its row",
)
