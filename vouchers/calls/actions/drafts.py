"""The draft that a write is about, and how what belongs to it is saved."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from conduct.actions import judged
from vouchers.calls.models import Call
from vouchers.calls.permissions import may_manage_calls


def locked_draft(call: Call, by: User) -> Call:
    """The draft under a row lock, for whoever may build calls. Raises OutOfOrder once it is open."""
    return judged(call, may_manage_calls, by=by, states=[Call.State.DRAFT])


def cleaned(record: Any) -> Any:
    """The record, checked as a whole and saved."""
    record.full_clean()
    record.save()
    return record
