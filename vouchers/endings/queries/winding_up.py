"""What still waits of vouchers that have ended."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from conduct.queries.scoping import for_system
from vouchers.assistance.needs.models import Meeting
from vouchers.awards.models import Voucher
from vouchers.endings.models import Extension
from vouchers.providers.quotes.models import TermsOfReference

_TERMS = TermsOfReference.State
_MEETING = Meeting.State


@for_system("of a voucher that the action has locked")
def open_extensions_of(voucher: Voucher) -> QuerySet[Extension]:
    """More time that was asked for and not decided on."""
    return _extensions().filter(voucher=voucher).order_by("pk")


@for_system("of a voucher that the action has locked")
def terms_left_of(voucher: Voucher) -> QuerySet[TermsOfReference]:
    """Requests for quotes that came to no contract yet."""
    return _terms().filter(voucher=voucher).order_by("pk")


@for_system("of a voucher that the action has locked")
def meetings_left_of(voucher: Voucher) -> QuerySet[Meeting]:
    """Meetings that were proposed or agreed, and not held."""
    return _meetings().filter(voucher=voucher).order_by("pk")


@for_system("background work closes what waits, whoever asked for it")
def vouchers_to_wind_up() -> QuerySet[Voucher]:
    """The vouchers that have ended, in whatever way, while something of them still waits."""
    asked, quoted, met = (
        Exists(found.filter(voucher=OuterRef("pk")).order_by())
        for found in (_extensions(), _terms(), _meetings())
    )
    ended = Voucher.objects.filter(state__in=[Voucher.State.CLOSED, Voucher.State.TERMINATED])
    return ended.filter(asked | quoted | met).order_by("pk")


@for_system("conditions on records that the caller has chosen")
def _extensions() -> QuerySet[Extension]:
    return Extension.objects.filter(state__in=Extension.OPEN)


@for_system("conditions on records that the caller has chosen")
def _terms() -> QuerySet[TermsOfReference]:
    return TermsOfReference.objects.exclude(state__in=[_TERMS.DECIDED, _TERMS.ENDED])


@for_system("conditions on records that the caller has chosen")
def _meetings() -> QuerySet[Meeting]:
    return Meeting.objects.filter(state__in=[_MEETING.PROPOSED, _MEETING.AGREED])
