"""Sanctions and ceilings."""

from .payments.paying import out_with_the_bank
from .statements import (
    CANNOT_DELETE,
    NEITHER,
    after,
    another,
    carried_to,
    change,
    delete,
    heading,
    rule,
)

LIST, SCREENING, HIT = "vouchers_sanctionslist", "vouchers_screening", "vouchers_sanctionshit"
WORD, OVERRIDE = "vouchers_hitdecision", "vouchers_ceilingoverride"
BY = "decided_by_id = %(coordinator)s, decided_at = now()"
REFUSED = "a provider is screened before money is promised or paid"
# Another screening of the payee of the claims, of long ago.
OLD = after(
    change(SCREENING, "clear_screening", "ended_at = now()"),
    another(SCREENING, "clear_screening", screened_at="2020-01-15T12:00:00Z"),
)

heading("Lists of sanctions")
rule(
    "A list stays the file that was uploaded.",
    change(LIST, "sanctions_list", f"sha256 = '{'0' * 64}'"),
    "never changes",
)
rule(
    "When it was put in force is written once.",
    change(LIST, "sanctions_list", "in_force_at = now()"),
    "is written once",
)
rule(
    "A list is kept for ever.",
    delete(LIST, "sanctions_list"),
    CANNOT_DELETE,
)
rule(
    "The same file is uploaded once.",
    another(LIST, "sanctions_list", state="pending", in_force_at=None, in_force_by_id=None),
    "a_list_of_sanctions_is_uploaded_once",
)
NOT_READ = {"state": "pending", "sha256": "1" * 64, "in_force_at": None, "in_force_by_id": None}
OLDER = another(LIST, "sanctions_list", listed_on="2020-01-01", **NOT_READ)
NEWER = another(LIST, "sanctions_list", listed_on="2999-01-01", **NOT_READ)
MADE = "WHERE id = 999999999"
rule(
    "A list that is not read is not put in force.",
    after(
        NEWER,
        f"UPDATE {LIST} SET in_force_at = now() + interval '1 hour', in_force_by_id = %(finance)s"
        f" {MADE}",
    ),
    "only_a_list_that_is_read_is_in_force",
)
rule(
    "An older list never takes the place of a newer one.",
    after(
        OLDER,
        f"UPDATE {LIST} SET state = 'ready', in_force_at = now(), in_force_by_id = %(finance)s {MADE}",
    ),
    "a newer list is in force",
)
rule(
    "What a list says of somebody stands.",
    change("vouchers_listedentity", "listed_entity", "programme = ''"),
    NEITHER,
)
rule("And how they are called.", delete("vouchers_listedname", "listed_name"), NEITHER)
rule(
    "Nobody is added to a list that is read.",
    another("vouchers_listedentity", "listed_entity", reference="EU.1"),
    "stands once it is read",
)
rule(
    "Nor a name.",
    another("vouchers_listedname", "listed_name", name="Somebody"),
    "stands once it is read",
)

heading("Screenings")
rule(
    "A screening keeps what it compared.",
    change(SCREENING, "screening", "names = ARRAY['Nobody']"),
    "never changes",
)
rule(
    "One of a payee stands.", another(SCREENING, "screening"), "one_screening_of_a_provider_stands"
)
rule(
    "It is of one payee.",
    another(SCREENING, "screening", provider_id=None),
    "a_screening_is_of_one_payee",
)
rule(
    "It looks close enough, whatever the settings say.",
    another(SCREENING, "screening", threshold=93, ended_at="2026-01-15T12:00:00Z"),
    "a_screening_looks_close_enough",
)
rule(
    "It is no screening of a day to come.",
    another(
        SCREENING, "screening", screened_at="2999-01-01T12:00:00Z", ended_at="2026-01-15T12:00:00Z"
    ),
    "screened against a list that is in force",
)
rule("It is never deleted.", delete(SCREENING, "screening"), CANNOT_DELETE)
rule(
    "No claim is approved whose payee is not screened against the list in force.",
    after(change(SCREENING, "clear_screening", "ended_at = now()"), *carried_to("approved")),
    REFUSED,
)
rule(
    "Nor while a likeness is to be decided.",
    after(another(HIT, "likeness", screening_id="%(clear_screening)s"), *carried_to("approved")),
    REFUSED,
)
rule(
    "Nor after the names of the payee or its owners have changed.",
    after(
        "INSERT INTO vouchers_beneficialowner (provider_id, name, share)"
        " SELECT provider_id, 'Somebody Else', 50 FROM vouchers_claim WHERE id = %(open_claim)s",
        *carried_to("approved"),
    ),
    REFUSED,
)
rule("Nor on a screening that is too old.", after(OLD, *carried_to("approved")), REFUSED)
rule(
    "What is approved is not ordered either.",
    after(
        *out_with_the_bank()[:-1],
        change(SCREENING, "clear_screening", "ended_at = now()"),
        out_with_the_bank()[-1],
    ),
    REFUSED,
)
rule("A likeness keeps its score.", change(HIT, "likeness", "score = 1"), "never changes")
rule("It is never deleted.", delete(HIT, "likeness"), CANNOT_DELETE)
rule(
    "Nobody clears it without a word of somebody.",
    after(
        another(HIT, "likeness", screening_id="%(clear_screening)s"),
        f"UPDATE {HIT} SET state = 'cleared' {MADE}",
    ),
    "a likeness is decided by people",
)
rule(
    "It is held for the same by the word of somebody.",
    change(HIT, "likeness", "state = 'same'"),
    "a likeness is decided by people",
)
rule(
    "What was held for the same is told apart by two people.",
    after(
        another(WORD, "word", verdict="same"),
        change(HIT, "likeness", "state = 'same'"),
        change(HIT, "likeness", "state = 'half'"),
        change(HIT, "likeness", "state = 'cleared'"),
    ),
    "a likeness is decided by people",
)
rule("A person says so once.", another(WORD, "word"), "a_person_says_so_once")
rule(
    "For a reason.",
    another(WORD, "word", decided_by_id="%(coordinator)s", reason=""),
    "a_likeness_is_decided_for_a_reason",
)
rule("What somebody said stands.", change(WORD, "word", "reason = 'Else'"), NEITHER)

heading("Ceilings of legal entities")
rule(
    "Nobody grants their own exception.",
    change(
        OVERRIDE,
        "override",
        "state = 'granted', decision_reason = 'x', decided_by_id = asked_by_id, decided_at = now()",
    ),
    "nobody_grants_their_own_exception",
)
rule(
    "It says who decided, and why.",
    change(OVERRIDE, "override", f"state = 'granted', {BY}"),
    "an_exception_says_who_decided_and_why",
)
rule(
    "The sum that was asked for stands.",
    change(OVERRIDE, "override", "up_to = 999999"),
    "never changes",
)
rule(
    "One is asked for at a time.",
    another(OVERRIDE, "override"),
    "one_exception_is_asked_for_at_a_time",
)
rule(
    "What is decided changes no more.",
    after(
        change(OVERRIDE, "override", f"state = 'refused', decision_reason = 'x', {BY}"),
        change(OVERRIDE, "override", "decision_reason = 'y'"),
    ),
    "changes no more",
)
rule("It is never deleted.", delete(OVERRIDE, "override"), CANNOT_DELETE)
rule(
    "No claim is approved above the ceiling of its legal entity.",
    after(
        another(
            "vouchers_earliermoney",
            "override_money",
            amount=59000,
            taken_back_at=None,
            taken_back_by_id=None,
            taken_back_reason="",
        ),
        *carried_to("approved"),
    ),
    "a legal entity receives no more than its ceiling",
)
