"""The people who act for a cluster, and whom its managers invite to do so."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import UNTRACKED, Offer, RoleGrant

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
        triggers = [
            pgtrigger.Trigger(
                name="no_cluster_beside_a_role",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("user_id"),
                func="""
    PERFORM 1 FROM accounts_user WHERE id = NEW.user_id FOR NO KEY UPDATE;
    PERFORM 1 FROM accounts_rolegrant WHERE user_id = NEW.user_id AND revoked_at IS NULL;
    IF FOUND THEN
        RAISE EXCEPTION 'Who holds a role represents no cluster.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'no_cluster_beside_a_role';
    END IF;
    RETURN NEW;
""",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.cluster}"


class RoleOfRepresentative(RoleGrant):
    """Roles, seen from here: who represents a cluster holds none, whatever came first.

    The triggers of both tables lock the person, so that of two at the same instant one waits and
    then sees the other. A proxy, since the table lies in a room below that knows no cluster.
    """

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name="no_role_beside_a_cluster",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__revoked_at=None),
                func="""
    PERFORM 1 FROM accounts_user WHERE id = NEW.user_id FOR NO KEY UPDATE;
    PERFORM 1 FROM clusters_representative WHERE user_id = NEW.user_id;
    IF FOUND THEN
        RAISE EXCEPTION 'Who represents a cluster holds no role.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'no_role_beside_a_cluster';
    END IF;
    RETURN NEW;
""",
            ),
        ]


@pghistory.track(exclude=UNTRACKED)
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

    @property
    def page_of_sender(self) -> str:
        return reverse("clusters:people", args=[self.cluster.slug])
