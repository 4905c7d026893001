"""Files that belong to an application."""

from __future__ import annotations

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vouchers.calls.models import Question

from .answers import frozen_once_submitted
from .applications import Application


def attachment_path(_attachment: Attachment, _filename: str) -> str:
    """A random name, so that nothing can be guessed from it."""
    return f"attachments/{uuid.uuid4().hex}"


@pghistory.track()
class Attachment(models.Model):
    """A file that belongs to an application; private, its type taken from its content."""

    LOCKED_AFTER = ("application",)

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="attachments"
    )
    # The question that it answers.
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="attachments", verbose_name=_("question")
    )
    file = models.FileField(_("file"), upload_to=attachment_path, max_length=120)
    name = models.CharField(_("name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("size (bytes)"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
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
