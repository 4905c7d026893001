"""What providers say of themselves."""

from .statements import CANNOT_DELETE, another, change, delete, heading, rule

UPDATE, FILE = "vouchers_providerupdate", "vouchers_providerfile"

heading("Providers about themselves")
rule(
    "What a provider sent changes no more.",
    change(UPDATE, "update", 'facts = \'{"town": "Tyre"}\''),
    "never changes",
)
rule(
    "It stands who took it over.",
    change(UPDATE, "update", "state = 'taken_over'"),
    "an_update_says_who_decided_on_it",
)
rule(
    "It is not taken over for a reason.",
    change(UPDATE, "update", "state = 'returned', decided_by_id = %(officer)s, decided_at = now()"),
    "an_update_is_returned_for_a_reason",
)
rule(
    "One waits at a time.",
    another(UPDATE, "update"),
    "one_update_of_a_provider_waits",
)
rule("It is never deleted.", delete(UPDATE, "update"), CANNOT_DELETE)
rule(
    "A file that came by a link was approved by somebody, or waits.",
    change(FILE, "own_file", "approved_at = now()"),
    "a_file_by_a_link_waits_for_approval",
)
rule(
    "It stays the file that was added.",
    change(FILE, "own_file", f"sha256 = '{'0' * 64}'"),
    "never changes",
)
rule("It is taken out, and never deleted.", delete(FILE, "own_file"), CANNOT_DELETE)

heading("Quotes and their currencies")
rule(
    "In which currencies providers may quote is fixed once a call is open.",
    "UPDATE vouchers_purchaserules SET quote_currencies = '{EUR,USD}' WHERE call_id = %(open_call)s",
    "The call is open",
)
rule(
    "A request for quotes names none that its call does not.",
    "INSERT INTO vouchers_termsofreference (voucher_id, state, answers, currencies)"
    " VALUES (%(voucher)s, 'draft', 0, '{EUR,USD}')",
    "or in another currency that the call names",
)
rule(
    "Nor the money of another country, which the call names for that one.",
    "INSERT INTO vouchers_termsofreference (voucher_id, state, answers, currencies)"
    " VALUES (%(voucher)s, 'draft', 0, '{EUR,TND}')",
    "that the call names for their country",
)
rule(
    "A quote is in one of those.",
    another("vouchers_quote", "quote", state="draft", sent_at=None, version=9, currency="USD"),
    "one of the currencies that its terms name",
)
rule(
    "Quotes are compared at the rate of the month of their deadline, and at no other.",
    another("vouchers_quoterate", "quote_rate", units_per_euro=1),
    "at the rate of the month of their deadline",
)
rule(
    "Nobody writes it down, right as it may be.",
    another("vouchers_quoterate", "quote_rate"),
    "taken from the table of rates by itself",
)
rule(
    "Nor takes it away.",
    delete("vouchers_quoterate", "quote_rate"),
    "taken from the table of rates by itself",
)
rule(
    "It stays the rate by which was chosen.",
    change("vouchers_quoterate", "quote_rate", "units_per_euro = 1"),
    "never changes",
)
rule(
    "A quote is chosen at its price in euros.",
    another("vouchers_quotechoice", "quote_choice", amount="3919.37"),
    "keeps the price of its quote in EUR",
)
rule(
    "One that comes to more than the providers were told is not chosen.",
    another(
        "vouchers_quotechoice",
        "quote_choice",
        quote_id="%(dear_quote)s",
        amount="4997.21",
        reason="It knows the fairs.",
    ),
    "no more than the providers were told",
)
