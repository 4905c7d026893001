"""Follow-up surveys: made of closed vouchers, answered by their link until they end."""

from tests.integrity.rules.statements import (
    CANNOT_DELETE,
    NEITHER,
    WITHDRAWN,
    after,
    change,
    heading,
    rule,
)

VOUCHER, SURVEY, LINK = "vouchers_voucher", "vouchers_survey", "vouchers_surveylink"
ANSWER, ROW, DRAFT = "vouchers_surveyanswer", "vouchers_surveyedindicator", "vouchers_surveydraft"
CALL = "vouchers_call"
# Of rows that a statement makes before the one that is refused.
ONE = 999_999_999

CLOSED = after(
    WITHDRAWN,
    change(VOUCHER, "voucher", "state = 'closed', closed_at = now() - interval '6 months 3 days'"),
)


def made(pk: int = ONE, months: int = 6, due: str = "current_date - 3", days: int = 30) -> str:
    """A survey that has been due for three days."""
    return (
        f"INSERT INTO {SURVEY} (id, voucher_id, months, due_on, ends_on, ends_at, made_at, versions)"
        f" VALUES ({pk}, %(voucher)s, {months}, {due}, {due} + {days},"
        f" ({due} + {days})::timestamp AT TIME ZONE 'UTC' + interval '22 hours', now(), 0)"
    )


def linked(
    pk: int = ONE, to: str = "manager", mail: str = "first", expires: str = "now()", more: str = "a"
) -> str:
    """Its link, for a representative."""
    return (
        f"INSERT INTO {LINK} (id, survey_id, person_id, mail, name, email, language, digest, seed,"
        " issued_at, expires_at, next_attempt_at, attempts, last_error)"
        f" VALUES ({pk}, {ONE}, %({to})s, '{mail}',"
        f" 'Amal', 'amal@example.org', 'en', '{more * 64}', '', now(), {expires}, now(), 0, '')"
    )


def answered(number: int = 1, at: str = "now()", turnover: str = "NULL", link: int = ONE) -> str:
    """What was sent by it."""
    return (
        f"INSERT INTO {ANSWER} (id, survey_id, number, turnover_change, words, link_id, sent_at)"
        f" VALUES ({ONE + number}, {ONE}, {number}, {turnover}, '', {link}, {at})"
    )


def row(value: str = "3") -> str:
    """An indicator of it."""
    return (
        f"INSERT INTO {ROW} (id, answer_id, position, key, code, name, unit, baseline, target,"
        f" reported, value, note) VALUES ({ONE}, {ONE + 1}, 1,"
        f" '0b8f1c1e-0000-4000-8000-000000000001', '', 'Exporters', '', 1, 5, 2, {value}, '')"
    )


COUNTED = f"UPDATE {SURVEY} SET versions = 1, answered_at = now() WHERE id = {ONE}"
ASKED = (CLOSED, made(), linked())

heading("Follow-up surveys")
rule("A survey follows a voucher that is closed.", made(), "follows a closed voucher")
rule("It follows after the months of its call.", after(CLOSED, made(months=7)), "follows a closed")
rule("On their day.", after(CLOSED, made(due="current_date - 12")), "follows a closed voucher")
rule("It ends thirty days later.", after(CLOSED, made(days=31)), "ends thirty days after")
rule(
    "It is made once.",
    after(CLOSED, made(), made(pk=ONE - 1)),
    "one_survey_per_voucher_and_months",
)
rule(
    "Its days stand.",
    after(CLOSED, made(), f"UPDATE {SURVEY} SET ends_on = ends_on + 1 WHERE id = {ONE}"),
    "never changes",
)
rule(
    "It is not taken away.",
    after(CLOSED, made(), f"DELETE FROM {SURVEY} WHERE id = {ONE}"),
    CANNOT_DELETE,
)
rule(
    "When and what is asked is fixed once the call is open.",
    change(CALL, "open_call", "first_survey_months = 3"),
    "is fixed",
)
rule(
    "A link goes to a representative of the cluster.",
    after(CLOSED, made(), linked(to="officer")),
    "goes to a representative",
)
rule(
    "One link stands for a survey.",
    after(*ASKED, linked(pk=ONE - 1, mail="anew", more="b")),
    "one_link_stands_for_a_survey",
)
rule(
    "Each mail goes once.",
    after(
        *ASKED,
        f"UPDATE {LINK} SET replaced_at = now() WHERE id = {ONE}",
        linked(pk=ONE - 1, more="b"),
    ),
    "each_mail_of_a_survey_goes_once",
)
rule(
    "No link works longer than its survey.",
    after(CLOSED, made(), linked(expires="now() + interval '40 days'")),
    "ends with it",
)
rule(
    "Nothing is taken after the end.",
    after(*ASKED, answered(at="now() + interval '40 days'")),
    "has ended",
)
rule(
    "Nothing is kept after it either.",
    after(
        *ASKED,
        f"INSERT INTO {DRAFT} (survey_id, typed, seen_as, link_id, changed_at)"
        f" VALUES ({ONE}, '{{}}', 1, {ONE}, now() + interval '40 days')",
    ),
    "has ended",
)
rule("Versions of a survey are counted one by one.", after(*ASKED, answered(2)), "one by one")
rule(
    "A turnover falls by all at most.",
    after(*ASKED, answered(turnover="-101")),
    "a_turnover_falls_by_all_at_most",
)
rule(
    "NaN is no change of it.",
    after(*ASKED, answered(turnover="'NaN'")),
    "a_turnover_falls_by_all_at_most",
)
rule(
    "NaN is no value of an indicator.",
    after(*ASKED, answered(), row("'NaN'")),
    "a_surveyed_value_is_a_number",
)
rule(
    "No value is below zero where none was.",
    after(*ASKED, answered(), row("-1")),
    "a_surveyed_value_is_a_number",
)
rule(
    "No row is added to what was sent of a survey.",
    after(*ASKED, answered(), COUNTED, row()),
    "was sent",
)
rule(
    "What was sent of a survey stands.",
    after(*ASKED, answered(), f"UPDATE {ANSWER} SET words = 'x' WHERE id = {ONE + 1}"),
    NEITHER,
)
rule(
    "Its values stand.",
    after(*ASKED, answered(), row(), f"UPDATE {ROW} SET value = 1 WHERE id = {ONE}"),
    NEITHER,
)
rule(
    "A survey counts what was sent of it.",
    after(*ASKED, COUNTED),
    "counts the versions",
)
