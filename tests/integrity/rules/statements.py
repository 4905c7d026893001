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
