"""The meeting in which the needs of a cluster are found."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vouchers.awards.models import Voucher


@pghistory.track()
class NeedsAssessment(models.Model):
    """A meeting with the cluster in which its needs are found."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="needs_assessments")
    held_on = models.DateField(_("date of the meeting"))
    place = models.CharField(_("place or platform"), max_length=200)
    participants = models.TextField(_("participants"), help_text=_("One name on each line."))
    findings = models.TextField(_("what the cluster needs"))
    next_steps = models.TextField(_("next steps"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("needs assessment")
        verbose_name_plural = _("needs assessments")
        ordering = ["held_on"]

    def __str__(self) -> str:
        return f"{self.voucher} · {self.held_on}"
