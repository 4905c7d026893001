"""Final reports in versions, and the consent to publish them."""

from tests.integrity.rules.statements import NEITHER, after, another, change, delete, heading, rule

REPORT, VERSION = "vouchers_finalreport", "vouchers_reportversion"
INDICATOR, REMARK = "vouchers_reportedindicator", "vouchers_reportremark"
CONSENT, CALL = "vouchers_publicationconsent", "vouchers_call"


def accepted(by: str, **more: str) -> str:
    also = "".join(f", {name} = {value}" for name, value in more.items())
    return change(
        REPORT,
        "report",
        f"state = 'accepted', accepted_by_id = %({by})s, accepted_at = now(){also}",
    )


heading("Final reports")
rule("What was sent stands.", change(VERSION, "newest_report", "summary = 'Otherwise'"), NEITHER)
rule("It is not taken away.", delete(VERSION, "report_version"), NEITHER)
rule(
    "A reached value stands once it is sent.",
    change(INDICATOR, "reported", "value = 1"),
    NEITHER,
)
rule(
    "No row is added to what was sent.",
    another(INDICATOR, "reported", key="0b8f1c1e-0000-4000-8000-000000000001"),
    "was sent",
)
rule(
    "Versions are counted one by one.",
    another(VERSION, "newest_report", number=7),
    "counted one by one",
)
rule(
    "No more women are reached than members.",
    another(VERSION, "newest_report", number=3, women_reached=9, members_reached=8),
    "a_part_is_at_most_the_whole",
)
rule(
    "A rating has one to five points.",
    another(VERSION, "newest_report", number=3, satisfaction=6),
    "a_rating_is_from_one_to_five",
)
rule(
    "A report stands on its newest version.",
    change(REPORT, "report", "version_id = %(report_version)s"),
    "stands on its newest version",
)
rule(
    "Who sent a report does not accept it.",
    accepted("manager"),
    "a_report_has_four_eyes",
)
rule(
    "Where the call says so, none is accepted before the partner has.",
    after(change(CALL, "call", "plans_to_coordinator = true"), accepted("coordinator")),
    "partner and coordinator accept the reports",
)
rule(
    "Partner and coordinator are two people.",
    after(
        change(
            REPORT,
            "report",
            "state = 'partner_accepted', partner_accepted_by_id = %(officer)s,"
            " partner_accepted_at = now()",
        ),
        accepted("officer"),
    ),
    "a_report_has_third_eyes",
)
rule(
    "Nothing changes in a report that was accepted.",
    after(accepted("officer"), change(REPORT, "report", "return_reason = 'No'")),
    "accepted",
)
rule("What was remarked stands.", change(REMARK, "report_remark", "text = 'x'"), NEITHER)
rule(
    "What was said of publication stands.", change(CONSENT, "consent", "is_given = false"), "append"
)
rule("It is not taken away either.", delete(CONSENT, "consent"), NEITHER)
