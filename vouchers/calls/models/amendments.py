"""What changed in an open call."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nTextField

from .calls import Call

# How the changes name a quota: the country follows.
QUOTA = "quota:"


class CallAmendment(models.Model):
    """What changed in an open call, from which version on, and why; everybody may read it."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="amendments")
    version = models.PositiveSmallIntegerField(_("version"))
    reason = I18nTextField(_("reason"))
    # Names of the fields with what stood before and what stands now, as text.
    changes = models.JSONField(_("changes"), default=list)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["call", "version"], name="one_amendment_per_version"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.version}"
