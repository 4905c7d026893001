"""After how many days a voucher of a call needs a look, and from when on it is late."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# The terms of a call by which its vouchers are watched (vouchers/standing); all are days.
WATCHING = ("days_of_a_turn", "days_of_silence", "days_of_grace", "days_before_the_end")
_LONGEST = 365


def _days(label: Any, default: int, help_text: Any) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label,
        default=default,
        validators=[MinValueValidator(1), MaxValueValidator(_LONGEST)],
        help_text=help_text,
    )


class Watching(models.Model):
    """The limits of a call, in days on the calendar of the country of each voucher."""

    days_of_a_turn = _days(
        _("days in which everybody takes their turn"),
        7,
        _("Longer than that a voucher needs a look; twice as long, it is late."),
    )
    days_of_silence = _days(
        _("days without any news"),
        30,
        _("Longer than that a voucher needs a look; twice as long, it is late."),
    )
    days_of_grace = _days(
        _("days that a milestone may be overdue"),
        7,
        _("Until then a voucher needs a look; after it, it is late."),
    )
    days_before_the_end = _days(
        _("days before the end of a voucher"),
        30,
        _("From then on it needs a look if something is still to be delivered."),
    )

    class Meta:
        abstract = True


LIMITS_ARE_DAYS = models.CheckConstraint(
    condition=Q(**{f"{name}__gte": 1 for name in WATCHING})
    & Q(**{f"{name}__lte": _LONGEST for name in WATCHING}),
    name="vouchers_are_watched_by_days",
    violation_error_message=_("Vouchers are watched by 1 to 365 days."),
)
