"""What pages show of the signatures under an agreement."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from vouchers.awards.models import Award
from vouchers.awards.permissions import may_countersign, may_read_selection
from vouchers.awards.queries.countersigning import (
    SignedAgreement,
    signed_agreement,
    told_of_waiting,
)


def signatures_panel(award: Award, user: User) -> dict[str, Any]:
    """The signatures in full, each to coordinators, auditors and who gave it; one query."""
    agreement = signed_agreement(award)
    both = [agreement.signature, agreement.countersignature] if agreement else [None, None]
    reads = may_read_selection.test(user)
    signature, second = (
        one if one is not None and (reads or one.signed_by_id == user.pk) else None for one in both
    )
    return {"signature": signature, "countersignature": second, **_waiting(agreement, user)}


def agreement_panel(agreement: SignedAgreement | None, user: User) -> dict[str, Any]:
    """Who signed for which side, as the agreement says, and whether a coordinator has still to."""
    return {"agreement": agreement, **_waiting(agreement, user)}


def _waiting(agreement: SignedAgreement | None, user: User) -> dict[str, Any]:
    if agreement is None or not agreement.waits:
        return {"agreement_waits": "", "may_countersign": False}
    return {
        "agreement_waits": told_of_waiting(agreement),
        "may_countersign": may_countersign.test(user, agreement.signature.award),
    }
