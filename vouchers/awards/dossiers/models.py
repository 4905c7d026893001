"""The decision dossier of a round: everything that a decision rests on, in one packet."""

from __future__ import annotations

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.states import follows_its_flow
from jobs.models import LongJob
from vouchers.awards.models.selection import SelectionRound


def dossier_path(_dossier: Dossier, _filename: str) -> str:
    """A random name, so that nothing can be guessed from it."""
    return f"dossiers/{uuid.uuid4().hex}.zip"


@follows_its_flow
@pghistory.track(
    # The rest is the worker's business, not history.
    exclude=[
        *("done", "total", "run"),
        *("attempts", "last_error", "next_attempt_at", "no_space_since"),
    ]
)
class Dossier(LongJob):
    """A ZIP with all files of a selection and a manifest of their hashes, made by a worker."""

    selection_round = models.ForeignKey(
        SelectionRound, on_delete=models.PROTECT, related_name="dossiers"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    file = models.FileField(_("file"), upload_to=dossier_path, max_length=120, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    size = models.PositiveBigIntegerField(_("size (bytes)"), null=True)
    files = models.PositiveIntegerField(_("files"), null=True)
    missing = models.PositiveIntegerField(_("files that are missing"), default=0)
    made_at = models.DateTimeField(_("made"), null=True)

    class Meta:
        verbose_name = _("decision dossier")
        verbose_name_plural = _("decision dossiers")
        ordering = ["-asked_at"]
        indexes = [
            # What the sweeper looks for.
            models.Index(
                fields=["next_attempt_at"], condition=Q(state="pending"), name="dossiers_to_make"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["selection_round"],
                condition=Q(state="pending"),
                name="one_dossier_at_a_time",
                violation_error_message=_("The dossier is being made already."),
            ),
            models.CheckConstraint(
                condition=~Q(state="ready")
                | (~Q(file="") & Q(sha256__regex=r"^[0-9a-f]{64}$", size__gt=0, files__gt=0)),
                name="a_ready_dossier_has_its_file",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Dossier of %(round)s") % {"round": self.selection_round})

    def get_absolute_url(self) -> str:
        return reverse("awards:dossier", args=[self.pk])

    @property
    def status_url(self) -> str:
        return self.get_absolute_url()
