"""What an assessor gives: an assessment, with a score and its grounds for each criterion."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import fixed, never_deleted
from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.calls.models import Criterion

from .assignments import Assignment
from .scale import on_the_scale

# Nothing that the ranking rests on changes between the closing of the scoring and the selection.
# Looked up key by key: a join may be planned wrongly, and would be conducted for each row.
_FIXED_ONCE_CLOSED = """
    IF NEW.state IS DISTINCT FROM OLD.state AND EXISTS (
        SELECT FROM vouchers_scoringround WHERE state = 'closed' AND call_id = (
            SELECT call_id FROM vouchers_application WHERE id = (
                SELECT application_id FROM vouchers_assignment WHERE id = NEW.assignment_id
            )
        )
    ) THEN
        RAISE EXCEPTION 'The scoring of the call is closed.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@follows_its_flow
@pghistory.track()
class Assessment(models.Model):
    """One assessor's scores of one application; corrected until the scoring is closed."""

    class State(States):
        DRAFT = "draft", Tone.QUIET, _("draft")
        SUBMITTED = "submitted", Tone.WAITING, pgettext_lazy("assessment", "submitted")

    FLOW = Flow({State.DRAFT: [State.SUBMITTED], State.SUBMITTED: [State.DRAFT]})

    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State.choices,
        default=State.DRAFT,
        editable=False,
    )
    assignment = models.OneToOneField(
        Assignment, on_delete=models.PROTECT, related_name="assessment"
    )
    comment = models.TextField(_("overall comment"), blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    # Grows with each save, so that two windows do not overwrite one another.
    version = models.PositiveIntegerField(default=0, editable=False)
    # The version in which the comment changed last; each score has its own.
    comment_version = models.PositiveIntegerField(default=0, editable=False)
    # Time spent is counted from here on: never more than has passed.
    saved_at = models.DateTimeField(_("saved"), null=True, editable=False)
    seconds_spent = models.PositiveIntegerField(_("time spent (seconds)"), default=0)
    # How often submitted scores were taken up again; history keeps what they were.
    corrections = models.PositiveSmallIntegerField(_("corrections"), default=0, editable=False)

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False),
                name="a_submitted_assessment_has_an_instant",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="fixed_once_scoring_is_closed",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("state"),
                func=_FIXED_ONCE_CLOSED,
            ),
            fixed("assignment"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return str(self.assignment)

    @property
    def minutes_spent(self) -> int:
        """The time spent in whole minutes, rounded to the nearest."""
        return round(self.seconds_spent / 60)


@pghistory.track()
class Score(models.Model):
    """One assessor's score of one criterion, with the strengths and weaknesses that it rests on."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    value = models.DecimalField(_("score"), max_digits=4, decimal_places=2, null=True, blank=True)
    strengths = models.TextField(_("strengths"), blank=True)
    weaknesses = models.TextField(_("weaknesses"), blank=True)
    # The version of the assessment in which it changed last.
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["criterion__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "criterion"], name="one_score_per_criterion"
            ),
        ]
        triggers = [
            on_the_scale(
                "on_the_scale_and_final",
                of="assessment",
                until="draft",
                fixed="The assessment is submitted: its scores are fixed.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value}"
