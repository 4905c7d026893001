"""What a plan answers: the needs that cluster and partner found."""

from __future__ import annotations

from dataclasses import dataclass

from vouchers.assistance.needs.models import Need
from vouchers.assistance.needs.queries import needs_in_force, record_in_force
from vouchers.awards.models import Voucher


@dataclass(frozen=True)
class NeedShown:
    """A need as the plan shows it beside what answers it; `key` is what objectives name."""

    key: str
    text: str
    theme: str = ""
    priority: str = ""
    wants_answer: bool = True


def needs_are_confirmed(voucher: Voucher) -> bool:
    """Whether the record of the needs stands, so that a plan may be written."""
    return record_in_force(voucher) is not None


def needs_of(voucher: Voucher) -> list[NeedShown]:
    """The needs that the record in force names, in its order; empty before there is one."""
    return [
        NeedShown(
            str(need.key),
            need.what,
            theme=str(need.theme.name),
            priority=str(need.get_priority_display()),
            wants_answer=need.priority != Need.Priority.LOW,
        )
        for need in needs_in_force(voucher)
    ]
