"""What providers that are asked are told by e-mail beside their link; none of it of any quote."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, never_deleted, written_once

from .invitations import QuoteInvitation


class MailKind(models.TextChoices):
    """Why somebody is written to."""

    EXTENDED = "extended", _("deadline extended")
    WITHDRAWN = "withdrawn", _("asked no more")
    ENDED = "ended", _("ended without a choice")
    CHOSEN = "chosen", _("chosen")
    NOT_CHOSEN = "not-chosen", _("not chosen")


class QuoteMail(models.Model):
    """One e-mail to one provider: a row first, sent once by a worker."""

    invitation = models.ForeignKey(QuoteInvitation, on_delete=models.PROTECT, related_name="mails")
    kind = models.CharField(_("kind"), max_length=10, choices=MailKind.choices)
    reason = models.TextField(_("reason"), blank=True)
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)

    class Meta:
        verbose_name = _("e-mail to a provider")
        verbose_name_plural = _("e-mails to providers")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["written_at"], condition=Q(sent_at=None), name="quote_mails_unsent"
            ),
        ]
        triggers = [
            fixed("invitation", "kind", "reason", "written_at"),
            written_once("sent_at"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.invitation}"
