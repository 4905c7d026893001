"""What is said of a version at the line that it concerns, when it is returned."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only
from drafts.models import LineRemark

from .drafts import Part
from .plans import PlanVersion


class PlanRemark(LineRemark):
    """A remark on one row of a version, or on a part as a whole; shown beside it in the next draft."""

    version = models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, related_name="remarks", verbose_name=_("version")
    )
    part = models.PositiveSmallIntegerField(_("part"), choices=Part.choices)

    class Meta(LineRemark.Meta):
        verbose_name = _("remark on a plan")
        verbose_name_plural = _("remarks on a plan")
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="a_plan_remark_says_something",
                violation_error_message=_("Write what the remark is."),
            ),
        ]
        triggers = [append_only()]
