"""Who cancels a meeting: somebody, and nobody where its voucher has ended."""

from __future__ import annotations

import pgtrigger

from conduct.models.guards import Guard, refuses

_GOES_ON = """
    NOT EXISTS (
        SELECT FROM vouchers_voucher v
        WHERE v.id = NEW.voucher_id AND v.state IN ('closed', 'terminated')
    )
"""


def by_somebody() -> Guard:
    """No meeting is cancelled by nobody while its voucher goes on."""
    return refuses(
        "cancelled_by_somebody",
        pgtrigger.Update,
        "NEW.state = 'cancelled' AND OLD.state <> 'cancelled' AND NEW.cancelled_by_id IS NULL"
        f" AND {_GOES_ON}",
        "Somebody cancels a meeting, unless its voucher has ended.",
    )
