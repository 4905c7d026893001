"""The answer to an award: signatures under its agreement, and more time to give them."""

from tests.integrity.rules.statements import NEITHER, after, another, change, delete, heading, rule

SIGNATURE, EXTENSION = "vouchers_agreementsignature", "vouchers_awardextension"
SECOND, NEW = "vouchers_countersignature", 999_999_999
OWN = {"award_id": "%(open_award)s", "declaration_id": "%(open_declaration)s"}

heading("Signatures under agreements")
rule(
    "A voucher is issued once its agreement is signed by whoever accepted the award.",
    after(
        change(
            "vouchers_award",
            "open_award",
            "state = 'accepted', answered_by_id = %(officer)s, answered_at = now()",
        ),
        another(
            "vouchers_voucher", "voucher", award_id="%(open_award)s", approved=0, paid=0, released=0
        ),
    ),
    "A voucher is issued once its agreement is signed",
)
rule(
    "So it is not where somebody else signed than who accepted.",
    after(
        another(SIGNATURE, "signature", **OWN),
        change(
            "vouchers_award",
            "open_award",
            "state = 'accepted', answered_by_id = %(officer)s, answered_at = now()",
        ),
        another(
            "vouchers_voucher", "voucher", award_id="%(open_award)s", approved=0, paid=0, released=0
        ),
    ),
    "A voucher is issued once its agreement is signed",
)
rule(
    "An agreement is signed while its award is offered.",
    another(SIGNATURE, "signature"),
    "An agreement is signed while its award is offered",
)
rule(
    "A signature keeps the very text that was signed.",
    another(SIGNATURE, "signature", **OWN, text="Another text"),
    "keeps the text whose fingerprint it bears",
)
rule(
    "It affirms the declaration of its own application.",
    another(SIGNATURE, "signature", award_id="%(open_award)s"),
    "affirms the declaration of its own application",
)
rule(
    "Nobody signs without a name.",
    another(SIGNATURE, "signature", **OWN, name=""),
    "a_signature_has_name_and_function",
)
rule(
    "Nor without a function.",
    another(SIGNATURE, "signature", **OWN, function=""),
    "a_signature_has_name_and_function",
)
rule(
    "An agreement is signed once.",
    after(another(SIGNATURE, "signature", **OWN), another(SIGNATURE, "signature", **OWN, id=1)),
    "duplicate key",
)
rule(
    "What was signed never changes.",
    change(SIGNATURE, "signature", "text = 'Another'"),
    NEITHER,
)
rule("A signature is not taken back.", delete(SIGNATURE, "signature"), NEITHER)
rule(
    "A cluster that is paid itself has an account before its voucher is issued.",
    after(
        change("clusters_bankaccount", "paid_account", "replaced_at = now()"),
        another(SIGNATURE, "signature", **OWN),
        change(
            "vouchers_award",
            "open_award",
            "state = 'accepted', answered_at = now(), answered_by_id = ("
            "SELECT signed_by_id FROM vouchers_agreementsignature WHERE id = %(signature)s)",
        ),
        another(
            "vouchers_voucher", "voucher", award_id="%(open_award)s", approved=0, paid=0, released=0
        ),
    ),
    "a cluster that is paid says where",
)

rule(
    "An agreement asks for a second signature where its call does.",
    another(SIGNATURE, "signature", **OWN, needs_countersignature=False),
    "An agreement is counter-signed where its call says so",
)

heading("Counter-signatures")
# The voucher of the open award, whose agreement the cluster has just signed.
ONE_SIDED = after(
    another(SIGNATURE, "signature", **OWN),
    change(
        "vouchers_award",
        "open_award",
        "state = 'accepted', answered_at = now(), answered_by_id = ("
        "SELECT signed_by_id FROM vouchers_agreementsignature WHERE id = %(signature)s)",
    ),
    another(
        "vouchers_voucher", "voucher", award_id="%(open_award)s", approved=0, paid=0, released=0
    ),
)


def second(**changes: object) -> str:
    """A coordinator signs what the cluster has just signed, but for `changes`."""
    return after(ONE_SIDED, another(SECOND, "countersignature", voucher_id=NEW, **changes))


rule(
    "Nothing is approved for a voucher before its agreement is counter-signed.",
    after(ONE_SIDED, f"UPDATE vouchers_voucher SET approved = 1 WHERE id = {NEW}"),
    "Nothing is approved before a coordinator has counter-signed",
)
rule(
    "No contract is concluded before.",
    after(
        ONE_SIDED,
        f"INSERT INTO vouchers_contract (voucher_id, amount, entered_at) VALUES ({NEW}, 1, now())",
    ),
    "No contract is concluded before a coordinator has counter-signed",
)
rule(
    "What is counter-signed is what the cluster signed, word for word.",
    second(sha256="0" * 64),
    "what the cluster signed, word for word",
)
rule(
    "Whoever signed for the cluster does not counter-sign.",
    second(signed_by_id="%(manager)s"),
    "does not counter-sign",
)
rule(
    "Nor does an officer of its country partner.",
    second(signed_by_id="%(officer)s"),
    "does not counter-sign",
)
rule(
    "A coordinator does, and no other staff.",
    second(signed_by_id="%(finance)s"),
    "A coordinator counter-signs, free of a conflict of interest",
)
rule(
    "A coordinator with a conflict of interest does not.",
    another(SECOND, "countersignature", signed_by_id="%(recused)s"),
    "A coordinator counter-signs, free of a conflict of interest",
)
rule(
    "Nobody counter-signs without a name.",
    second(name=""),
    "a_countersignature_has_name_and_function",
)
rule(
    "Nor without a function.",
    second(function=""),
    "a_countersignature_has_name_and_function",
)
rule(
    "An agreement is counter-signed once.",
    another(SECOND, "countersignature"),
    "duplicate key",
)
rule(
    "What was counter-signed never changes.",
    change(SECOND, "countersignature", "name = 'Another'"),
    NEITHER,
)
rule("A counter-signature is not taken back.", delete(SECOND, "countersignature"), NEITHER)
rule(
    "A call that is open goes on to have its agreements counter-signed.",
    change("vouchers_call", "call", "countersigned = false"),
    "its agreements are counter-signed, as it says",
)

heading("More time to accept")
rule(
    "The last day for answering an award is moved by an extension, and by nothing else.",
    change("vouchers_award", "open_award", "accept_by = accept_by + 1"),
    "is moved by an extension",
)
rule(
    "Nor is it brought forward.",
    change("vouchers_award", "open_award", "accept_by = accept_by - 1"),
    "is moved by an extension",
)
rule(
    "An extension gives more time, not less.",
    f"INSERT INTO {EXTENSION} (award_id, was, until, reason, granted_by_id, granted_at)"
    " SELECT id, accept_by, accept_by - 1, 'x', %(coordinator)s, now() FROM vouchers_award"
    " WHERE id = %(open_award)s",
    "an_answer_is_given_more_time_not_less",
)
rule(
    "It says why.",
    f"INSERT INTO {EXTENSION} (award_id, was, until, reason, granted_by_id, granted_at)"
    " SELECT id, accept_by, accept_by + 1, '', %(coordinator)s, now() FROM vouchers_award"
    " WHERE id = %(open_award)s",
    "more_time_for_an_answer_has_a_reason",
)
rule(
    "It begins with the day that holds.",
    another(EXTENSION, "award_extension"),
    "within the time of assistance",
)
rule(
    "It stays within the time of assistance.",
    f"INSERT INTO {EXTENSION} (award_id, was, until, reason, granted_by_id, granted_at)"
    " SELECT id, accept_by, accept_by + 3000, 'x', %(coordinator)s, now() FROM vouchers_award"
    " WHERE id = %(open_award)s",
    "within the time of assistance",
)
rule(
    "What was answered is given no time.",
    f"INSERT INTO {EXTENSION} (award_id, was, until, reason, granted_by_id, granted_at)"
    " SELECT id, accept_by, accept_by + 1, 'x', %(coordinator)s, now() FROM vouchers_award"
    " WHERE id = %(award)s",
    "within the time of assistance",
)
rule(
    "It stands as it was given.",
    change(EXTENSION, "award_extension", "reason = 'Another'"),
    NEITHER,
)
rule("It is not taken back.", delete(EXTENSION, "award_extension"), NEITHER)
