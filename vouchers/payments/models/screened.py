"""What holds of who gets the money of a claim: cleared against the list of sanctions, and the ceiling."""

from __future__ import annotations

import pgtrigger

from vouchers.awards.models.ceilings import within_its_ceiling
from vouchers.screening.models.enforced import needs_clear_screening

_APPLICATION = """(
    SELECT a.application_id FROM vouchers_voucher v JOIN vouchers_award a ON a.id = v.award_id
    WHERE v.id = NEW.voucher_id
)"""
_DAYS = f"""(
    SELECT call.screening_days FROM vouchers_application p
    JOIN vouchers_call call ON call.id = p.call_id WHERE p.id = {_APPLICATION}
)"""


def of_its_payee() -> list[pgtrigger.Trigger]:
    """Whoever is paid is cleared at approval and at the order; the ceiling holds at approval."""
    return [
        needs_clear_screening(
            "goes_to_a_cleared_payee",
            operation=pgtrigger.UpdateOf("state"),
            # Not where the bank gave the money back: that makes a claim approved again.
            condition=_follows(("verified", "approved"), ("approved", "ordered")),
            payee="provider",
            key="NEW.provider_id",
            days=_DAYS,
            constraint="a_payee_is_cleared",
        ),
        # The cluster is paid itself where it pays the provider.
        needs_clear_screening(
            "goes_to_a_cleared_cluster",
            operation=pgtrigger.UpdateOf("state"),
            condition=_follows(
                ("verified", "approved"), ("approved", "ordered"), also="NEW.cluster_id IS NOT NULL"
            ),
            payee="cluster",
            key="NEW.cluster_id",
            days=_DAYS,
            constraint="a_payee_is_cleared",
        ),
        within_its_ceiling(
            operation=pgtrigger.UpdateOf("state"),
            condition=_follows(("verified", "approved")),
            application=_APPLICATION,
        ),
    ]


def _follows(*moves: tuple[str, str], also: str = "") -> pgtrigger.Condition:
    listed = ", ".join(f"('{before}', '{after}')" for before, after in moves)
    followed = f"(OLD.state, NEW.state) IN ({listed})"
    return pgtrigger.Condition(f"({followed} AND {also})" if also else f"({followed})")
