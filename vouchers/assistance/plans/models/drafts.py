"""A version while it is written: its parts as they were typed, right or wrong."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import frozen_by
from drafts.models import DraftedRows
from vouchers.assistance.plans.rules.parts import PartOf

from .plans import PlanVersion


class Part(models.IntegerChoices):
    """The parts of a plan, in their order; each is saved by itself."""

    FRAME = PartOf.FRAME, _("Aim and provider")
    OBJECTIVES = PartOf.OBJECTIVES, _("Objectives")
    ACTIVITIES = PartOf.ACTIVITIES, _("Activities")
    MILESTONES = PartOf.MILESTONES, _("Milestones")
    DELIVERABLES = PartOf.DELIVERABLES, _("What is handed in")
    LINES = PartOf.LINES, _("Budget")
    RESULTS = PartOf.RESULTS, _("Expected results")


class DraftedPart(DraftedRows):
    """One part of a draft: rows of texts, each with the `key` of its row (see `rules.parts`)."""

    version = models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, related_name="drafted", verbose_name=_("version")
    )
    part = models.PositiveSmallIntegerField(_("part"), choices=Part.choices)

    class Meta:
        verbose_name = _("part of a drafted plan")
        verbose_name_plural = _("parts of a drafted plan")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "part"],
                name="one_draft_per_part",
                violation_error_message=_("Somebody else has just begun this part."),
            ),
        ]
        triggers = [
            frozen_by(
                "version",
                *("submitted", "partner_approved", "in_force", "replaced", "returned", "withdrawn"),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_part_display())
