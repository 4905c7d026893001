"""Roles given to people."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from records.guards import fixed, never_deleted, written_once

from .people import Role, User


@pghistory.track()
class RoleGrant(models.Model):
    """One role given to one person, until it is revoked."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    country_code = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("Only for country-partner officers.")
    )
    granted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="roles_granted"
    )
    granted_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "country_code"],
                condition=Q(revoked_at=None),
                name="one_current_grant_per_role",
            ),
            models.CheckConstraint(
                condition=(Q(role=Role.OFFICER) & Q(country_code__regex=r"^[A-Z]{2}$"))
                | (~Q(role=Role.OFFICER) & Q(country_code="")),
                name="officers_alone_have_a_country",
            ),
        ]
        triggers = [
            fixed("user", "role", "country_code", "granted_by", "granted_at"),
            written_once("revoked_at"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} {self.country_code}".strip()
