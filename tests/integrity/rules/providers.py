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
    "A quote is in one of those.",
    "INSERT INTO vouchers_quote (invitation_id, state, version, currency)"
    " VALUES (1, 'draft', 1, 'USD')",
    "one of the currencies that its terms name",
)
rule(
    "Nobody says at which rate quotes are compared: it is that of the month of the deadline.",
    "INSERT INTO vouchers_quoterate (terms_id, currency, month, units_per_euro, rate_id, taken_at)"
    " VALUES (1, 'TND', '2026-11', 1, 1, now())",
    "at the rate of the month of their deadline",
)
