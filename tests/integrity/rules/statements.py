"""What rules are made of: their list, and the statements that try to break them."""

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


def controlled(
    found: str = "line.amount, 0, '', '', 0, '', false", by: str = "officer", **more: str
) -> str:
    """The open claim is controlled by a person; `found` says of its line what follows its amount."""
    said = {"answers": "'[]'", "sample_reason": "''", "number": "1", "reason": "''", **more}
    return after(
        "INSERT INTO vouchers_control"
        " (claim_id, number, made_by_id, made_at, answers, sample_reason, reason)"
        f" VALUES (%(open_claim)s, {said['number']}, %({by})s, now(), {said['answers']},"
        f" {said['sample_reason']}, {said['reason']})",
        "INSERT INTO vouchers_controlledline (control_id, line_id, amount, eligible, deducted,"
        " error_type, reason, parked, park_reason, sampled)"
        f" SELECT control.id, line.id, line.amount, {found} FROM vouchers_control control"
        " JOIN vouchers_claimline line ON line.claim_id = control.claim_id"
        f" WHERE control.claim_id = %(open_claim)s AND control.number = {said['number']}",
    )


def verified(
    by: str = "officer", eligible: str = "amount", needed: int = 1, policy: str = "%(policy)s"
) -> str:
    """It is verified, which a control came before."""
    return change(
        "vouchers_claim",
        "open_claim",
        f"state = 'verified', verified_by_id = %({by})s, verified_at = now(),"
        f" eligible = {eligible}, policy_id = {policy}, approvals_needed = {needed},"
        " control_id = (SELECT max(id) FROM vouchers_control WHERE claim_id = %(open_claim)s)",
    )


def approval(by: str = "coordinator", number: int = 1) -> str:
    """The word of one person that it is approved."""
    return (
        "INSERT INTO vouchers_claimapproval (claim_id, control_id, number, person_id, at)"
        f" SELECT id, control_id, {number}, %({by})s, now() FROM vouchers_claim"
        " WHERE id = %(open_claim)s"
    )


def said_back(by: str = "coordinator", reason: str = "'Which day?'") -> str:
    """The word of an approver that the control is done anew."""
    return (
        "INSERT INTO vouchers_sentback (claim_id, control_id, reason, sent_by_id, sent_at)"
        f" SELECT claim_id, id, {reason}, %({by})s, now() FROM vouchers_control"
        " WHERE claim_id = %(open_claim)s ORDER BY number DESC LIMIT 1"
    )


def gone_back(**changes: str) -> str:
    """The open claim goes back to its controller."""
    said = {
        "state": "'sent_back'",
        **dict.fromkeys(("control_id", "verified_by_id", "verified_at"), "NULL"),
        **dict.fromkeys(("eligible", "policy_id", "approvals_needed"), "NULL"),
        "sent_back_at": "now()",
        **changes,
    }
    return change(
        "vouchers_claim", "open_claim", ", ".join(f"{name} = {to}" for name, to in said.items())
    )


def moved(step: str, by: str) -> str:
    """The open claim takes a step, by a person."""
    return change(
        "vouchers_claim",
        "open_claim",
        f"state = '{step}', {step}_by_id = %({by})s, {step}_at = now()",
    )


def carried_to(state: str) -> list[str]:
    """The statements that take the open claim to `state`, each step by a person of its own."""
    steps = {
        "verified": after(controlled(), verified()),
        "approved": after(approval(), moved("approved", "coordinator")),
        "ordered": moved("ordered", "finance"),
    }
    names = list(steps)
    return [steps[step] for step in names[: names.index(state) + 1]]


WITHDRAWN = change(
    "vouchers_claim",
    "open_claim",
    "state = 'withdrawn', withdrawn_by_id = submitted_by_id, withdrawn_at = now()",
)
NEW = 999_999_999


def new_claim(**changes: Any) -> str:
    """A new claim of the voucher, like the paid one."""
    later = ("verified", "approved", "ordered", "paid")
    unsaid = dict.fromkeys(("eligible", "policy_id", "approvals_needed", "control_id"))
    return another(
        "vouchers_claim",
        "claim",
        number=9,
        state="submitted",
        **{
            **{f"{step}_{what}": None for step in later for what in ("by_id", "at")},
            **unsaid,
            **changes,
        },
    )


def new_invoice(**changes: Any) -> str:
    """An invoice of the new claim, the one that is paid once more."""
    said = {"claim_id": NEW, "claimed": 0, "stands": True, **changes}
    return another("vouchers_invoice", "invoice", **said)


def new_line(**changes: Any) -> str:
    """A line of the new invoice, for the milestone of the claim that was withdrawn."""
    said = {"claim_id": NEW, "invoice_id": NEW, "milestone_id": "%(open_milestone)s", **changes}
    return another("vouchers_claimline", "open_line", **said)


def claimed_anew(
    claim: dict[str, Any] | None = None,
    invoice: dict[str, Any] | None = None,
    line: dict[str, Any] | None = None,
) -> str:
    """The open claim is withdrawn, and its milestone claimed by another invoice of its own."""
    return _once_withdrawn(claim or {}, {"key": "another", **(invoice or {})}, line or {})


def invoiced_again(**changes: Any) -> str:
    """The paid claim's invoice once more, for the other milestone."""
    return _once_withdrawn({}, changes, {})


def _once_withdrawn(claim: dict[str, Any], invoice: dict[str, Any], line: dict[str, Any]) -> str:
    worth = {"amount": "%(open_amount)s", **claim}
    return after(WITHDRAWN, new_claim(**worth), new_invoice(**invoice), new_line(**line))


# An officer's word that the invoice of the paid claim may be claimed once more.
SHARED = change(
    "vouchers_invoice",
    "invoice",
    "shared_by_id = %(officer)s, shared_at = now(), shared_reason = 'One invoice for both'",
)
NOW = "2026-01-15T12:00:00Z"


def legs(credited: str, debited: str, amount: str = "%(amount)s", entry: int = 999_999_999) -> str:
    """The statements that credit one account and debit another, for an entry that comes after them."""
    columns = "INSERT INTO vouchers_ledgerleg (entry_id, account_id, credit, debit)"
    return after(
        f"{columns} VALUES ({entry}, %({credited})s, {amount}, 0)",
        f"{columns} VALUES ({entry}, %({debited})s, 0, {amount})",
    )


def entry(kind: str, source: str = "%(claim)s", **changes: object) -> str:
    """The statement that enters it, like the approval of the paid claim but for what is said."""
    said = {"kind": kind, "source_id": source, "note": "x", "part": 9, **changes}
    return another("vouchers_ledgerentry", "entry", **said)
