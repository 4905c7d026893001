"""Who came to a meeting, and what was corrected of it later."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only, refuses
from conduct.models.one_line import one_line

from .meetings import Meeting, Side

# What is written with the meeting stands once that is over.
_WRITTEN_LATE = """
    NEW.correction_id IS NULL AND EXISTS (
        SELECT FROM vouchers_meeting m
        WHERE m.id = NEW.meeting_id AND m.state IN ('took_place', 'cancelled')
    )
"""
# A correction says how many people its list names, so that nobody is put on it later.
_NOT_OF_THE_CORRECTION = """
    NEW.correction_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM vouchers_attendancecorrection c
        WHERE c.id = NEW.correction_id AND c.meeting_id = NEW.meeting_id
            AND NEW.position BETWEEN 1 AND c.people
    )
"""
_NOT_HELD = """
    NOT EXISTS (
        SELECT FROM vouchers_meeting m WHERE m.id = NEW.meeting_id AND m.state = 'took_place'
    )
"""
_NOT_THE_NEXT = """
    NEW.number <> 2 + (
        SELECT count(*) FROM vouchers_attendancecorrection c WHERE c.meeting_id = NEW.meeting_id
    )
"""


@pghistory.track()
class AttendanceCorrection(models.Model):
    """Another list of who came to a meeting that was held, with the reason why it is written anew.

    The list that was written with the meeting is number 1; the newest holds, and all are kept.
    """

    LOCKED_AFTER = ("meeting",)

    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        related_name="attendance_corrections",
        verbose_name=_("meeting"),
    )
    number = models.PositiveSmallIntegerField(_("version"))
    people = models.PositiveSmallIntegerField(_("people on the list"))
    reason = models.TextField(_("reason"), max_length=2000)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    corrected_at = models.DateTimeField(_("corrected"), default=timezone.now)

    class Meta:
        verbose_name = _("correction of an attendance")
        verbose_name_plural = _("corrections of attendances")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                name="corrections_of_attendance_are_counted",
                violation_error_message=_("Somebody else corrected this list just now."),
            ),
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"),
                name="a_correction_of_attendance_has_a_reason",
                violation_error_message=_("Say what is corrected, and why."),
            ),
        ]
        triggers = [
            refuses(
                "of_a_meeting_that_was_held",
                pgtrigger.Insert,
                _NOT_HELD,
                "Who came is corrected of a meeting that was held.",
            ),
            refuses(
                "one_after_another",
                pgtrigger.Insert,
                _NOT_THE_NEXT,
                "Corrections of an attendance are numbered one after another.",
            ),
            append_only(),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} · {self.number}"


class Attendance(models.Model):
    """Who was invited to a meeting that was held, and whether they came.

    `correction` is empty for those who were named when the meeting was written down.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    correction = models.ForeignKey(
        AttendanceCorrection,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
    )
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
                fields=["meeting", "correction", "position"],
                nulls_distinct=False,
                name="one_person_per_line_of_attendance",
                violation_error_message=_("Each line names one person."),
            ),
        ]
        triggers = [
            refuses(
                "written_with_its_meeting",
                pgtrigger.Insert,
                _WRITTEN_LATE,
                "The meeting is over: who came is corrected with a reason.",
            ),
            refuses(
                "as_many_as_the_correction_says",
                pgtrigger.Insert,
                _NOT_OF_THE_CORRECTION,
                "A correction names the people that it says, of its own meeting.",
            ),
            append_only(),
        ]

    def __str__(self) -> str:
        return self.name
