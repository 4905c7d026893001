"""Who is asked to score what, with the declaration on conflicts of interest."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, frozen_in, never_deleted
from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.applications.models import Application


class ConflictKind(models.TextChoices):
    """What ties an assessor to an applicant."""

    FAMILY = "family", _("family or close personal tie")
    EMPLOYMENT = "employment", _("employment or a function there, now or in the last three years")
    ECONOMIC = "economic", _("economic interest or business with it")
    ADVICE = "advice", _("advised or mentored the cluster, or helped with the application")
    RIVALRY = "rivalry", _("rivalry, or interest in a competing application")
    OTHER = "other", _("something else that could cast doubt")


@follows_its_flow
@pghistory.track()
class Assignment(models.Model):
    """One assessor asked to score one application.

    Before anything of the application is shown, the assessor declares whether they have a conflict
    of interest (design, rule 4).
    """

    class State(States):
        ASSIGNED = "assigned", Tone.WAITING, _("waiting for the declaration")
        CLEARED = "cleared", Tone.QUIET, _("to be scored")
        CONFLICTED = "conflicted", Tone.BAD, _("conflict of interest")
        DECLINED = "declined", Tone.BAD, _("declined")
        SCORED = "scored", Tone.GOOD, _("scored")
        RELEASED = "released", Tone.QUIET, _("released")

    # Back from scored to cleared: scores may be corrected until the scoring is closed.
    FLOW = Flow(
        {
            State.ASSIGNED: [
                State.CLEARED,
                State.CONFLICTED,
                State.DECLINED,
                State.RELEASED,
            ],
            State.CLEARED: [
                State.CONFLICTED,
                State.DECLINED,
                State.SCORED,
                State.RELEASED,
            ],
            State.SCORED: [State.CLEARED, State.CONFLICTED],
        }
    )
    LOCKED_AFTER = ("application",)

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
    # The assessor's own last instant: that of the round, or later for who steps in.
    due_at = models.DateTimeField(_("to be scored by"))
    # Who stepped in where somebody declined, declared a conflict or was late.
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replacement",
        verbose_name=_("replaces"),
    )
    # Asked in because two assessments differ too much (see Consensus).
    is_third = models.BooleanField(_("third opinion"), default=False)
    declared_at = models.DateTimeField(_("declared"), null=True)
    conflict_kind = models.CharField(
        _("kind of conflict"), max_length=12, choices=ConflictKind.choices, blank=True
    )
    conflict = models.TextField(_("conflict of interest"), blank=True)
    # What the data suggested when the assessor declared: what an auditor compares it with.
    hints = models.JSONField(_("hints of conflicts"), default=list, blank=True)
    decline_reason = models.TextField(_("reason for declining"), blank=True)

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
                condition=Q(state__in=["assigned", "released", "declined"])
                | Q(declared_at__isnull=False),
                name="a_declaration_comes_before_content",
            ),
            models.CheckConstraint(
                condition=~Q(state="conflicted") | (~Q(conflict="") & ~Q(conflict_kind="")),
                name="a_conflict_is_described",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decline_reason=""),
                name="declining_has_a_reason",
            ),
        ]
        triggers = [
            fixed("application", "assessor", "assigned_by", "assigned_at"),
            # Whoever declared a conflict has declared it.
            frozen_in("conflicted"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.assessor}"

    def get_absolute_url(self) -> str:
        return reverse("scoring:assignment", args=[self.pk])
