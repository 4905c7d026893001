"""Who scores what, and how: assignment, conflict of interest, assessment, scores."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from records.states import Flow, follows_its_flow
from vouchers.applications.models import Application
from vouchers.calls.models import Criterion


@follows_its_flow
@pghistory.track()
class Assignment(models.Model):
    """One assessor asked to score one application.

    Before anything of the application is shown, the assessor declares whether they have a conflict
    of interest (design, rule 4).
    """

    class State(models.TextChoices):
        ASSIGNED = "assigned", _("waiting for the declaration")
        CLEARED = "cleared", _("to be scored")
        CONFLICTED = "conflicted", _("conflict of interest")
        SCORED = "scored", _("scored")
        RELEASED = "released", _("released")

    FLOW = Flow(
        {
            State.ASSIGNED: [State.CLEARED, State.CONFLICTED, State.RELEASED],
            State.CLEARED: [State.CONFLICTED, State.SCORED, State.RELEASED],
        }
    )

    state = models.CharField(
        _("state"),
        max_length=12,
        choices=State.choices,
        default=State.ASSIGNED,
        editable=False,
    )
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="assignments"
    )
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments"
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    assigned_at = models.DateTimeField(_("assigned"), auto_now_add=True)
    declared_at = models.DateTimeField(_("declared"), null=True)
    conflict = models.TextField(_("conflict of interest"), blank=True)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["assigned_at"]
        indexes = [models.Index(fields=["assessor", "state"], name="assignment_by_assessor")]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "assessor"],
                name="one_assignment_per_assessor",
                violation_error_message=_("This person is or was assigned already."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["assigned", "released"]) | Q(declared_at__isnull=False),
                name="a_declaration_comes_before_content",
            ),
            models.CheckConstraint(
                condition=~Q(state="conflicted") | ~Q(conflict=""),
                name="a_conflict_is_described",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.assessor}"

    def get_absolute_url(self) -> str:
        return reverse("scoring:assignment", args=[self.pk])


@follows_its_flow
@pghistory.track()
class Assessment(models.Model):
    """One assessor's scores of one application. Final once submitted."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")

    FLOW = Flow({State.DRAFT: [State.SUBMITTED]})

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

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False),
                name="a_submitted_assessment_has_an_instant",
            ),
        ]

    def __str__(self) -> str:
        return str(self.assignment)


# A score lies on the call's scale, and is fixed once its assessment is submitted (rule 6).
_SCORE_RULES = """
    PERFORM 1 FROM vouchers_assessment
        WHERE id = COALESCE(NEW.assessment_id, OLD.assessment_id) AND state <> 'draft';
    IF FOUND THEN
        RAISE EXCEPTION 'The assessment is submitted: its scores are fixed.'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    PERFORM 1 FROM vouchers_criterion JOIN vouchers_call
            ON vouchers_call.id = vouchers_criterion.call_id
        WHERE vouchers_criterion.id = NEW.criterion_id
            AND NEW.value BETWEEN score_min AND score_max
            AND mod(NEW.value - score_min, score_step) = 0;
    IF NOT FOUND AND NEW.value IS NOT NULL THEN
        RAISE EXCEPTION 'The score is off the scale of the call.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@pghistory.track()
class Score(models.Model):
    """One assessor's score of one criterion, with its reason."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    value = models.DecimalField(_("score"), max_digits=4, decimal_places=2, null=True, blank=True)
    comment = models.TextField(_("reason"), blank=True)

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
            pgtrigger.Trigger(
                name="on_the_scale_and_final",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_SCORE_RULES,
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value}"
