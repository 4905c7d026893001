"""What a version of a plan says, once it is sent: facts that never change.

Each row has a `key` that is the same in every version, by which versions are compared and remarks
find the row again. Rows are written in the moment in which the version is sent; then they stand.
"""

from __future__ import annotations

import uuid
from decimal import Decimal

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import frozen_by, refuses

from .enforced import of_its_version
from .plans import PlanVersion

_SENT = ("submitted", "partner_approved", "in_force", "replaced", "returned", "withdrawn")
_OF_ITS_VERSION = "It belongs to another version of the plan."
# Days of expertise are planned in quarters: two hours of a day of eight.
QUARTERS = Decimal("0.25")


class PlanRow(models.Model):
    """A row of a version: its place, and the key by which other versions know it."""

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        abstract = True


def version_of(name: str) -> models.ForeignKey:
    """The version to which rows belong, which knows them as `name`."""
    return models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, related_name=name, verbose_name=_("version")
    )


def _once(table: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(
            fields=["version", what],
            name=f"one_{table}_per_{what}",
            violation_error_message=_("Two rows of the plan have the same place."),
        )
        for what in ("key", "position")
    ]


def in_quarters(name: str = "days") -> Q:
    """Days of more than zero, in quarters."""
    return Q(**{f"{name}__gt": 0}) & Q(**{f"{name}__exact": QUARTERS * _quarters_in(name)})


def _quarters_in(name: str) -> models.Func:
    return models.Func(F(name) / QUARTERS, function="ROUND", output_field=models.DecimalField())


class PlanObjective(PlanRow):
    """What is to be reached, and which needs it answers."""

    version = version_of("objectives")
    text = models.TextField(_("objective"))
    # The keys of the needs of the record that stood when the version was sent.
    needs = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, verbose_name=_("needs")
    )

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        ordering = ["position"]
        constraints = _once("objective")
        triggers = [frozen_by("version", *_SENT)]

    def __str__(self) -> str:
        return self.text


class PlanActivity(PlanRow):
    """What is done, and for which objective."""

    version = version_of("activities")
    title = models.CharField(_("activity"), max_length=300)
    objective = models.ForeignKey(
        PlanObjective,
        on_delete=models.PROTECT,
        null=True,
        related_name="activities",
        verbose_name=_("for the objective"),
    )

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["position"]
        constraints = _once("activity")
        triggers = [
            frozen_by("version", *_SENT),
            refuses(
                "of_one_version",
                pgtrigger.Insert | pgtrigger.Update,
                of_its_version("objective_id", "vouchers_planobjective"),
                _OF_ITS_VERSION,
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlannedMilestone(PlanRow):
    """A milestone as one version plans it: until when, in how many days, and who does it."""

    version = version_of("milestones")
    title = models.CharField(_("what is reached"), max_length=200)
    due_on = models.DateField(_("due on"))
    days = models.DecimalField(_("days of expertise"), max_digits=6, decimal_places=2)
    who = models.CharField(_("who does it"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("planned milestone")
        verbose_name_plural = _("planned milestones")
        ordering = ["position"]
        constraints = [
            *_once("planned_milestone"),
            models.CheckConstraint(
                condition=in_quarters(),
                name="a_milestone_takes_quarters_of_days",
                violation_error_message=_("Days are planned in quarters: 0.25, 0.5, 0.75, 1 …"),
            ),
        ]
        triggers = [frozen_by("version", *_SENT)]

    def __str__(self) -> str:
        return self.title


def _of_its_milestone() -> pgtrigger.Trigger:
    return refuses(
        "of_one_version",
        pgtrigger.Insert | pgtrigger.Update,
        of_its_version("milestone_id", "vouchers_plannedmilestone"),
        _OF_ITS_VERSION,
    )


class PlannedDeliverable(PlanRow):
    """What will be handed in for a milestone."""

    version = version_of("deliverables")
    title = models.CharField(_("what is handed in"), max_length=300)
    milestone = models.ForeignKey(
        PlannedMilestone,
        on_delete=models.PROTECT,
        related_name="deliverables",
        verbose_name=_("for the milestone"),
    )

    class Meta:
        verbose_name = _("planned deliverable")
        verbose_name_plural = _("planned deliverables")
        ordering = ["position"]
        constraints = _once("planned_deliverable")
        triggers = [frozen_by("version", *_SENT), _of_its_milestone()]

    def __str__(self) -> str:
        return self.title


class BudgetLine(PlanRow):
    """What something costs (EUR): days at a rate, a price agreed for the whole, travel, or other."""

    class Kind(models.TextChoices):
        DAYS = "days", _("days of expertise")
        FIXED = "fixed", _("fixed price")
        TRAVEL = "travel", _("travel")
        OTHER = "other", _("other")

    version = version_of("lines")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    text = models.CharField(_("what for"), max_length=300)
    milestone = models.ForeignKey(
        PlannedMilestone,
        on_delete=models.PROTECT,
        related_name="lines",
        verbose_name=_("for the milestone"),
    )
    days = models.DecimalField(_("days"), max_digits=6, decimal_places=2, null=True)
    rate = models.DecimalField(_("rate per day (EUR)"), max_digits=12, decimal_places=2, null=True)
    amount = models.DecimalField(_("amount (EUR)"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["position"]
        constraints = [
            *_once("budget_line"),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="a_budget_line_is_worth_something",
                violation_error_message=_("Each line costs more than zero."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="days") | (Q(rate__gt=0) & Q(days__isnull=False) & in_quarters()),
                name="a_line_of_days_has_days_and_a_rate",
                violation_error_message=_(
                    "A line of days has days in quarters, and a rate of more than zero."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind="days") | Q(days=None, rate=None),
                name="only_a_line_of_days_has_days",
                violation_error_message=_("Only a line of days has days and a rate."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="days")
                | Q(
                    amount=models.Func(
                        F("days") * F("rate"),
                        2,
                        function="ROUND",
                        output_field=models.DecimalField(),
                    )
                ),
                name="a_planned_line_is_days_times_rate",
                violation_error_message=_("The amount of a line of days is days times rate."),
            ),
        ]
        triggers = [frozen_by("version", *_SENT), _of_its_milestone()]

    def __str__(self) -> str:
        return self.text


class PlannedResult(PlanRow):
    """An expected result that can be measured: an indicator of the call, or one's own."""

    version = version_of("results")
    # Of the call's list, or empty for one's own.
    code = models.CharField(_("code"), max_length=20, blank=True)
    name = models.CharField(_("indicator"), max_length=300)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    baseline = models.DecimalField(_("today"), max_digits=18, decimal_places=2)
    target = models.DecimalField(_("target"), max_digits=18, decimal_places=2)
    due_on = models.DateField(_("reached by"))

    class Meta:
        verbose_name = _("expected result")
        verbose_name_plural = _("expected results")
        ordering = ["position"]
        constraints = [
            *_once("planned_result"),
            models.UniqueConstraint(
                fields=["version", "code"],
                condition=~Q(code=""),
                name="one_result_per_indicator",
                violation_error_message=_("An indicator of the call stands in the plan once."),
            ),
        ]
        triggers = [frozen_by("version", *_SENT)]

    def __str__(self) -> str:
        return self.name
