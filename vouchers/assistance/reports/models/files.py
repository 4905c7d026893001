"""The files of a report: pictures, and what shows that a value was reached."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, never_deleted, written_once
from files.models import KEPT, KeptFile

from .reports import FinalReport


class ReportFile(KeptFile):
    """A file that was added to a report; one that is taken out stays with what was sent already.

    A picture is one that the portal drew anew: nothing of what the camera wrote into it is left.
    """

    FOLDER = "reports"

    class Kind(models.TextChoices):
        """What the file is for."""

        PICTURE = "picture", _("picture")
        EVIDENCE = "evidence", _("evidence")

    report = models.ForeignKey(
        FinalReport, on_delete=models.PROTECT, related_name="files", verbose_name=_("report")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    # Of a picture its own; of evidence that of the indicator.
    key = models.UUIDField(default=uuid.uuid4)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of a report")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "kind", "key"],
                condition=Q(removed_at=None),
                name="one_file_per_line_of_a_report",
                violation_error_message=_("Somebody else has just added a file here."),
            ),
        ]
        triggers = [
            fixed("report", "kind", "key", *KEPT),
            fixed("added_by", "added_at", name="fixed_who_added"),
            written_once("removed_at"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return self.name
