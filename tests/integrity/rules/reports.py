"""Reports of periods."""

from .statements import NEITHER, another, change, delete, heading, rule

REPORT = "reports_periodreport"

heading("Reports of periods")
rule(
    "There is one report of a kind, a call, a country and a period.",
    another(REPORT, "period_report"),
    "one_report_of_a_period",
)
rule(
    "A period does not end before it starts.",
    another(REPORT, "period_report", first="2026-02-01", last="2026-01-31"),
    "a_period_ends_after_it_starts",
)
rule(
    "A report is of days that have come.",
    another(REPORT, "period_report", last="2100-01-01"),
    "a report is of days that have come",
)
rule(
    "Progress is reported of a country.",
    another(REPORT, "period_report", kind="progress", country_id=None),
    "progress_is_reported_of_a_country",
)
rule(
    "A report is of a country that takes part in the call.",
    another(REPORT, "period_report", country_id="TN"),
    "a country that takes part in the call",
)
rule(
    "It stays a report of its period.",
    change(REPORT, "period_report", "first = '2020-01-01'"),
    NEITHER,
)
rule("It is not deleted.", delete(REPORT, "period_report"), NEITHER)
