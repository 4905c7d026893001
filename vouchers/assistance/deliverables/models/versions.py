"""A version of what is handed in for a milestone, and its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import (
    append_only,
    fixed,
    frozen_by,
    frozen_in,
    never_deleted,
    refuses,
    written_on,
)
from conduct.models.states import Flow, States, Tone, follows_its_flow
from files.models import KeptFile
from vouchers.assistance.plans.models import Milestone
from vouchers.assistance.workroom.models import WorkLink
from vouchers.awards.models.endings import not_while_suspended

from .enforced import (
    AS_THE_POINTS_SAY,
    NUMBERED_IN_ORDER,
    OF_A_MILESTONE_IN_FORCE,
    SENTENCES_OF_DELIVERABLES,
    WHOLE,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from accounts.models import User


def _person(label: StrOrPromise) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=label,
    )


_VOUCHER = """(
    SELECT plan.voucher_id FROM vouchers_milestone milestone
    JOIN vouchers_plan plan ON plan.id = milestone.plan_id WHERE milestone.id = NEW.milestone_id
)"""
_MOVES = pgtrigger.Q(new__state__df=pgtrigger.F("old__state"))


@follows_its_flow
@pghistory.track()
class Deliverable(models.Model):
    """One version of what was handed in for a milestone; accepted by the cluster, then the partner.

    One that is returned stays with its points; the next version answers them.
    """

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
    # Those that somebody still judges.
    WAITING = (State.SUBMITTED, State.CLUSTER_ACCEPTED)
    LOCKED_AFTER = ("milestone",)
    ENFORCED = SENTENCES_OF_DELIVERABLES

    state = models.CharField(
        _("state"),
        max_length=20,
        choices=State.choices,
        default=State.SUBMITTED,
        editable=False,
    )
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="deliverables")
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    summary = models.TextField(_("what was delivered"))
    changes = models.TextField(_("what changed since the version before"), blank=True)
    # Either a person with an account, or the provider by its link.
    submitted_by = _person(_("handed in by"))
    submitted_through = models.ForeignKey(
        WorkLink,
        on_delete=models.PROTECT,
        null=True,
        related_name="deliverables",
        verbose_name=_("handed in through the link"),
    )
    submitted_at = models.DateTimeField(auto_now_add=True)
    cluster_accepted_by = _person(_("accepted for the cluster by"))
    cluster_accepted_at = models.DateTimeField(null=True)
    accepted_by = _person(_("accepted for the country partner by"))
    accepted_at = models.DateTimeField(null=True)
    returned_by = _person(_("returned by"))
    returned_at = models.DateTimeField(_("returned"), null=True)
    return_reason = models.TextField(_("why it was returned"), blank=True)

    class Meta:
        verbose_name = _("deliverable")
        verbose_name_plural = _("deliverables")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "number"],
                name="one_deliverable_per_number",
                violation_error_message=_("Somebody has just handed in this version."),
            ),
            models.UniqueConstraint(
                fields=["milestone"],
                condition=~Q(state="returned"),
                name="one_standing_deliverable_per_milestone",
                violation_error_message=_("A deliverable of this milestone is handed in already."),
            ),
            models.CheckConstraint(
                condition=Q(submitted_by=None, submitted_through__isnull=False)
                | Q(submitted_by__isnull=False, submitted_through=None),
                name="a_deliverable_says_who_handed_it_in",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(changes=""),
                name="a_later_version_says_what_changed",
                violation_error_message=_("Say what changed since the version before."),
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
            models.CheckConstraint(
                condition=~Q(state="returned")
                | Q(returned_by__isnull=False, returned_at__isnull=False),
                name="a_return_says_who_and_when",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
        ]
        triggers = [
            fixed(
                *("milestone", "number", "summary", "changes"),
                *("submitted_by", "submitted_through", "submitted_at"),
            ),
            written_on("cluster_accepted", "cluster_accepted_by", "cluster_accepted_at"),
            written_on("accepted", "accepted_by", "accepted_at"),
            written_on("returned", "returned_by", "returned_at", "return_reason"),
            frozen_in("accepted", "returned"),
            not_while_suspended(_VOUCHER),
            never_deleted(),
            refuses(
                "numbered_in_order",
                pgtrigger.Insert,
                NUMBERED_IN_ORDER,
                "Versions are numbered in order.",
            ),
            pgtrigger.Trigger(
                name="of_a_milestone_in_force",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=OF_A_MILESTONE_IN_FORCE,
            ),
            pgtrigger.Trigger(
                name="judged_while_in_force",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=_MOVES,
                func=OF_A_MILESTONE_IN_FORCE,
            ),
            pgtrigger.Trigger(
                name="judged_as_its_points_say",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=_MOVES,
                func=AS_THE_POINTS_SAY,
            ),
            pgtrigger.Trigger(
                name="whole_when_handed_in",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func=WHOLE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} · {self.number}"

    @property
    def who_submitted(self) -> User | WorkLink:
        """The person, or the link of the provider."""
        return self.submitted_by or self.submitted_through  # type: ignore[return-value]

    def get_absolute_url(self) -> str:
        return reverse("deliverables:version", args=[self.pk])


class DeliverableFile(KeptFile):
    """A file of a version; private, its type taken from its content."""

    FOLDER = "deliverables"

    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="files")

    class Meta:
        verbose_name = _("file of a deliverable")
        verbose_name_plural = _("files of a deliverable")
        ordering = ["pk"]
        triggers = [
            append_only(),
            frozen_by("deliverable", "cluster_accepted", "accepted", "returned"),
        ]

    def __str__(self) -> str:
        return self.name
