"""Files that belong to an application."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from files.models import KeptFile
from vouchers.calls.models import Question

from .answers import frozen_once_submitted
from .applications import Application


@pghistory.track()
class Attachment(KeptFile):
    """A file that belongs to an application; private, its type taken from its content."""

    FOLDER = "attachments"
    LOCKED_AFTER = ("application",)

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="attachments"
    )
    # The question that it answers.
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="attachments", verbose_name=_("question")
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["uploaded_at"]
        triggers = [frozen_once_submitted("INSERT")]

    def __str__(self) -> str:
        return self.name
