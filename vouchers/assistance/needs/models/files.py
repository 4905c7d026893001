"""What goes with a record of needs: a survey, minutes, figures."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, frozen_by, refuses, written_once
from files.models import KEPT, KeptFile

from .records import NeedsRecord


class NeedsFile(KeptFile):
    """A file of a record of needs; a correction takes over those of the version that it corrects.

    One that is taken out of a draft stays with what was shared of it before.
    """

    FOLDER = "needs"
    LOCKED_AFTER = ("record",)

    record = models.ForeignKey(NeedsRecord, on_delete=models.PROTECT, related_name="files")
    # The same in every version that holds the file.
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    added_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("file of a record of needs")
        verbose_name_plural = _("files of records of needs")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "key"],
                name="a_file_goes_once_with_a_record",
                violation_error_message=_("This file is there already."),
            ),
        ]
        triggers = [
            fixed("record", "key", "added_by", "added_at", *KEPT),
            written_once("removed_at"),
            frozen_by("record", "shared", "confirmed", "replaced"),
            refuses(
                "kept_with_what_was_shared",
                pgtrigger.Delete,
                "EXISTS (SELECT FROM vouchers_needsrecord record WHERE record.id = OLD.record_id"
                " AND (record.number = 1 OR record.sharing_number > 0))",
                "What was shared is kept.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
