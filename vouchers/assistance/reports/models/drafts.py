"""A report while it is written: its parts as they were typed, right or wrong."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import frozen_by
from drafts.models import DraftedRows
from vouchers.assistance.reports.rules.parts import PartOfReport

from .reports import FinalReport


class ReportPart(models.IntegerChoices):
    """The parts of a report, in their order; each is saved by itself."""

    TOLD = PartOfReport.TOLD, _("What was done, for everybody to read")
    BROUGHT = PartOfReport.BROUGHT, _("What it brought")
    INDICATORS = PartOfReport.INDICATORS, _("Indicators against their targets")
    PROVIDER = PartOfReport.PROVIDER, _("The provider")
    PICTURES = PartOfReport.PICTURES, _("Pictures")


class DraftedReportPart(DraftedRows):
    """One part of the draft of a report: rows of texts (see `rules.parts`)."""

    report = models.ForeignKey(
        FinalReport, on_delete=models.PROTECT, related_name="drafted", verbose_name=_("report")
    )
    part = models.PositiveSmallIntegerField(_("part"), choices=ReportPart.choices)

    class Meta:
        verbose_name = _("part of a drafted report")
        verbose_name_plural = _("parts of a drafted report")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "part"],
                name="one_report_draft_per_part",
                violation_error_message=_("Somebody else has just begun this part."),
            ),
        ]
        triggers = [frozen_by("report", "submitted", "partner_accepted", "accepted")]

    def __str__(self) -> str:
        return str(self.get_part_display())
