"""The technical-assistance plan and its milestones."""

from __future__ import annotations

from decimal import Decimal

import pghistory
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, frozen_by, frozen_in, never_deleted
from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.awards.models import Voucher
from vouchers.providers.models import Provider


@follows_its_flow
@pghistory.track()
class Plan(models.Model):
    """The technical-assistance plan: written by the cluster, approved by the country partner."""

    class State(States):
        DRAFT = "draft", Tone.QUIET, _("draft")
        SUBMITTED = "submitted", Tone.WAITING, _("submitted")
        APPROVED = "approved", Tone.GOOD, _("approved")

    FLOW = Flow({State.DRAFT: [State.SUBMITTED], State.SUBMITTED: [State.APPROVED, State.DRAFT]})
    LOCKED_AFTER = ("voucher",)

    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State.choices,
        default=State.DRAFT,
        editable=False,
    )
    voucher = models.OneToOneField(Voucher, on_delete=models.PROTECT, related_name="plan")
    objective = models.TextField(_("objective"))
    expected_results = models.TextField(_("expected results"))
    provider = models.ForeignKey(
        Provider,
        on_delete=models.PROTECT,
        related_name="plans",
        verbose_name=_("provider"),
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"), null=True)
    # Why it came back; empty again once it is sent anew.
    return_reason = models.TextField(_("why it was returned"), blank=True, editable=False)

    class Meta:
        verbose_name = _("technical assistance plan")
        verbose_name_plural = _("technical assistance plans")
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("submitted_by")),
                name="a_plan_has_four_eyes",
                violation_error_message=_(
                    "A second person must do this: you took the step before."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_by__isnull=False),
                name="an_approved_plan_says_by_whom",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
        ]
        triggers = [fixed("voucher"), frozen_in("approved"), never_deleted()]

    def __str__(self) -> str:
        return str(self.voucher)

    @property
    def total(self) -> Decimal:
        """EUR of all milestones."""
        return sum((milestone.amount for milestone in self.milestones.all()), Decimal("0.00"))

    @property
    def total_days(self) -> Decimal:
        """Days of expertise of all milestones."""
        return sum((milestone.days for milestone in self.milestones.all()), Decimal("0.0"))


@pghistory.track()
class Milestone(models.Model):
    """One step of the plan: what is delivered, by when, in how many days, for how much."""

    LOCKED_AFTER = ("plan",)

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="milestones")
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("what is delivered"), max_length=200)
    due_on = models.DateField(_("due on"))
    days = models.DecimalField(
        _("days of expertise"),
        max_digits=5,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.5"))],
    )
    amount = models.DecimalField(
        _("amount (EUR)"),
        max_digits=12,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
    )

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "position"],
                name="one_milestone_per_position",
                violation_error_message=_("Two milestones have the same place in the plan."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0) & Q(days__gt=0),
                name="a_milestone_is_worth_something",
                violation_error_message=_("A milestone has an amount and days of more than zero."),
            ),
        ]
        triggers = [frozen_by("plan", "approved")]

    def __str__(self) -> str:
        return self.title
