"""What every document of technical assistance states."""

from __future__ import annotations

from typing import Any

from vouchers.applications.letters import application_facts
from vouchers.awards.models import Voucher


def voucher_facts(voucher: Voucher) -> dict[str, Any]:
    """What every document about a voucher says, in the active language; amounts in EUR as text."""
    return {
        **application_facts(voucher.award.application),
        "amount": str(voucher.amount),
        "valid_from": voucher.valid_from.isoformat(),
        "valid_until": voucher.valid_until.isoformat(),
    }
