"""An amendment that comes to nothing, as a part of the action that lets it."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import User
from conduct.actions import constraints_of, locked, move
from vouchers.endings.amendments.models import Amendment
from vouchers.endings.models import Extension

from .telling import everybody, tell, the_coordinators

_TOLD = {
    Amendment.State.REFUSED: "amendment-refused",
    Amendment.State.WITHDRAWN: "amendment-withdrawn",
    Amendment.State.LAPSED: "amendment-lapsed",
}


def close_amendment(amendment: Amendment, state: Amendment.State, *, by: User | None) -> None:
    """Close a locked amendment without its coming into force, and tell both sides."""
    move(amendment, state)
    amendment.closed_by, amendment.closed_at = by, timezone.now()
    with constraints_of(Amendment):
        amendment.save()
    voucher = amendment.voucher
    tell(
        {*everybody(voucher), *the_coordinators(voucher)},
        _TOLD[state],
        voucher,
        but=by,
        about=amendment,
        number=amendment.number,
        reason=amendment.closing_reason,
    )


def lapse_amendment_of(extension: Extension, *, by: User | None) -> None:
    """Let the open amendment lapse that was to bring the more time of a locked extension, if any."""
    for amendment in Amendment.objects.filter(extension=extension, state__in=Amendment.OPEN):
        close_amendment(locked(amendment), Amendment.State.LAPSED, by=by)
