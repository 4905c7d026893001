"""Amendments of agreements: who draws them up, both signatures, and what they move."""

from hashlib import sha256

from tests.integrity.rules.agreements.answers import NEW, ONE_SIDED
from tests.integrity.rules.statements import (
    CANNOT_DELETE,
    NEITHER,
    after,
    another,
    change,
    delete,
    heading,
    rule,
)

AMENDMENT, ARTICLE = "vouchers_amendment", "vouchers_amendedarticle"
SIGNATURE, VOUCHER = "vouchers_amendmentsignature", "vouchers_voucher"
REPRESENTATIVE = "clusters_representative"
OPEN = "%(amendment)s"
# The open one gives way to another, which is numbered as it was.
WITHDRAWN = change(
    AMENDMENT,
    "amendment",
    "state = 'withdrawn', closing_reason = 'x', closed_by_id = %(coordinator)s",
)
AGAIN = {"state": "drawn_up", "closing_reason": "", "closed_by_id": None}
SIGNED = change(AMENDMENT, "amendment", "state = 'signed'")
IN_FORCE = change(AMENDMENT, "amendment", "state = 'in_force', in_force_at = now()")
FIRST = another(SIGNATURE, "first_signature", amendment_id=OPEN)


def renewed(**changes: object) -> str:
    """Another amendment like the open one, which was withdrawn before, but for `changes`."""
    return after(WITHDRAWN, another(AMENDMENT, "amendment", **{**AGAIN, **changes}))


def second(**changes: object) -> str:
    """The open one, signed by the cluster and then for the programme, but for `changes`."""
    row = {"id": 1, "amendment_id": OPEN, **changes}
    return after(FIRST, SIGNED, another(SIGNATURE, "second_signature", **row))


def manages_by_now(who: str) -> tuple[str, str]:
    """A coordinator who left the programme, and acts for the cluster since."""
    return (
        "UPDATE accounts_rolegrant SET revoked_at = now()"
        f" WHERE user_id = %({who})s AND revoked_at IS NULL",
        change(REPRESENTATIVE, "representative", f"user_id = %({who})s"),
    )


# More time that an officer agrees to, which the next amendment brings.
WITH_TIME = after(
    change(
        "vouchers_extension",
        "extension",
        "state = 'agreed', agreed_by_id = %(officer)s, agreed_at = now()",
    ),
    renewed(extension_id="%(extension)s"),
)
ALL_IS_WRITTEN = "SET CONSTRAINTS ALL IMMEDIATE"


def of_the_new(state: str) -> str:
    """The statement that moves the renewed amendment on."""
    at = ", in_force_at = now()" if state == "in_force" else ""
    return f"UPDATE {AMENDMENT} SET state = '{state}'{at} WHERE id = {NEW}"


heading("Amendments of agreements")
rule(
    "Only an agreement that both sides signed is amended.",
    after(ONE_SIDED, another(AMENDMENT, "amendment", voucher_id=NEW, number=1)),
    "An agreement is amended that both sides signed",
)
rule(
    "A coordinator draws an amendment up, no officer.",
    renewed(drawn_up_by_id="%(officer)s"),
    "A coordinator draws an amendment up",
)
rule(
    "Nor a coordinator with a conflict of interest.",
    renewed(drawn_up_by_id="%(recused)s"),
    "A coordinator draws an amendment up",
)
rule(
    "Amendments are numbered after those in force.",
    renewed(number=7),
    "An amendment is the next after those in force",
)
rule(
    "It brings more time that was agreed to.",
    renewed(extension_id="%(extension)s"),
    "moves the end as it was agreed for its own voucher",
)
rule(
    "One is open at a time.",
    another(AMENDMENT, "amendment"),
    "one_amendment_is_open",
)
rule("It says why.", renewed(reason=" "), "an_amended_agreement_says_why")
rule(
    "An amendment changes something.",
    after(renewed(), f"UPDATE {AMENDMENT} SET state = 'signed' WHERE id = {NEW}"),
    "An amendment changes at least one article",
)
rule(
    "What it changes says something else than before.",
    another(
        ARTICLE,
        "amended_article",
        amendment_id=OPEN,
        stood="The provider speaks Arabic.",
    ),
    "an_amended_article_says_something_else",
)
rule(
    "Each article is amended once in it.",
    after(
        another(ARTICLE, "amended_article", amendment_id=OPEN),
        another(ARTICLE, "amended_article", amendment_id=OPEN, id=1),
    ),
    "an_article_is_amended_once",
)
rule(
    "Nothing is added to what was signed.",
    another(ARTICLE, "amended_article", number=9),
    "this is fixed",
)
rule(
    "Nor is it changed.",
    change(ARTICLE, "amended_article", "stands = 'Another'"),
    NEITHER,
)
rule("Nor taken away.", delete(ARTICLE, "amended_article"), NEITHER)
rule(
    "It is signed once a manager of the cluster has signed it.",
    SIGNED,
    "A manager of the cluster signs an amendment first",
)
rule(
    "A coordinator does not sign for the cluster.",
    another(SIGNATURE, "first_signature", amendment_id=OPEN, signed_by_id="%(coordinator)s"),
    "A manager signs an amendment for the cluster",
)
rule(
    "Nor who drew it up, and manages the cluster by now.",
    after(
        *manages_by_now("coordinator"),
        another(SIGNATURE, "first_signature", amendment_id=OPEN, signed_by_id="%(coordinator)s"),
    ),
    "who never stood for the programme",
)
rule(
    "Nor who counter-signed an amendment of the agreement before.",
    after(
        *manages_by_now("recused"),
        another(SIGNATURE, "first_signature", amendment_id=OPEN, signed_by_id="%(recused)s"),
    ),
    "who never stood for the programme",
)
rule(
    "It is in force once it is counter-signed.",
    after(FIRST, SIGNED, IN_FORCE),
    "in force once the programme has signed it too",
)
rule(
    "Whoever drew it up does not counter-sign.",
    second(signed_by_id="%(coordinator)s"),
    "is counter-signed by another person than who drew it up",
)
rule(
    "Nor does an officer of the country.",
    second(signed_by_id="%(officer)s"),
    "of no other side",
)
rule(
    "Nor a manager of the cluster.",
    second(signed_by_id="%(manager)s"),
    "of no other side",
)
rule(
    "Nor a manager who left the cluster after having signed for it, and coordinates by now.",
    after(
        FIRST,
        SIGNED,
        delete(REPRESENTATIVE, "representative"),
        another("accounts_rolegrant", "grant", user_id="%(manager)s"),
        another(SIGNATURE, "second_signature", amendment_id=OPEN, signed_by_id="%(manager)s"),
    ),
    "of no other side",
)
rule(
    "Nor other staff.",
    second(signed_by_id="%(finance)s"),
    "A coordinator counter-signs an amendment",
)
rule(
    "Nor a coordinator with a conflict of interest.",
    second(signed_by_id="%(recused)s"),
    "A coordinator counter-signs an amendment",
)
rule(
    "The programme does not sign before the cluster.",
    another(SIGNATURE, "second_signature", amendment_id=OPEN),
    "The cluster signs an amendment first",
)
rule(
    "A signature keeps the very text that was signed.",
    another(SIGNATURE, "first_signature", amendment_id=OPEN, text="Another text"),
    "Both sign the same text",
)
rule(
    "The programme signs what the cluster signed.",
    second(text="x", sha256=sha256(b"x").hexdigest()),
    "Both sign the same text",
)
rule(
    "Each side signs once.",
    after(FIRST, another(SIGNATURE, "first_signature", amendment_id=OPEN, id=1)),
    "each_side_signs_an_amendment_once",
)
rule(
    "Nobody signs without a name.",
    another(SIGNATURE, "first_signature", amendment_id=OPEN, name=""),
    "a_signature_under_an_amendment_has_a_name",
)
rule(
    "What was signed never changes.",
    change(SIGNATURE, "first_signature", "text = 'Another'"),
    NEITHER,
)
rule("A signature is not taken back.", delete(SIGNATURE, "second_signature"), NEITHER)
rule(
    "One that is refused or withdrawn says why.",
    change(AMENDMENT, "amendment", "state = 'withdrawn', closed_by_id = %(coordinator)s"),
    "an_amendment_that_ends_says_why",
)
rule(
    "None is in force without its instant.",
    change(AMENDMENT, "amendment", "in_force_at = now()"),
    "an_amendment_in_force_says_since_when",
)
rule(
    "What an amendment is about never changes.",
    change(AMENDMENT, "amendment", "sign_by = sign_by + 1"),
    "never changes",
)
rule(
    "What is in force changes no more.",
    change(AMENDMENT, "held_amendment", "closing_reason = 'x'"),
    "changes no more",
)
rule(
    "More time that an amendment in force brings is granted with it.",
    after(
        WITH_TIME,
        another(SIGNATURE, "first_signature", amendment_id=NEW),
        of_the_new("signed"),
        another("accounts_rolegrant", "grant", user_id="%(officer_elsewhere)s"),
        another(
            SIGNATURE,
            "second_signature",
            id=1,
            amendment_id=NEW,
            signed_by_id="%(officer_elsewhere)s",
        ),
        of_the_new("in_force"),
        ALL_IS_WRITTEN,
    ),
    "is granted with it",
)
rule(
    "More time is not taken back, and its amendment left open.",
    after(
        WITH_TIME, change("vouchers_extension", "extension", "state = 'withdrawn'"), ALL_IS_WRITTEN
    ),
    "is closed with it",
)
rule("An amendment is not deleted.", delete(AMENDMENT, "amendment"), CANNOT_DELETE)
rule(
    "A voucher whose agreement both sides sign ends later by an amendment alone.",
    after(
        change(
            "vouchers_extension",
            "extension",
            "state = 'granted', decided_by_id = %(officer)s, decided_at = now()",
        ),
        f"UPDATE {VOUCHER} SET valid_until = (SELECT until FROM vouchers_extension"
        " WHERE id = %(extension)s) WHERE id = %(voucher)s",
    ),
    "moves by an amendment in force",
)
