"""The text of an entry that its seal is made of, and the seal; as the database's trigger makes them.

Each value stands behind its length in bytes (`5:hello,`), so that no two entries have one text. An
entry is: the seal before it (empty for the first), call, number, day, instant (UTC, microseconds),
kind, type and id of its source, part, id of the person (empty for the system), note; then for each leg,
credits before debits, in the order of the accounts: account, reference of the voucher, debit, credit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def measured(value: str) -> bytes:
    """One value behind its length."""
    written = value.encode()
    return b"%d:%b," % (len(written), written)


def seal(values: Iterable[str]) -> str:
    """SHA-256 of the values of an entry in their order, the seal before it first; hexadecimal."""
    return hashlib.sha256(b"".join(map(measured, values))).hexdigest()
