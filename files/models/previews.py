"""Pictures of files that have arrived."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.models.states import follows_its_flow
from jobs.models import MadeJob


@follows_its_flow
class Preview(MadeJob):
    """Pictures of a stored file's first pages, and what there is to know about it at a glance.

    The row comes with the file; a worker makes the pictures. They can be made anew at any time, so
    that they have no history and no part in backups.
    """

    PATIENCE = timedelta(seconds=30)
    MAX_ATTEMPTS = 4

    # The file's name in the storage: random, and never used twice.
    source = models.CharField(max_length=120, unique=True)
    content_type = models.CharField(max_length=100)
    folder = models.CharField(max_length=60, blank=True)
    # How many pages have pictures; a thumbnail (number 0) is there whenever one has.
    pictured = models.PositiveSmallIntegerField(default=0)
    # At most one of these, by kind: pages of a PDF, sheets of a workbook, words of a text.
    pages = models.PositiveIntegerField(null=True)
    sheets = models.PositiveIntegerField(null=True)
    words = models.PositiveIntegerField(null=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("preview")
        verbose_name_plural = _("previews")
        indexes = [
            models.Index(
                fields=["next_attempt_at"], condition=Q(state="pending"), name="previews_to_make"
            ),
        ]

    def __str__(self) -> str:
        return self.source

    @property
    def numbers(self) -> range:
        """The numbers of the pages that have pictures."""
        return range(1, self.pictured + 1)

    @property
    def pictures(self) -> list[str]:
        """The storage names of all its pictures, the thumbnail first; none where there are none."""
        return [self.picture(number) for number in (0, *self.numbers)] if self.pictured else []

    def picture(self, number: int) -> str:
        """The storage name of the picture of a page (from 1), or of the thumbnail (0)."""
        return f"{self.folder}/{number}.webp"
