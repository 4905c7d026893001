"""Versions of what is handed in, their files and points."""

from tests.integrity.rules.statements import NEITHER, another, change, heading, rule

TABLE = "vouchers_deliverable"
_NOBODY = {
    f"{step}_{what}": None for step in ("cluster_accepted", "accepted") for what in ("by_id", "at")
}

heading("Deliverables")
rule(
    "What was handed in stands.",
    change(TABLE, "deliverable", "summary = 'Something else'"),
    "never changes",
)
rule(
    "And those who accepted it.",
    change(TABLE, "deliverable", "accepted_by_id = %(coordinator)s"),
    "changes no more",
)
rule(
    "A file of a version keeps its bytes.",
    change("vouchers_deliverablefile", "deliverable_file", "sha256 = 'f'"),
    NEITHER,
)
rule(
    "No file is added to a version that is accepted.",
    another("vouchers_deliverablefile", "deliverable_file"),
    "this is fixed",
)
rule(
    "Versions are numbered without gaps.",
    another(TABLE, "deliverable", number=7, changes="All", state="submitted", **_NOBODY),
    "numbered in order",
)
rule(
    "From the second on a version says what changed.",
    another(TABLE, "deliverable", number=2, changes="", state="submitted", **_NOBODY),
    "a_later_version_says_what_changed",
)
rule(
    "One version of a milestone stands at a time.",
    another(TABLE, "deliverable", number=2, changes="All", state="submitted", **_NOBODY),
    "one_standing_deliverable_per_milestone",
)
rule(
    "It stands who handed it in, a person or a provider by its link.",
    another(
        TABLE,
        "deliverable",
        number=2,
        changes="All",
        state="submitted",
        submitted_by_id=None,
        **_NOBODY,
    ),
    "a_deliverable_says_who_handed_it_in",
)
rule(
    "Nothing more is found on a version that is accepted.",
    'INSERT INTO vouchers_deliverablepoint (deliverable_id, side, "where", text, weight, made_by_id,'
    " made_at) VALUES (%(deliverable)s, 'cluster', 'Page 1', 'Wrong', 'must', %(manager)s, now())",
    "this is fixed",
)
