"""A file of the bank, read as what it is."""

from __future__ import annotations

from .answers import CAMT_054, CSV, PAIN_002, BankAnswer, NotAnAnswer, Statement
from .recognising import HEAD, version_of
from .statements import read_statements
from .statuses import read_statuses
from .xml_form import require_schema

# A statement of 20,000 lines has about that much.
MOST_BYTES = 20 * 2**20


def read_answer(content: bytes) -> BankAnswer:
    """What a file says; of a table that it is one, since its columns are told apart by a mapping.

    Raises NotAnAnswer for what is not taken, by its name, and for statements that do not add up.
    """
    if len(content) > MOST_BYTES:
        raise NotAnAnswer("large", str(MOST_BYTES))
    version = version_of(content[:HEAD])
    if version == CSV:
        return BankAnswer(CSV, CSV, "")
    read = read_statuses if version.startswith(PAIN_002) else read_statements
    answer = read(content, version)
    require_schema(content, version)
    for statement in answer.statements:
        require_sum(statement, answer.kind)
    return answer


def require_sum(statement: Statement, kind: str) -> None:
    """Opening and lines come to the closing. Raises NotAnAnswer with the sums, or without a balance."""
    if kind == CAMT_054:
        return
    if statement.opening is None or statement.closing is None:
        raise NotAnAnswer("no_balance")
    if statement.opening + statement.moved != statement.closing:
        sums = (statement.opening, statement.moved, statement.closing)
        raise NotAnAnswer("sum", " ".join(f"{one:.2f}" for one in sums))
