"""Who looked at an assessor's pages to help them: written down for good."""

from __future__ import annotations

from datetime import datetime, timedelta

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Long enough to find out what is wrong while the two talk.
SESSION_LASTS = timedelta(hours=1)


class SupportSession(models.Model):
    """A coordinator sees, for an hour and for a reason, what an assessor sees; never changed."""

    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="support_sessions"
    )
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(_("reason"))
    begun_at = models.DateTimeField(_("begun"), default=timezone.now)

    class Meta:
        db_table = "vouchers_sighting"
        verbose_name = _("look at an assessor’s pages")
        verbose_name_plural = _("looks at assessors’ pages")
        ordering = ["-begun_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_support_session_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(seen_by=F("assessor")), name="a_support_session_is_for_somebody_else"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    @property
    def ends_at(self) -> datetime:
        """The instant (UTC) from which another look must be begun."""
        return self.begun_at + SESSION_LASTS

    def __str__(self) -> str:
        return f"{self.assessor} · {self.seen_by}"
