"""More time for the answer to an award."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only, refuses

from .enforced import EXTENDED_OUT_OF_PLACE
from .offers import Award


class AwardExtension(models.Model):
    """A later last day for answering an award, which a coordinator gave with a reason; it stands."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="extensions")
    was = models.DateField(_("last day before"))
    until = models.DateField(_("new last day"))
    reason = models.TextField(_("reason"))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    granted_at = models.DateTimeField(_("granted"), default=timezone.now)

    class Meta:
        verbose_name = _("more time for an answer")
        verbose_name_plural = _("more time for answers")
        ordering = ["-until"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("was")),
                name="an_answer_is_given_more_time_not_less",
                violation_error_message=_(
                    "The new last day must be later than the one that holds."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="more_time_for_an_answer_has_a_reason",
                violation_error_message=_("Please say why: the cluster reads it."),
            ),
            models.UniqueConstraint(
                fields=["award", "was"],
                name="a_last_day_is_moved_once",
                violation_error_message=_(
                    "Somebody else has just given more time. Please look at the award first."
                ),
            ),
        ]
        triggers = [
            refuses(
                "extends_an_open_offer",
                pgtrigger.Insert,
                EXTENDED_OUT_OF_PLACE,
                "More time is given to an offer that nobody answered, within the time of assistance.",
            ),
            append_only(),
        ]

    def __str__(self) -> str:
        return f"{self.award} · {self.until}"
