"""What a message said before and after somebody changed it by hand."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only, refuses

from .notices import Notice


class NoticeRevision(models.Model):
    """The words of one message at one time: number 0 is what the portal wrote, the last one holds."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField(_("number"))
    subject = models.CharField(_("subject"), max_length=250)
    body = models.TextField(_("text"))
    # Empty of what the portal wrote itself.
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.TextField(_("reason"), blank=True)
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("wording of a message")
        verbose_name_plural = _("wordings of messages")
        ordering = ["notice", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "number"],
                name="revisions_of_a_notice_are_numbered",
                violation_error_message=_("Somebody else has changed this message meanwhile."),
            ),
            models.CheckConstraint(
                condition=Q(number=0, written_by=None, reason="")
                | (Q(number__gt=0, written_by__isnull=False) & ~Q(reason="")),
                name="who_changes_a_message_says_why",
                violation_error_message=_("Say why the text is changed."),
            ),
        ]
        triggers = [
            append_only(),
            refuses(
                "only_what_waits_is_reworded",
                pgtrigger.Insert,
                "NOT EXISTS (SELECT FROM notices_notice found WHERE found.id = NEW.notice_id"
                " AND found.state IN ('pending', 'held', 'stopped', 'failed'))",
                "Only a message that was not sent can be changed.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.subject}"
