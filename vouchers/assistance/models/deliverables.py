"""What a provider hands over."""

from __future__ import annotations

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, frozen_in, never_deleted, written_on
from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.assistance.plans.models import Milestone
from vouchers.awards.models.endings import not_while_suspended


def deliverable_path(_deliverable: Deliverable, _filename: str) -> str:
    """A random name, so that nothing can be guessed from it."""
    return f"deliverables/{uuid.uuid4().hex}"


_VOUCHER = """(
    SELECT plan.voucher_id FROM vouchers_milestone milestone
    JOIN vouchers_plan plan ON plan.id = milestone.plan_id WHERE milestone.id = NEW.milestone_id
)"""


@follows_its_flow
@pghistory.track()
class Deliverable(models.Model):
    """What the provider handed over for a milestone; accepted by the cluster, then the partner."""

    class State(States):
        SUBMITTED = "submitted", Tone.WAITING, _("handed in")
        CLUSTER_ACCEPTED = "cluster_accepted", Tone.WAITING, _("accepted by the cluster")
        ACCEPTED = "accepted", Tone.GOOD, _("accepted")
        RETURNED = "returned", Tone.BAD, _("returned")

    FLOW = Flow(
        {
            State.SUBMITTED: [State.CLUSTER_ACCEPTED, State.RETURNED],
            State.CLUSTER_ACCEPTED: [State.ACCEPTED, State.RETURNED],
        }
    )
    LOCKED_AFTER = ("milestone",)

    state = models.CharField(
        _("state"),
        max_length=20,
        choices=State.choices,
        default=State.SUBMITTED,
        editable=False,
    )
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="deliverables")
    summary = models.TextField(_("what was delivered"))
    file = models.FileField(_("file"), upload_to=deliverable_path, max_length=120)
    name = models.CharField(_("name of the file"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(auto_now_add=True)
    cluster_accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    cluster_accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True)
    return_reason = models.TextField(_("why it was returned"), blank=True)

    class Meta:
        verbose_name = _("deliverable")
        verbose_name_plural = _("deliverables")
        ordering = ["-submitted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["milestone"],
                condition=~Q(state="returned"),
                name="one_standing_deliverable_per_milestone",
                violation_error_message=_("A deliverable of this milestone is handed in already."),
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=F("cluster_accepted_by")),
                name="an_acceptance_has_four_eyes",
                violation_error_message=_(
                    "A second person must do this: you took the step before."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted")
                | (Q(accepted_by__isnull=False) & Q(cluster_accepted_by__isnull=False)),
                name="an_acceptance_has_two_steps",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
        ]
        triggers = [
            fixed(
                *("milestone", "summary", "file", "name", "content_type", "size", "sha256"),
                *("submitted_by", "submitted_at"),
            ),
            written_on("cluster_accepted", "cluster_accepted_by", "cluster_accepted_at"),
            written_on("accepted", "accepted_by", "accepted_at"),
            written_on("returned", "return_reason"),
            frozen_in("accepted", "returned"),
            not_while_suspended(_VOUCHER),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return self.name
