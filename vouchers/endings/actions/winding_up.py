"""What still waited when a voucher ended waits no more: nobody is asked for what cannot be any more."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import action, locked
from jobs.actions.trouble import for_each
from vouchers.assistance.needs.actions import cancel_locked
from vouchers.awards.models import Voucher
from vouchers.endings.queries import (
    meetings_left_of,
    open_extensions_of,
    terms_left_of,
    vouchers_to_wind_up,
)
from vouchers.providers.quotes.actions import end_terms_of_ended

from .extending import close_extension


@action(gettext_lazy("What waited of an ended voucher closed"))
def wind_up_voucher(voucher: Voucher, *, by: User | None) -> bool:
    """Close what still waits of a voucher that has ended, in whatever way; whether there was anything."""
    voucher = locked(voucher)
    return not voucher.is_open and close_what_waits(voucher)


def close_what_waits(voucher: Voucher) -> bool:
    """Close what waits of a locked voucher that has ended, as a part of an action; whether there was
    anything.

    An extension that is asked for is withdrawn, a request for quotes ends and its providers are told,
    and a meeting that was not held is cancelled in every calendar. Providers read why in the language in
    which they were asked, everybody else in their own.
    """
    extensions = [locked(one) for one in open_extensions_of(voucher)]
    for extension in extensions:
        close_extension(extension, by=None)
    terms = [locked(one) for one in terms_left_of(voucher)]
    for asked in terms:
        end_terms_of_ended(asked, reason=_said_in(asked.language))
    meetings = [locked(one) for one in meetings_left_of(voucher)]
    for meeting in meetings:
        cancel_locked(meeting, reason=_said_in(voucher.award.application.language), by=None)
    return bool(extensions or terms or meetings)


def _said_in(language: str) -> str:
    with translation.override(language):
        return _("The voucher has ended.")


def wind_up_vouchers() -> int:
    """Close what waits of every voucher that has ended; of how many. One error stops no other."""
    return for_each(
        "winding_up", vouchers_to_wind_up(), lambda voucher: wind_up_voucher(voucher, by=None)
    )
