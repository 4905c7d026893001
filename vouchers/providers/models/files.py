"""Profiles and curricula vitae of consultants."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, never_deleted, written_once
from files.models import KEPT, KeptFile

from .links import ProviderLink
from .providers import Provider


@pghistory.track()
class ProviderFile(KeptFile):
    """What a consultant can do, on paper: added by an officer, or by its own link and then approved."""

    FOLDER = "providers"
    # Locked first, and in this order (see conduct.actions.locked).
    LOCKED_AFTER = ("provider",)

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="files")
    # One of the two.
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    link = models.ForeignKey(ProviderLink, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(_("added"), default=timezone.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"), null=True)
    removed_at = models.DateTimeField(_("taken out"), null=True)

    class Meta:
        verbose_name = _("file of a provider")
        verbose_name_plural = _("files of providers")
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(added_by__isnull=False, link=None)
                | Q(added_by=None, link__isnull=False),
                name="a_file_of_a_provider_was_added_by_somebody",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None, link__isnull=False)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="a_file_by_a_link_waits_for_approval",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
        ]
        triggers = [
            fixed(
                *("provider", *KEPT),
                *("added_by", "link", "added_at"),
            ),
            written_once("approved_by", "approved_at", "removed_at"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return self.name
