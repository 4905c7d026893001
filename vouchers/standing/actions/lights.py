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
from vouchers.standing.permissions import may_set_light

from .judging import judge

# Longer than that nobody would look again.
LONGEST = timedelta(days=92)


@action(gettext_lazy("Light set by hand"))
def set_light(voucher: Voucher, *, light: str, until: date, reason: str, by: User) -> LightOverride:
    """Show `light` until the day `until` (included), whatever the facts say, for the `reason`.

    One that was set before is lifted. Raises Refused without a reason, for a day that is past, or
    for one that is more than three months ahead.
    """
    voucher = judged(voucher, may_set_light, by=by, states=[Voucher.State.ACTIVE])
    require_words(reason, _("Say why the light is set by hand."))
    now = today(voucher.country.zone)
    if not now <= until <= now + LONGEST:
        raise Refused(
            _("Choose a day from today to %(day)s.") % {"day": day(now + LONGEST)}, field="until"
        )
    _lift(voucher, by)
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
    if not _lift(voucher, by):
        raise Refused(_("The light is not set by hand."))
    judge([voucher.pk])


def _lift(voucher: Voucher, by: User) -> bool:
    standing = LightOverride.objects.select_for_update().filter(voucher=voucher, lifted_at=None)
    override = standing.first()
    if override is None:
        return False
    override.lifted_by, override.lifted_at = by, timezone.now()
    override.save()
    return True
