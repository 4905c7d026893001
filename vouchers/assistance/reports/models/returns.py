"""That a version of a report was returned, and what was remarked at its lines."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only
from drafts.models import LineRemark

from .drafts import ReportPart
from .versions import ReportVersion


class ReportReturn(models.Model):
    """Why a version went back, by whom and when."""

    version = models.OneToOneField(
        ReportVersion, on_delete=models.PROTECT, related_name="returned", verbose_name=_("version")
    )
    reason = models.TextField(_("why it was returned"))
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    returned_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("return of a report")
        verbose_name_plural = _("returns of reports")
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="a_returned_report_says_why",
                violation_error_message=_("Say why you return it."),
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.reason[:60]


class ReportRemark(LineRemark):
    """A remark on one row of a version of a report, or on a part of it as a whole."""

    version = models.ForeignKey(
        ReportVersion, on_delete=models.PROTECT, related_name="remarks", verbose_name=_("version")
    )
    part = models.PositiveSmallIntegerField(_("part"), choices=ReportPart.choices)

    class Meta(LineRemark.Meta):
        verbose_name = _("remark on a report")
        verbose_name_plural = _("remarks on a report")
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="a_report_remark_says_something",
                violation_error_message=_("Write what the remark is."),
            ),
        ]
        triggers = [append_only()]
