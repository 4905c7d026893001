"""A light set by hand, for a reason, until a day."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import Refused, action, constraints_of, judged, require_words
from conduct.queries.days import today
from documents.wording import day
from vouchers.awards.models import Voucher
from vouchers.standing.models import Light, LightOverride
from vouchers.standing.models.lights import LONGEST_DAYS
from vouchers.standing.permissions import may_set_light

from .judging import judge


@action(gettext_lazy("Light set by hand"))
def set_light(voucher: Voucher, *, light: str, until: date, reason: str, by: User) -> LightOverride:
    """Show `light` until the day `until` (included), whatever the facts say, for the `reason`.

    One that was set before is lifted. Raises Refused without a reason, for a day that is past, or
    for one that is more than three months ahead.
    """
    voucher = judged(voucher, may_set_light, by=by, states=[Voucher.State.ACTIVE])
    require_words(reason, _("Say why the light is set by hand."))
    now = today(voucher.country.zone)
    last = now + timedelta(days=LONGEST_DAYS)
    if not now <= until <= last:
        raise Refused(_("Choose a day from today to %(day)s.") % {"day": day(last)}, field="until")
    _lift(_by_hand(voucher), by)
    with constraints_of(LightOverride):
        override = LightOverride.objects.create(
            voucher=voucher, light=Light(light), until=until, reason=reason, set_by=by
        )
    judge([voucher.pk])
    return override


@action(gettext_lazy("Light left to the facts again"))
def lift_light(voucher: Voucher, *, by: User) -> None:
    """Let the facts alone decide on the light again. Raises Refused where none is set by hand."""
    voucher = judged(voucher, may_set_light, by=by)
    override = _by_hand(voucher)
    if override is None or override.until < today(voucher.country.zone):
        raise Refused(_("The light is not set by hand."))
    _lift(override, by)
    judge([voucher.pk])


def _by_hand(voucher: Voucher) -> LightOverride | None:
    """The light that nobody lifted, even where its last day is past."""
    standing = LightOverride.objects.select_for_update().filter(voucher=voucher, lifted_at=None)
    return standing.first()


def _lift(override: LightOverride | None, by: User) -> None:
    if override is not None:
        override.lifted_by, override.lifted_at = by, timezone.now()
        override.save()
