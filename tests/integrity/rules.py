"""What the database refuses to the portal's own role: each rule with a statement that breaks it.

A line more: `rule("What holds.", "the statement", "a part of the refusal")` under its heading. Names
like `%(claim)s` are the ids of `world.told_world`; `another(table, like, …)` is a row like one of
those, changed. Then `make integrity` writes docs/integrity.md anew.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

DENIED = "permission denied"
OWNERS = "must be owner"
CANNOT_DELETE = "Cannot delete rows"
CANNOT_UPDATE = "Cannot update rows"
NEITHER = "Cannot update or delete rows"


@dataclass(frozen=True)
class Rule:
    """One rule, what tries to break it, and a part of what PostgreSQL answers."""

    heading: str
    says: str
    statement: str
    answer: str


RULES: list[Rule] = []
_heading = ""


def heading(text: str) -> None:
    global _heading
    _heading = text


def rule(says: str, statement: str, answer: str) -> None:
    RULES.append(Rule(_heading, says, " ".join(statement.split()), answer))


def another(table: str, like: str, **changes: Any) -> str:
    """The statement that inserts a row like the one whose id is called `like`, but for `changes`."""
    changed = json.dumps({"id": 999_999_999, **changes}).replace("'", "''")
    return (
        f"INSERT INTO {table} SELECT (jsonb_populate_record(found, '{changed}')).*"
        f" FROM {table} found WHERE id = %({like})s"
    )


def change(table: str, record: str, what: str) -> str:
    """The statement that changes one row."""
    return f"UPDATE {table} SET {what} WHERE id = %({record})s"


def delete(table: str, record: str) -> str:
    return f"DELETE FROM {table} WHERE id = %({record})s"


def after(*statements: str) -> str:
    """The statements one after another: the last is refused, those before it lead up to it."""
    return "; ".join(statements)


def carried_to(state: str) -> list[str]:
    """The statements that take the open claim to `state`, each step by a person of its own."""
    people = {"verified": "officer", "approved": "coordinator", "ordered": "finance"}
    steps = list(people)
    return [
        change(
            "vouchers_claim",
            "open_claim",
            f"state = '{step}', {step}_by_id = %({people[step]})s, {step}_at = now()",
        )
        for step in steps[: steps.index(state) + 1]
    ]


def invoiced_again(**changes: Any) -> str:
    """The paid claim's invoice, for the other milestone: its claim is withdrawn, another is made."""
    later = ("verified", "approved", "ordered", "paid")
    return after(
        change(
            "vouchers_claim",
            "open_claim",
            "state = 'withdrawn', withdrawn_by_id = submitted_by_id, withdrawn_at = now()",
        ),
        another(
            "vouchers_claim",
            "claim",
            milestone_id="%(open_milestone)s",
            state="submitted",
            **{f"{step}_{what}": None for step in later for what in ("by_id", "at")},
            **changes,
        ),
    )


# An officer's word that the invoice of the paid claim pays for the other milestone as well.
SHARED = change(
    "vouchers_claim",
    "claim",
    "shared_by_id = %(officer)s, shared_at = now(), shared_reason = 'One invoice for both'",
)
NOW = "2026-01-15T12:00:00Z"

# ------------------------------------------------------------------------------------------------
heading("The role")
rule("No table is emptied.", "TRUNCATE vouchers_ledgerentry CASCADE", DENIED)
rule("No table is made.", "CREATE TABLE mine (number int)", DENIED)
rule("Not even for the session.", "CREATE TEMPORARY TABLE mine (number int)", DENIED)
rule("No table is changed.", "ALTER TABLE vouchers_claim DROP COLUMN paid_by_id", OWNERS)
rule("No table is dropped.", "DROP TABLE vouchers_claim CASCADE", OWNERS)
rule("No trigger is switched off.", "ALTER TABLE vouchers_claim DISABLE TRIGGER ALL", OWNERS)
rule("Nor all of them at once.", "SET session_replication_role = replica", DENIED)
rule(
    "Nor by the variable that the trigger library reads.",
    "SELECT set_config('pgtrigger.ignore', '{%(append_only_trigger)s}', true);"
    " DELETE FROM vouchers_ledgerentry",
    NEITHER,
)
rule("No function is replaced.", "DROP FUNCTION _pgh_attach_context()", OWNERS)
rule("Nobody becomes the owner.", "SET ROLE portal_owner", DENIED)
rule("Nobody gives rights to anybody.", "ALTER ROLE portal SUPERUSER", DENIED)

heading("History")
rule(
    "Who did it, in which action and why stands once the transaction has ended.",
    """UPDATE pghistory_context SET metadata = '{"user": 1}'""",
    DENIED,
)
rule("It is not taken away.", "DELETE FROM pghistory_context", DENIED)
rule("Nor emptied.", "TRUNCATE pghistory_context CASCADE", DENIED)
rule("What happened is not rewritten.", "UPDATE vouchers_claimevent SET amount = 1", DENIED)
rule("Nor taken away.", "DELETE FROM vouchers_claimevent", DENIED)
rule("Nor emptied.", "TRUNCATE vouchers_claimevent", DENIED)
rule(
    "Nothing is added that did not happen.",
    "INSERT INTO vouchers_claimevent SELECT * FROM vouchers_claimevent",
    DENIED,
)
rule(
    "Which migrations ran is the owner's to say.",
    "DELETE FROM django_migrations",
    DENIED,
)

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

heading("Plan and deliverables")
rule(
    "An approved plan stands.",
    change("vouchers_plan", "plan", "objective = 'Another one'"),
    "changes no more",
)
rule(
    "So do its milestones and their amounts.",
    change("vouchers_milestone", "milestone", "amount = 1"),
    "The plan is approved",
)
rule(
    "No milestone is added to it.",
    another("vouchers_milestone", "milestone", position=9),
    "The plan is approved",
)
rule("Nor taken away.", delete("vouchers_milestone", "milestone"), "The plan is approved")
rule(
    "An accepted deliverable keeps its file.",
    change("vouchers_deliverable", "deliverable", "sha256 = 'f'"),
    "never changes",
)
rule(
    "And those who accepted it.",
    change("vouchers_deliverable", "deliverable", "accepted_by_id = %(coordinator)s"),
    "changes no more",
)

heading("Claims")
rule(
    "A claim begins as submitted: none is born paid.",
    another("vouchers_claim", "claim"),
    "What is new is “submitted”",
)
rule(
    "Nor with the people of later steps.",
    another("vouchers_claim", "claim", state="submitted"),
    "is written when the state becomes",
)
rule(
    "It skips no step.",
    change("vouchers_claim", "open_claim", "state = 'paid'"),
    "Invalid transition",
)
rule(
    "Its amount never changes.",
    change("vouchers_claim", "open_claim", "amount = 1"),
    "never changes",
)
rule(
    "Nor its currency and rate.",
    change("vouchers_claim", "open_claim", "currency = 'USD', rate_units_per_euro = 2"),
    "never changes",
)
rule(
    "Nor its invoice.",
    change("vouchers_claim", "claim", "invoice_number = 'INV-1'"),
    "never changes",
)
rule(
    "Who took a step stands.",
    change("vouchers_claim", "claim", "paid_by_id = %(coordinator)s"),
    "changes no more",
)
rule(
    "Nobody is named for a step before it is taken.",
    change("vouchers_claim", "open_claim", "approved_by_id = %(coordinator)s"),
    "is written when the state becomes",
)
rule(
    "Each step has its own person.",
    change(
        "vouchers_claim",
        "open_claim",
        "state = 'verified', verified_by_id = submitted_by_id, verified_at = now()",
    ),
    "each_step_of_a_claim_has_its_own_person",
)
rule(
    "Nothing of a paid claim changes.",
    change("vouchers_claim", "claim", "return_reason = 'x'"),
    "changes no more",
)
rule("A claim is not deleted.", delete("vouchers_claim", "claim"), CANNOT_DELETE)
rule(
    "A returned claim has no approval that is not corrected.",
    after(
        *carried_to("approved"),
        another(
            "vouchers_ledgerentry", "entry", claim_id="%(open_claim)s", amount="%(open_amount)s"
        ),
        change("vouchers_claim", "open_claim", "state = 'returned', return_reason = 'x'"),
    ),
    "a returned claim has an entry in the ledger that is not corrected",
)

heading("Invoices")
rule(
    "An invoice of a provider is claimed once.",
    invoiced_again(),
    "an_invoice_is_claimed_once",
)
rule(
    "That a new claim says it is shared is not enough: the claim that stands must say so.",
    invoiced_again(shared_by_id="%(officer)s", shared_at=NOW, shared_reason="x"),
    "an invoice is claimed once",
)
rule(
    "Nor is it shared without a person and a reason.",
    change("vouchers_claim", "claim", "shared_at = now()"),
    "an_invoice_is_shared_for_a_reason",
)
rule(
    "All claims of a shared invoice name the same total.",
    after(SHARED, invoiced_again(invoice_total=999999)),
    "an invoice has one total",
)
rule(
    "Together they stay within it.",
    after(SHARED, invoiced_again()),
    "claims exceed their invoice",
)
rule(
    "So does each claim alone.",
    another("vouchers_claim", "open_claim", invoice_total=1),
    "a_claim_is_at_most_its_invoice",
)
rule(
    "An invoice has a number.",
    another("vouchers_claim", "open_claim", invoice_key=""),
    "an_invoice_has_a_number",
)
rule(
    "Its total never changes.",
    change("vouchers_claim", "open_claim", "invoice_total = 999999"),
    "never changes",
)
rule(
    "Nor the number as it is compared.",
    change("vouchers_claim", "open_claim", "invoice_key = 'another'"),
    "never changes",
)
rule(
    "Nor its provider.",
    change("vouchers_claim", "open_claim", "provider_id = 0"),
    "never changes",
)

heading("Ledger, orders and rates")
rule(
    "An entry is never changed.",
    change("vouchers_ledgerentry", "entry", "amount = 1"),
    NEITHER,
)
rule("Nor deleted.", delete("vouchers_ledgerentry", "entry"), NEITHER)
rule(
    "Nothing is entered that no claim says.",
    another("vouchers_ledgerentry", "entry", amount="1.00"),
    "an entry states the amount of its claim",
)
rule(
    "A claim that is not approved has no approval.",
    another("vouchers_ledgerentry", "entry", claim_id="%(open_claim)s"),
    "an entry states the amount of its claim",
)
rule(
    "The approval of an approved claim states the amount of the claim.",
    after(
        *carried_to("approved"),
        another("vouchers_ledgerentry", "entry", claim_id="%(open_claim)s", amount="1.00"),
    ),
    "an entry states the amount of its claim",
)
rule(
    "An entry stands on the voucher of its claim.",
    another("vouchers_ledgerentry", "entry", voucher_id=0),
    "an entry stands on the voucher of its claim",
)
rule(
    "Nothing is entered twice.",
    another("vouchers_ledgerentry", "payment", amount="%(amount)s"),
    "one_entry_per_claim_and_kind",
)
for what, changes in {
    "amount": {"amount": "-1.00"},
    "kind": {"amount": "-%(amount)s", "kind": "payment"},
    "claim": {"amount": "-%(amount)s", "claim_id": "%(open_claim)s"},
}.items():
    rule(
        f"A counter-entry has the {what} of what it corrects.",
        another("vouchers_ledgerentry", "entry", corrects_id="%(entry)s", note="x", **changes),
        "a counter-entry mirrors claim, kind and amount",
    )
rule(
    "It says why.",
    another("vouchers_ledgerentry", "payment", corrects_id="%(payment)s", amount="-%(amount)s"),
    "a_counter_entry_is_negative_and_explained",
)
rule(
    "What is paid stays approved.",
    another(
        "vouchers_ledgerentry", "entry", corrects_id="%(entry)s", note="x", amount="-%(amount)s"
    ),
    "only_what_is_approved_is_paid",
)
rule(
    "An order keeps its payee.",
    change("vouchers_paymentorder", "order", "payee = 'Somebody else'"),
    "never changes",
)
rule(
    "And its account.",
    change("vouchers_paymentorder", "order", "bank_account = 'LB00'"),
    "never changes",
)
rule(
    "And its amount.",
    change("vouchers_paymentorder", "order", "amount = 1"),
    "never changes",
)
rule(
    "When it was paid, and under which reference of the bank, is written once.",
    change("vouchers_paymentorder", "order", "bank_reference = 'BK1'"),
    "is written once",
)
rule(
    "No order is made for a claim that is not being ordered.",
    another("vouchers_paymentorder", "order", claim_id="%(open_claim)s", reference="P9"),
    "An order pays the amount of a claim",
)
rule("An order is not deleted.", delete("vouchers_paymentorder", "order"), CANNOT_DELETE)
NEXT_ORDER = {"claim_id": "%(open_claim)s", "amount": "%(open_amount)s", "reference": "P9"}
rule(
    "A reference of the bank stands for one payment of the paying account.",
    after(*carried_to("ordered"), another("vouchers_paymentorder", "order", **NEXT_ORDER)),
    "one_payment_per_bank_reference",
)
NEXT_ORDER |= {
    "bank_reference": "",
    "bank_reference_key": "",
    "paying_account": "",
    "paid_on": None,
}
ACCOUNT_REPLACED = change("vouchers_provideraccount", "account", "replaced_at = now()")
rule(
    "No order goes to an account that nobody verified.",
    after(
        *carried_to("ordered"),
        ACCOUNT_REPLACED,
        another(
            "vouchers_provideraccount",
            "account",
            replaced_at=None,
            verified_by_id=None,
            verified_at=None,
        ),
        another("vouchers_paymentorder", "order", **NEXT_ORDER, account_id=999_999_999),
    ),
    "the account is not verified",
)
rule(
    "Nor to one that is replaced.",
    after(
        *carried_to("ordered"),
        ACCOUNT_REPLACED,
        another("vouchers_paymentorder", "order", **NEXT_ORDER),
    ),
    "the account is not verified",
)
rule(
    "Nor under another number than that of the account.",
    after(
        *carried_to("ordered"),
        another("vouchers_paymentorder", "order", **NEXT_ORDER, bank_account="LB00"),
    ),
    "the account is not verified",
)
rule(
    "Nobody verifies the account that they entered.",
    after(
        ACCOUNT_REPLACED,
        another(
            "vouchers_provideraccount",
            "account",
            replaced_at=None,
            verified_by_id=None,
            verified_at=None,
        ),
        "UPDATE vouchers_provideraccount SET verified_by_id = entered_by_id, verified_at = now()"
        " WHERE replaced_at IS NULL AND verified_at IS NULL",
    ),
    "nobody_verifies_a_provider_account_of_their_own",
)
rule(
    "Who verified an account is written once.",
    change("vouchers_provideraccount", "account", "verified_by_id = entered_by_id"),
    "is written once",
)
rule(
    "A claim without a rate has none of its own making.",
    another("vouchers_claim", "open_claim", currency="USD", rate_units_per_euro="1.0"),
    "a claim keeps the rate of its row",
)
rule(
    "An account of a provider stands as it was entered.",
    change("vouchers_provideraccount", "account", "account = 'LB00'"),
    "fixed_when_entered",
)
rule("It is not deleted.", delete("vouchers_provideraccount", "account"), CANNOT_DELETE)

rule(
    "A rate stands as it was entered: claims rest on it.",
    change("vouchers_exchangerate", "rate", "units_per_euro = 111"),
    "never changes",
)
rule("It is not deleted.", delete("vouchers_exchangerate", "rate"), CANNOT_DELETE)
AT_THE_RATE = {
    "currency": "USD",
    "currency_amount": "110.000",
    "rate_id": "%(rate)s",
    "rate_month": "2026-01",
    "rate_units_per_euro": "1.1",
    "amount": "100.00",
}
RATE_REPLACED = change("vouchers_exchangerate", "rate", "replaced_at = now()")
rule(
    "One rate of a currency and month stands.",
    another("vouchers_exchangerate", "rate"),
    "one_rate_per_currency_and_month",
)
rule(
    "A rate is not replaced while a claim rests on it.",
    after(invoiced_again(**AT_THE_RATE, invoice_key="another"), RATE_REPLACED),
    "claims rest on this rate",
)
rule(
    "One that corrects another says why.",
    after(
        RATE_REPLACED,
        another("vouchers_exchangerate", "rate", replaced_at=None, corrects_id="%(rate)s"),
    ),
    "a_corrected_rate_says_why",
)
for says, changes in {
    "A claim is held to the rate of its row.": {"rate_units_per_euro": "2", "amount": "55.00"},
    "To its month.": {"rate_month": "2026-02"},
    "To its currency.": {"currency": "TND"},
    "It is worth what the rate makes of its amount.": {"amount": "110.00"},
}.items():
    rule(
        says,
        another("vouchers_claim", "open_claim", **AT_THE_RATE | changes),
        "a claim keeps the rate of its row",
    )
rule(
    "No claim is made at a rate that is replaced.",
    after(RATE_REPLACED, another("vouchers_claim", "open_claim", **AT_THE_RATE)),
    "a claim keeps the rate of its row",
)
rule(
    "A claim in euro is worth its amount.",
    another("vouchers_claim", "open_claim", amount="1.00"),
    "a claim in euro keeps its amount",
)
rule(
    "A claim in another currency has a rate.",
    another("vouchers_claim", "open_claim", currency="USD"),
    "a_foreign_claim_keeps_its_rate",
)

heading("People")
rule(
    "A role that was given stays on record.",
    delete("accounts_rolegrant", "grant"),
    CANNOT_DELETE,
)
rule(
    "It is not turned into another.",
    change("accounts_rolegrant", "grant", "role = 'finance'"),
    "never changes",
)
rule(
    "Nor into one that somebody else gave.",
    change("accounts_rolegrant", "grant", "granted_by_id = %(coordinator)s"),
    "never changes",
)
rule(
    "A revoked role does not come back.",
    change("accounts_rolegrant", "revoked_grant", "revoked_at = NULL"),
    "is written once",
)

rule(
    "Nobody gives a role to themselves.",
    another("accounts_rolegrant", "grant", role="auditor", granted_by_id="%(coordinator)s"),
    "nobody_gives_themselves_a_role",
)
for says, role, holder in (
    ("A role that decides needs the word of a second person.", "coordinator", "auditor"),
    ("So does one that pays.", "finance", "auditor"),
    ("So does one that gives roles.", "administrator", "auditor"),
):
    rule(
        says,
        another(
            "accounts_rolegrant",
            "grant",
            user_id=f"%({holder})s",
            role=role,
            granted_by_id="%(administrator)s",
            confirmed_by_id=None,
            confirmed_at=None,
        ),
        "weighty_roles_are_confirmed",
    )
for says, second in (
    ("The second person is not the one who gave it.", "administrator"),
    ("Nor the one who gets it.", "auditor"),
):
    rule(
        says,
        another(
            "accounts_rolegrant",
            "grant",
            user_id="%(auditor)s",
            role="finance",
            granted_by_id="%(administrator)s",
            confirmed_by_id=f"%({second})s",
            confirmed_at=NOW,
        ),
        "a_third_person_confirms_a_role",
    )
rule(
    "An invitation to such a role is not taken up before a second person confirmed it.",
    change(
        "accounts_invitation", "invitation", "accepted_by_id = %(auditor)s, accepted_at = now()"
    ),
    "weighty_invitations_are_confirmed_first",
)
rule(
    "Nobody confirms the invitation that they sent.",
    change(
        "accounts_invitation",
        "invitation",
        "confirmed_by_id = invited_by_id, confirmed_at = now()",
    ),
    "somebody_else_confirms_an_invitation",
)
for says, taker in (
    ("Nobody takes up the role that they sent.", "invited_by_id"),
    ("Nor the one that they confirmed.", "%(coordinator)s"),
):
    rule(
        says,
        change(
            "accounts_invitation",
            "invitation",
            "confirmed_by_id = %(coordinator)s, confirmed_at = now(),"
            f" accepted_by_id = {taker}, accepted_at = now()",
        ),
        "nobody_takes_up_what_they_offered",
    )
rule(
    "An invitation is not turned into one to another role.",
    change("accounts_invitation", "invitation", "role = 'auditor'"),
    "never changes",
)
for says, role, country in (
    ("No administrator is a coordinator.", "coordinator", ""),
    ("Nor a country-partner officer.", "officer", "LB"),
    ("Nor a finance officer.", "finance", ""),
):
    rule(
        says,
        another(
            "accounts_rolegrant",
            "grant",
            user_id="%(administrator)s",
            role=role,
            country_code=country,
        ),
        f"Nobody may be administrator and {role} at once",
    )
rule(
    "Nobody holds two roles that the programme's policy keeps apart.",
    another("accounts_rolegrant", "grant", role="finance"),
    "Nobody may be coordinator and finance at once",
)
EXCLUDED = (
    "INSERT INTO accounts_roleexclusion (first, second, reason, decided_at)"
    " VALUES ('auditor', 'coordinator', 'x', now())"
)
rule(
    "No two roles are kept apart while somebody holds both.",
    after(another("accounts_rolegrant", "grant", role="auditor"), EXCLUDED),
    "Somebody is auditor and coordinator now",
)
rule(
    "That two roles are kept apart stays on record.",
    "DELETE FROM accounts_roleexclusion",
    CANNOT_DELETE,
)
rule(
    "Nor does a pair become another.",
    "UPDATE accounts_roleexclusion SET second = 'officer'",
    "never changes",
)
rule(
    "A pair that was lifted does not come back.",
    after(
        "UPDATE accounts_roleexclusion SET lifted_at = now()",
        "UPDATE accounts_roleexclusion SET lifted_at = NULL",
    ),
    "is written once",
)
rule(
    "Who represents a cluster holds no role.",
    another("accounts_rolegrant", "grant", user_id="%(manager)s", role="assessor"),
    "Who represents a cluster holds no role",
)
rule(
    "Who holds a role represents no cluster.",
    another("clusters_representative", "representative", user_id="%(assessor)s"),
    "Who holds a role represents no cluster",
)
rule(
    "Nor takes the place of somebody who does.",
    change("clusters_representative", "representative", "user_id = %(assessor)s"),
    "Who holds a role represents no cluster",
)
rule(
    "A name is one line.",
    change("accounts_user", "coordinator", "full_name = concat('Maya', chr(10), 'Khoury')"),
    "a_name_is_one_line",
)
for says, second in (
    ("Another administrator confirms that second factors are taken off an account.", "asked_by_id"),
    ("Not the one whose account it is.", "person_id"),
):
    rule(
        says,
        change(
            "accounts_factorreset", "reset", f"confirmed_by_id = {second}, confirmed_at = now()"
        ),
        "a_second_administrator_confirms_a_reset",
    )
rule(
    "Nobody asks for that on their own account.",
    another("accounts_factorreset", "reset", person_id="%(administrator)s"),
    "nobody_resets_their_own_factors",
)

heading("Letters and messages")
rule(
    "What a letter states is fixed when it is issued.",
    "UPDATE documents_document SET facts = '{}'",
    CANNOT_UPDATE,
)
rule("A letter is not deleted.", "DELETE FROM documents_document", CANNOT_DELETE)
