"""A milestone over all versions of its plan: what deliverables, claims and sessions refer to."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, kept_by_triggers, never_deleted
from inputs.queries import trigrams

from .enforced import (
    BEARS_WHAT_IS_CLAIMED,
    SENTENCES_OF_MILESTONES,
    WHAT_IS_ACCEPTED_STAYS,
    WHAT_IS_WORKED_STAYS,
)
from .plans import Plan, PlanVersion


@pghistory.track()
class Milestone(models.Model):
    """One step of the plan in force: what is delivered, by when, in how many days, for how much.

    It is made when a version comes into force and says from then on what the version in force says
    of it; triggers alone write it. An amendment that leaves it out marks it as removed. `number`
    never changes and never comes twice in a plan; `position` is its place in the version in force.
    `amount` (EUR) is the sum of the budget lines tied to it, `claimed` of the claims that stand.
    """

    LOCKED_AFTER = ("plan",)

    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="milestones", verbose_name=_("plan")
    )
    # The same in all versions.
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    number = models.PositiveSmallIntegerField(_("number"))
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("what is reached"), max_length=200)
    due_on = models.DateField(_("due on"))
    days = models.DecimalField(_("days of expertise"), max_digits=6, decimal_places=2)
    who = models.CharField(_("who does it"), max_length=200, blank=True)
    amount = models.DecimalField(_("amount (EUR)"), max_digits=12, decimal_places=2)
    claimed = models.DecimalField(_("claimed (EUR)"), max_digits=12, decimal_places=2, default=0)
    removed_in = models.ForeignKey(
        PlanVersion,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("removed by version"),
    )

    ENFORCED = SENTENCES_OF_MILESTONES

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["position", "number"]
        indexes = [
            trigrams("title", name="milestone_searched"),
            # The list over all vouchers in each of its orders.
            models.Index(fields=["due_on", "id"], name="milestones_by_day"),
            models.Index(fields=["-amount", "-id"], name="milestones_largest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "key"],
                name="one_milestone_per_key",
                violation_error_message=_("This milestone stands in the plan already."),
            ),
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="one_milestone_per_number",
                violation_error_message=_("Two milestones have the same number."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0) & Q(days__gt=0),
                name="a_milestone_is_worth_something",
                violation_error_message=_("A milestone has an amount and days of more than zero."),
            ),
            models.CheckConstraint(
                condition=Q(claimed__gte=0),
                name="no_less_than_nothing_is_claimed",
                violation_error_message=_("What is claimed of a milestone is not below zero."),
            ),
            models.CheckConstraint(
                condition=Q(removed_in=None) | Q(claimed=0),
                name="a_claimed_milestone_stays",
                violation_error_message=_("A milestone that is claimed stays in the plan."),
            ),
        ]
        triggers = [
            fixed("plan", "key", "number"),
            kept_by_triggers(
                *("position", "title", "due_on", "days", "who", "amount", "claimed"),
                "removed_in",
            ),
            never_deleted(),
            pgtrigger.Trigger(
                name="what_is_accepted_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=WHAT_IS_ACCEPTED_STAYS,
            ),
            pgtrigger.Trigger(
                name="bears_what_is_claimed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("amount", "claimed"),
                func=BEARS_WHAT_IS_CLAIMED,
            ),
            pgtrigger.Trigger(
                name="what_is_worked_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("days", "removed_in"),
                func=WHAT_IS_WORKED_STAYS,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def unclaimed(self) -> Decimal:
        """EUR of what the plan says that are left to claim."""
        return max(self.amount - self.claimed, Decimal(0))

    @property
    def is_in_force(self) -> bool:
        """Whether the version in force has it; else an amendment removed it."""
        return self.removed_in_id is None
