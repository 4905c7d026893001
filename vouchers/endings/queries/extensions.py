"""Extensions that wait, and what a call still allows."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from conduct.queries.days import today
from conduct.queries.scoping import for_system
from vouchers.awards.models import AgreementSignature, Voucher
from vouchers.awards.queries import award_within_reach
from vouchers.endings.models import Extension
from vouchers.endings.rules.limits import ExtensionLimits

_GOES_ON = (Voucher.State.ACTIVE, Voucher.State.SUSPENDED)


def limits_of(voucher: Voucher) -> ExtensionLimits:
    """What the call still allows of the voucher; one query."""
    call = voucher.award.application.call
    granted = [one for one in voucher.extensions.all() if one.state == Extension.State.GRANTED]
    return ExtensionLimits(
        today=today(voucher.country.zone),
        valid_from=voucher.valid_from,
        ends_on=voucher.valid_until,
        first_end=min((one.previous_end for one in granted), default=voucher.valid_until),
        given=len(granted),
        most=call.extensions_most,
        days_most=call.extension_days_most,
    )


@for_system("who may read the voucher may read who signed its agreement")
def is_amended_by_both(voucher: Voucher) -> bool:
    """Whether both sides sign the voucher's agreement, so that it ends later by an amendment alone."""
    signatures = AgreementSignature.objects.filter(award=voucher.award_id)
    return signatures.filter(needs_countersignature=True).exists()


def extensions_visible_to(user: User) -> QuerySet[Extension]:
    """The extensions of the vouchers that the person may read."""
    return Extension.objects.filter(award_within_reach(user, "voucher__award__")).select_related(
        "voucher__award__application__cluster",
        "voucher__award__application__country__partner",
        "voucher__award__application__call",
        "asked_by",
        "agreed_by",
        "decided_by",
    )


def extensions_to_answer(user: User) -> QuerySet[Extension]:
    """The extensions that wait for an officer of their country, and that another person asked for."""
    return (
        extensions_visible_to(user)
        .filter(
            state=Extension.State.ASKED,
            voucher__state__in=_GOES_ON,
            voucher__award__application__country_id__in=user.officer_countries,
        )
        .exclude(asked_by=user)
        .order_by("asked_at")
    )


def extensions_to_grant(user: User) -> QuerySet[Extension]:
    """The extensions that a partner agreed to, and that wait for a coordinator other than who did.

    Where both sides sign the agreement an amendment is drawn up instead.
    """
    return (
        extensions_visible_to(user)
        .filter(
            state=Extension.State.AGREED,
            voucher__state__in=_GOES_ON,
            voucher__award__signature__needs_countersignature=False,
        )
        .exclude(asked_by=user)
        .exclude(agreed_by=user)
        .order_by("agreed_at")
    )
