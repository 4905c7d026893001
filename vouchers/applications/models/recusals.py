"""Who is shut out of an application by a conflict of interest."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only

from .applications import Application


@pghistory.track()
class Recusal(models.Model):
    """A person shut out of an application by a conflict of interest, its files included."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="recusals")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recusals"
    )
    reason = models.TextField(_("conflict of interest"))
    declared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "person"], name="one_recusal_per_person"
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.person} · {self.application}"
