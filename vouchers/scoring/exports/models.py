"""Who took scores out of the portal: written down for good."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from vouchers.calls.models import Call


class ScoreExport(models.Model):
    """One export of a call's scores: by whom, which file, and of which countries; never changed."""

    class Kind(models.TextChoices):
        CSV = "csv", _("tables (CSV)")
        XLSX = "xlsx", _("spreadsheet (XLSX)")
        RESEARCH = "research", _("for research, anonymised")

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="score_exports")
    kind = models.CharField(_("file"), max_length=10, choices=Kind.choices)
    # ISO codes, in their order.
    countries = ArrayField(models.CharField(max_length=2), verbose_name=_("countries"))
    exported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("exported by"),
    )
    exported_at = models.DateTimeField(_("exported"), auto_now_add=True)

    class Meta:
        verbose_name = _("export of scores")
        verbose_name_plural = _("exports of scores")
        ordering = ["-exported_at", "-pk"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.get_kind_display()}"

    @property
    def countries_in_words(self) -> str:
        """The codes, one after the other."""
        return ", ".join(self.countries)
