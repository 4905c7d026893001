"""Vouchers and deliverables, more time for them, and who acts for their clusters."""

from .statements import CANNOT_DELETE, NEITHER, after, another, change, delete, heading, rule

EXTENSION = "vouchers_extension"
ENDING, SUCCESSION = "vouchers_ending", "vouchers_succession"
VOUCHER, CALL = "vouchers_voucher", "vouchers_call"
GRANTED = "state = 'granted', decided_by_id = %({by})s, decided_at = now()"
NOTICE = (
    "state = 'notice', decided_by_id = %({by})s, decided_at = now(), notice_at = now(),"
    " claims_until = ends_on + 30"
)
OFFICER = GRANTED.format(by="officer")

heading("Vouchers")
rule(
    "A voucher keeps its value.",
    change("vouchers_voucher", "voucher", "amount = 9999"),
    "never changes",
)
rule(
    "What is approved of it follows from the ledger.",
    change("vouchers_voucher", "voucher", "approved = 0"),
    "kept by the database",
)
rule(
    "So does what is paid of it.",
    change("vouchers_voucher", "voucher", "paid = 0"),
    "kept by the database",
)
rule(
    "It is worth what its award says, from the start.",
    another("vouchers_voucher", "voucher", amount="9999.00", approved=0, paid=0),
    "A voucher is worth what its accepted award says",
)
rule(
    "Both begin at nothing.",
    another("vouchers_voucher", "voucher"),
    "kept by the database",
)
rule("A voucher is not deleted.", delete("vouchers_voucher", "voucher"), CANNOT_DELETE)
rule(
    "It is not closed while something that was claimed of it is not decided on.",
    f"UPDATE {VOUCHER} SET state = 'closed', closed_at = now()"
    " WHERE id = (SELECT voucher_id FROM vouchers_claim WHERE id = %(open_claim)s)",
    "is closed once everything that was claimed of it is decided on",
)

heading("Extensions")
rule(
    "Nobody grants what they asked for.",
    change(
        EXTENSION, "extension", "state = 'granted', decided_by_id = asked_by_id, decided_at = now()"
    ),
    "is decided by an officer of the country",
)
rule(
    "Not even who may decide otherwise.",
    after(
        change(EXTENSION, "extension", "state = 'withdrawn'"),
        another(EXTENSION, "extension", state="asked", asked_by_id="%(officer)s"),
        f"UPDATE vouchers_extension SET {OFFICER} WHERE id = 999999999",
    ),
    "an_extension_has_four_eyes",
)
rule(
    "Nor an officer of another country.",
    change(EXTENSION, "extension", GRANTED.format(by="officer_elsewhere")),
    "is decided by an officer of the country",
)
rule(
    "Nor who has a conflict of interest.",
    change(EXTENSION, "extension", GRANTED.format(by="recused")),
    "is decided by an officer of the country",
)
rule(
    "A coordinator comes second where the call says so.",
    after(
        change(CALL, "call", "extensions_to_coordinator = true"),
        change(EXTENSION, "extension", OFFICER),
    ),
    "within what the call allows",
)
rule(
    "No more extensions than the call allows.",
    after(change(CALL, "call", "extensions_most = 0"), change(EXTENSION, "extension", OFFICER)),
    "within what the call allows",
)
rule(
    "Nor more days.",
    after(
        change(CALL, "call", "extension_days_most = 29"), change(EXTENSION, "extension", OFFICER)
    ),
    "within what the call allows",
)
rule(
    "None while the voucher is under notice.",
    after(
        change(ENDING, "ending", NOTICE.format(by="coordinator")),
        change(EXTENSION, "extension", OFFICER),
    ),
    "under notice is not extended",
)
rule(
    "No extension without a reason.",
    after(
        change(EXTENSION, "extension", "state = 'withdrawn'"),
        another(EXTENSION, "extension", state="asked", reason=" "),
    ),
    "an_extension_has_a_reason",
)
rule("One is asked for at a time.", another(EXTENSION, "extension"), "one_extension_is_open")
rule(
    "It is for a later day.",
    after(
        change(EXTENSION, "extension", "state = 'withdrawn'"),
        another(EXTENSION, "extension", state="asked", until="2020-01-01"),
    ),
    "an_extension_is_later",
)
rule(
    "A refusal says why.",
    change(
        EXTENSION,
        "extension",
        "state = 'refused', decided_by_id = %(officer)s, decided_at = now(), answer = ' '",
    ),
    "a_refused_extension_says_why",
)
rule(
    "What was asked for stands.",
    change(EXTENSION, "extension", "until = until + 1"),
    "never changes",
)
rule("It is never deleted.", delete(EXTENSION, "extension"), CANNOT_DELETE)
rule(
    "The end of a voucher moves by an extension alone.",
    change(VOUCHER, "voucher", "valid_until = valid_until + 1"),
    "moves by an extension that is granted",
)

heading("Who acts for the cluster")
rule(
    "It is one of its managers.",
    another(SUCCESSION, "succession", person_id="%(officer)s"),
    "is one of its managers",
)
rule(
    "A stranger names nobody.",
    another(SUCCESSION, "succession", named_by_id="%(officer_elsewhere)s"),
    "names who acts for it",
)
rule(
    "Nobody follows themselves.",
    another(SUCCESSION, "succession", person_id="%(manager)s"),
    "a_succession_changes_the_person",
)
rule(
    "A change has a reason.",
    another(SUCCESSION, "succession", reason=" "),
    "a_succession_has_a_reason",
)
rule("What was noted stands.", change(SUCCESSION, "succession", "since = since + 1"), NEITHER)
