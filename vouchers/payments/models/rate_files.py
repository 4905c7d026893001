"""A file of the Commission's monthly accounting rates, as it was uploaded."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, never_deleted, written_once


@pghistory.track(exclude=["content"])
class RateFile(models.Model):
    """An uploaded file of accounting rates: its bytes, their SHA-256 in hex, and what it says.

    It is read when it is uploaded, and changes nothing until somebody has looked at it and takes it.
    """

    name = models.CharField(_("name of the file"), max_length=200)
    content = models.BinaryField(_("bytes of the file"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    # Of a file that does not say its month, the one that was typed.
    month = models.CharField(_("month"), max_length=7, blank=True)
    # [{"currency": "USD", "month": "2026-11", "units": "1.083200"}], six decimals as the table has.
    entries = models.JSONField(_("what the file says"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("taken over by"),
    )
    taken_at = models.DateTimeField(_("taken over"), null=True)

    class Meta:
        verbose_name = _("file of exchange rates")
        verbose_name_plural = _("files of exchange rates")
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True, taken_at__isnull=True)
                | Q(taken_by__isnull=False, taken_at__isnull=False),
                name="a_file_of_rates_says_who_took_it_over",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
        ]
        triggers = [
            fixed(
                *("name", "content", "sha256", "month", "entries", "uploaded_by", "uploaded_at"),
            ),
            written_once("taken_by", "taken_at"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return self.name
