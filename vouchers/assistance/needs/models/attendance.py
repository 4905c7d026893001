"""Who came to a meeting."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only, frozen_by
from conduct.models.one_line import one_line

from .meetings import Meeting, Side


class Attendance(models.Model):
    """Who was invited to a meeting that was held, and whether they came."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=150, validators=[one_line])
    organisation = models.CharField(
        _("organisation"), max_length=150, blank=True, validators=[one_line]
    )
    function = models.CharField(_("function"), max_length=100, blank=True, validators=[one_line])
    side = models.CharField(_("side"), max_length=8, choices=Side.choices)
    was_present = models.BooleanField(_("was present"), default=True)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="one_person_per_line_of_attendance",
                violation_error_message=_("Each line names one person."),
            ),
        ]
        triggers = [frozen_by("meeting", "took_place", "cancelled"), append_only()]

    def __str__(self) -> str:
        return self.name
