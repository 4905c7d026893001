"""The people who act for a cluster, and whom its managers invite to do so."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .clusters import Cluster


class RepresentativeLevel(models.TextChoices):
    """How far a representative may act for the cluster."""

    MANAGER = "manager", _("manager")
    EDITOR = "editor", _("editor")
    READER = "reader", _("reader")


@pghistory.track()
class Representative(models.Model):
    """A person who acts for a cluster. Managers sign, editors write, readers read."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="representatives")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="representations",
    )
    level = models.CharField(_("level"), max_length=10, choices=RepresentativeLevel.choices)

    class Meta:
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        constraints = [
            models.UniqueConstraint(fields=["cluster", "user"], name="one_level_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.cluster}"
