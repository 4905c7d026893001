"""The people who act for a cluster, and whom its managers invite to do so."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import Offer

from .clusters import Cluster


class RepresentativeLevel(models.TextChoices):
    """How far a representative may act for the cluster."""

    MANAGER = "manager", _("manager")
    EDITOR = "editor", _("editor")
    READER = "reader", _("reader")


@pghistory.track()
class Representative(models.Model):
    """A person who acts for a cluster. Managers sign, editors write, readers read."""

    # Of two managers who go at the same instant, one waits.
    LOCKED_AFTER = ("cluster",)

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


@pghistory.track(exclude=["token"])
class RepresentativeInvitation(Offer):
    """An offer to act for a cluster; whoever proves the address takes it up."""

    LOCKED_AFTER = ("cluster",)

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="invitations")
    level = models.CharField(_("level"), max_length=10, choices=RepresentativeLevel.choices)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("invitation to a cluster")
        verbose_name_plural = _("invitations to clusters")
        constraints = [
            models.UniqueConstraint(
                "cluster",
                Lower("email"),
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_standing_invitation_to_a_cluster",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, withdrawn_at=None),
                name="taken_up_by_someone_or_withdrawn",
            ),
        ]
        indexes = [
            # What the sweeper looks for each minute.
            models.Index(
                fields=["invited_at"],
                condition=Q(mailed_at=None, accepted_at=None, withdrawn_at=None),
                name="cluster_invitations_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.get_level_display()}"
