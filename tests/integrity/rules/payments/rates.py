"""Exchange rates: two people for what is typed, the file for what is filed."""

from tests.integrity.rules.statements import (
    CANNOT_DELETE,
    after,
    another,
    change,
    delete,
    heading,
    rule,
)

heading("Exchange rates")

OF_A_FILE = {
    "currency": "MAD",
    "month": "2026-02",
    "units_per_euro": "10.8",
    "source": "file",
    "file_id": "%(rate_file)s",
    "confirmed_by_id": None,
    "confirmed_at": None,
}
TAKEN_OVER = change(
    "vouchers_ratefile", "rate_file", "taken_by_id = uploaded_by_id, taken_at = now()"
)
rule(
    "Nobody confirms a rate that they entered themselves.",
    another("vouchers_exchangerate", "rate", month="2026-03", confirmed_by_id="%(coordinator)s"),
    "a_second_person_confirms_a_rate",
)
rule(
    "A confirmation says who and when.",
    another("vouchers_exchangerate", "rate", month="2026-03", confirmed_by_id=None),
    "a_second_person_confirms_a_rate",
)
rule(
    "Who confirmed a rate is written once.",
    change("vouchers_exchangerate", "rate", "confirmed_by_id = NULL, confirmed_at = NULL"),
    "is written once",
)
rule(
    "A rate from a file names the file.",
    another("vouchers_exchangerate", "rate", **OF_A_FILE | {"file_id": None}),
    "a_rate_has_one_source",
)
rule(
    "It is taken from a file that somebody has taken over.",
    another("vouchers_exchangerate", "rate", **OF_A_FILE),
    "as_its_file_says",
)
for says, changes in {
    "It is as the file says.": {"units_per_euro": "10.9"},
    "Of the month that the file says.": {"month": "2026-03"},
    "Of the currency that the file says.": {"currency": "TND"},
}.items():
    rule(
        says,
        after(TAKEN_OVER, another("vouchers_exchangerate", "rate", **OF_A_FILE | changes)),
        "as_its_file_says",
    )
rule(
    "What a file says stands as it was uploaded.",
    change("vouchers_ratefile", "rate_file", "entries = '[]'"),
    "never changes",
)
rule(
    "Its bytes too.",
    change("vouchers_ratefile", "rate_file", "content = 'x', sha256 = 'x'"),
    "never changes",
)
rule(
    "Who took it over is written with when.",
    change("vouchers_ratefile", "rate_file", "taken_at = now()"),
    "a_file_of_rates_says_who_took_it_over",
)
rule(
    "And once.",
    after(TAKEN_OVER, change("vouchers_ratefile", "rate_file", "taken_at = now() + '1 day'")),
    "is written once",
)
rule("It is not deleted.", delete("vouchers_ratefile", "rate_file"), CANNOT_DELETE)
