"""Records of needs."""

from tests.integrity.rules.statements import another, change, delete, heading, rule

heading("Records of needs")
rule(
    "A record stays in force until both sides have confirmed its correction.",
    change("vouchers_needsrecord", "needs_record", "state = 'replaced', replaced_at = now()"),
    "stays in force until",
)
rule(
    "What both sides confirmed is not changed.",
    change("vouchers_needsrecord", "needs_record", "decisions = 'Others'"),
    "confirmed or replaced changes no more",
)
rule(
    "Nor is a need in it.",
    change("vouchers_need", "need", "what = 'Something else'"),
    "this is fixed",
)
rule(
    "Nor is one taken out.",
    delete("vouchers_need", "need"),
    "this is fixed",
)
rule(
    "A correction says what it corrects, and why.",
    another(
        "vouchers_needsrecord",
        "needs_record",
        number=2,
        state="draft",
        confirmed_at=None,
        cluster_confirmed_by_id=None,
        cluster_confirmed_at=None,
        partner_confirmed_by_id=None,
        partner_confirmed_at=None,
    ),
    "a_corrected_needs_record_says_why",
)
rule(
    "It is not deleted.",
    delete("vouchers_needsrecord", "needs_record"),
    "What was shared is kept",
)
rule(
    "A file that was shared with a record is not taken out of it.",
    change("vouchers_needsfile", "needs_file", "removed_at = now()"),
    "this is fixed",
)
rule(
    "Nor does another one take its place.",
    change("vouchers_needsfile", "needs_file", "sha256 = repeat('0', 64)"),
    "never changes",
)
rule(
    "Nor is it deleted.",
    delete("vouchers_needsfile", "needs_file"),
    "this is fixed",
)
