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
