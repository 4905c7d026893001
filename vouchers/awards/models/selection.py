"""Who is selected: the selection round, and what it decides about each application."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only, fixed, frozen_in, frozen_with, never_deleted
from conduct.models.states import Flow, States, Tone, follows_its_flow
from conduct.models.tracking import in_one_go
from vouchers.applications.models import Application
from vouchers.calls.models import Call, Criterion


@follows_its_flow
@pghistory.track()
class SelectionRound(models.Model):
    """A proposal of who is selected in one call, approved by a second coordinator.

    From the approval on nothing in it changes; at `publish_at` everybody is told at once.
    """

    class State(States):
        PROPOSED = "proposed", Tone.WAITING, _("proposed")
        APPROVED = "approved", Tone.GOOD, _("approved, not published yet")
        PUBLISHED = "published", Tone.GOOD, _("published")
        RETURNED = "returned", Tone.BAD, _("returned")

    FLOW = Flow(
        {
            State.PROPOSED: [State.APPROVED, State.RETURNED],
            State.APPROVED: [State.PUBLISHED],
        }
    )
    LOCKED_AFTER = ("call",)

    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State.choices,
        default=State.PROPOSED,
        editable=False,
    )
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="selection_rounds")
    participants = models.TextField(
        _("participants in the meeting"), help_text=_("One name on each line.")
    )
    remarks = models.TextField(_("remarks for the minutes"), blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="rounds_proposed",
    )
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="rounds_decided",
    )
    decided_at = models.DateTimeField(null=True)
    return_reason = models.TextField(_("why it was sent back"), blank=True)
    # When states move, awards are offered and letters go out; chosen by who approves.
    publish_at = models.DateTimeField(_("to be published"), null=True)
    published_at = models.DateTimeField(_("published"), null=True)

    class Meta:
        verbose_name = _("selection round")
        verbose_name_plural = _("selection rounds")
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["call"],
                condition=Q(state__in=["proposed", "approved", "published"]),
                name="one_selection_round_per_call",
                violation_error_message=_("A selection of this call is proposed already."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="a_selection_has_four_eyes",
                violation_error_message=_("Who proposed a selection cannot approve it."),
            ),
            models.CheckConstraint(
                condition=Q(state="proposed")
                | (Q(decided_by__isnull=False) & Q(decided_at__isnull=False)),
                name="a_decided_selection_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "returned"]) | Q(publish_at__isnull=False),
                name="an_approved_selection_says_when_it_is_published",
            ),
            models.CheckConstraint(
                condition=Q(state="published", published_at__isnull=False)
                | (~Q(state="published") & Q(published_at=None)),
                name="a_published_selection_has_its_instant",
            ),
        ]
        indexes = [
            # What is to be published when its instant has come.
            models.Index(
                fields=["publish_at"], condition=Q(state="approved"), name="rounds_to_publish"
            ),
        ]
        triggers = [
            fixed("call", "proposed_by", "proposed_at"),
            frozen_with("participants", "remarks", "decided_by", "decided_at", once="approved"),
            frozen_in("published", "returned"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return str(_("Selection of %(call)s") % {"call": self.call})

    def get_absolute_url(self) -> str:
        return reverse("awards:round", args=[self.pk])

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED


class Outcome(models.TextChoices):
    """What a selection decides about one application."""

    AWARD = "award", _("award")
    RESERVE = "reserve", _("reserve list")
    REFUSE = "refuse", _("refusal")


# What was proposed can only be approved or sent back as it is.
_FIXED_ONCE_APPROVED = """
    PERFORM 1 FROM vouchers_selectionround
        WHERE id = COALESCE(NEW.selection_round_id, OLD.selection_round_id)
            AND state <> 'proposed';
    IF FOUND THEN
        RAISE EXCEPTION 'The selection is decided: its decisions are fixed.'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


@pghistory.track(*in_one_go())
class Decision(models.Model):
    """What a selection round decides about one application, and what the ranking suggested."""

    LOCKED_AFTER = ("selection_round",)

    selection_round = models.ForeignKey(
        SelectionRound, on_delete=models.PROTECT, related_name="decisions"
    )
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    rank = models.PositiveIntegerField(_("rank"))
    total = models.DecimalField(_("total (points of 100)"), max_digits=7, decimal_places=4)
    suggested = models.CharField(_("by the ranking"), max_length=10, choices=Outcome.choices)
    outcome = models.CharField(_("decision"), max_length=10, choices=Outcome.choices)
    departure_reason = models.TextField(_("reason for departing from the ranking"), blank=True)
    # Whether the edge of the quota ran through equal applications, so that people had to decide.
    tied = models.BooleanField(_("tied"), default=False)
    vote = models.TextField(_("vote of the committee"), blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["application__country_id", "rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["selection_round", "application"],
                name="one_decision_per_application",
            ),
            models.CheckConstraint(
                condition=Q(outcome=F("suggested"))
                | ~Q(departure_reason="")
                | (Q(tied=True) & ~Q(vote="")),
                name="a_departure_from_the_ranking_has_a_reason",
                violation_error_message=_("Say why the decision departs from the ranking."),
            ),
            models.CheckConstraint(
                condition=Q(tied=False) | ~Q(vote=""),
                name="a_tie_is_decided_by_a_vote",
                violation_error_message=_("Record how the committee voted on the tie."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="fixed_once_approved",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_FIXED_ONCE_APPROVED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.get_outcome_display()}"

    def get_absolute_url(self) -> str:
        return self.application.get_absolute_url()


class DecisionScore(models.Model):
    """The mean score of one criterion on which a decision rests, kept as it was that day."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    mean = models.DecimalField(_("mean score"), max_digits=7, decimal_places=4)
    points = models.DecimalField(_("points"), max_digits=7, decimal_places=4)

    class Meta:
        verbose_name = _("decided score")
        verbose_name_plural = _("decided scores")
        ordering = ["criterion__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "criterion"], name="one_decided_score_per_criterion"
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.mean}"
