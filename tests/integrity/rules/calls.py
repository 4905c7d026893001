"""Calls, applications, scoring and selection."""

from .statements import CANNOT_DELETE, NEITHER, another, change, delete, heading, rule

heading("Calls and quotas")
rule(
    "Scale, thresholds and rules of selection are fixed once a call has opened.",
    change("vouchers_call", "open_call", "total_threshold = 1"),
    "The call is open",
)
rule(
    "So are the criteria.",
    change("vouchers_criterion", "open_criterion", "weight = 1"),
    "The call is open",
)
rule(
    "And what sessions count of their participants.",
    change("vouchers_call", "open_call", "count_women = 'required'"),
    "what its sessions count is fixed",
)
rule(
    "The budget of a decided call stands.",
    change("vouchers_call", "call", "budget = 999999"),
    "is fixed once it is decided",
)
rule(
    "So does the value of its vouchers.",
    change("vouchers_call", "call", "voucher_amount = 9999"),
    "is fixed once it is decided",
)
rule(
    "A decided call is not opened again.",
    change("vouchers_call", "call", "state = 'open'"),
    "Invalid transition",
)
rule(
    "What of the budget is committed is counted, not written.",
    change("vouchers_call", "open_call", "committed = 1"),
    "kept by the database",
)
rule("A call is not deleted.", delete("vouchers_call", "call"), CANNOT_DELETE)
rule(
    "The quotas of a decided call stand.",
    change("vouchers_countryquota", "quota", "vouchers = 50"),
    "The call is decided",
)
rule(
    "No quota is added to it.",
    another("vouchers_countryquota", "quota", country_id="MA"),
    "The call is decided",
)
rule("Nor taken away.", delete("vouchers_countryquota", "quota"), "The call is decided")
rule(
    "How many are awarded is counted, not written.",
    change("vouchers_countryquota", "open_quota", "awarded = 1"),
    "kept by the database",
)

heading("Applications")
rule(
    "An application begins as a draft.",
    another("vouchers_application", "application", reference="SUV-1-LB-9999"),
    "What is new is “draft”",
)
rule(
    "It skips no stage.",
    change("vouchers_application", "draft", "state = 'selected'"),
    "Invalid transition",
)
rule(
    "It stays that of its cluster.",
    change("vouchers_application", "application", "cluster_id = %(other_cluster)s"),
    "never changes",
)
rule(
    "It keeps its reference.",
    change("vouchers_application", "application", "reference = 'SUV-1-LB-0001'"),
    "is written once",
)
rule(
    "It is not deleted.",
    delete("vouchers_application", "application"),
    CANNOT_DELETE,
)
rule(
    "Its answers are fixed once it is submitted.",
    "UPDATE vouchers_answer SET text = 'Better' WHERE application_id = %(application)s",
    "its content is fixed",
)
rule(
    "A declaration on honour stands as it was signed.",
    "UPDATE vouchers_signeddeclaration SET signatory_name = 'Somebody else'",
    NEITHER,
)
rule(
    "Who is shut out by a conflict of interest stays shut out.",
    delete("vouchers_recusal", "recusal"),
    NEITHER,
)
rule(
    "Nor is the conflict told otherwise.",
    change("vouchers_recusal", "recusal", "application_id = %(draft)s"),
    NEITHER,
)

heading("Scoring and selection")
rule(
    "A score is on the scale of its call and stands once it is submitted.",
    "UPDATE vouchers_score SET value = 5",
    "its scores are fixed",
)
rule(
    "Scores are not taken back while the scoring is closed.",
    "UPDATE vouchers_assessment SET state = 'draft'",
    "The scoring of the call is closed",
)
rule(
    "An assessment stays that of its assessor.",
    change("vouchers_assignment", "assignment", "assessor_id = %(coordinator)s"),
    "never changes",
)
rule(
    "The scoring of a call, once closed, is not made anew.",
    "DELETE FROM vouchers_scoringround",
    CANNOT_DELETE,
)
rule(
    "A selection begins as a proposal.",
    another("vouchers_selectionround", "round"),
    "What is new is “proposed”",
)
rule(
    "Its decisions are fixed once it is approved.",
    change("vouchers_decision", "decision", "outcome = 'refuse', departure_reason = 'x'"),
    "its decisions are fixed",
)
rule(
    "Who proposed and approved it stands, with all of it, once it is published.",
    change("vouchers_selectionround", "round", "proposed_by_id = decided_by_id"),
    "changes",
)
rule(
    "An award rests on a published decision about its application.",
    another("vouchers_award", "award", application_id="%(draft)s", state="offered"),
    "An award rests on the published decision",
)
rule(
    "An award keeps its amount.",
    change("vouchers_award", "award", "amount = 9999"),
    "changes",
)
rule("It is not deleted.", delete("vouchers_award", "award"), CANNOT_DELETE)
