"""What the voucher buys: needs assessment, plan, provider, milestones, deliverables, report."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusters.bank_accounts import validate_bank_account
from clusters.models import Country
from records.states import Flow, follows_its_flow
from vouchers.awards.models import Voucher


@pghistory.track()
class NeedsAssessment(models.Model):
    """A meeting with the cluster in which its needs are found."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="needs_assessments")
    held_on = models.DateField(_("date of the meeting"))
    place = models.CharField(_("place or platform"), max_length=200)
    participants = models.TextField(_("participants"), help_text=_("One name on each line."))
    findings = models.TextField(_("what the cluster needs"))
    next_steps = models.TextField(_("next steps"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("needs assessment")
        verbose_name_plural = _("needs assessments")
        ordering = ["held_on"]

    def __str__(self) -> str:
        return f"{self.voucher} · {self.held_on}"


@pghistory.track()
class Provider(models.Model):
    """The consultant, a firm or a person, who delivers the assistance."""

    name = models.CharField(_("name"), max_length=200)
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        related_name="providers",
        verbose_name=_("country"),
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    # An IBAN, or the 24 digits of a Moroccan RIB: Morocco is not in the IBAN registry.
    bank_account = models.CharField(
        _("bank account"),
        max_length=34,
        validators=[validate_bank_account],
        help_text=_("IBAN; for Morocco the 24 digits of the RIB."),
    )

    class Meta:
        verbose_name = _("provider")
        verbose_name_plural = _("providers")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "name"], name="one_provider_per_name_and_country"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@follows_its_flow
@pghistory.track()
class Plan(models.Model):
    """The technical-assistance plan: written by the cluster, approved by the country partner."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        APPROVED = "approved", _("approved")

    FLOW = Flow({State.DRAFT: [State.SUBMITTED], State.SUBMITTED: [State.APPROVED, State.DRAFT]})

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

    class Meta:
        verbose_name = _("technical assistance plan")
        verbose_name_plural = _("technical assistance plans")
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("submitted_by")),
                name="a_plan_has_four_eyes",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_by__isnull=False),
                name="an_approved_plan_says_by_whom",
            ),
        ]

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
            models.UniqueConstraint(fields=["plan", "position"], name="one_milestone_per_position"),
            models.CheckConstraint(
                condition=Q(amount__gt=0) & Q(days__gt=0),
                name="a_milestone_is_worth_something",
            ),
        ]

    def __str__(self) -> str:
        return self.title


def deliverable_path(_deliverable: Deliverable, _filename: str) -> str:
    """A random name, so that nothing can be guessed from it."""
    return f"deliverables/{uuid.uuid4().hex}"


@follows_its_flow
@pghistory.track()
class Deliverable(models.Model):
    """What the provider handed over for a milestone; accepted by the cluster, then the partner."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("handed in")
        CLUSTER_ACCEPTED = "cluster_accepted", _("accepted by the cluster")
        ACCEPTED = "accepted", _("accepted")
        RETURNED = "returned", _("returned")

    FLOW = Flow(
        {
            State.SUBMITTED: [State.CLUSTER_ACCEPTED, State.RETURNED],
            State.CLUSTER_ACCEPTED: [State.ACCEPTED, State.RETURNED],
        }
    )

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
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted")
                | (Q(accepted_by__isnull=False) & Q(cluster_accepted_by__isnull=False)),
                name="an_acceptance_has_two_steps",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@follows_its_flow
@pghistory.track()
class FinalReport(models.Model):
    """What the cluster did with its voucher; accepting it closes the voucher."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        ACCEPTED = "accepted", _("accepted")

    FLOW = Flow({State.DRAFT: [State.SUBMITTED], State.SUBMITTED: [State.ACCEPTED, State.DRAFT]})

    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State.choices,
        default=State.DRAFT,
        editable=False,
    )
    voucher = models.OneToOneField(Voucher, on_delete=models.PROTECT, related_name="final_report")
    summary = models.TextField(_("what the cluster did with the voucher"))
    results = models.TextField(_("results for the members"))
    lessons = models.TextField(_("lessons learnt"), blank=True)
    members_reached = models.PositiveIntegerField(_("members reached"), default=0)
    women_reached = models.PositiveIntegerField(_("of them, led by women"), default=0)
    satisfaction = models.PositiveSmallIntegerField(
        _("satisfaction with the provider (1 to 5)"),
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        null=True,
        blank=True,
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    submitted_at = models.DateTimeField(null=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    accepted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("final report")
        verbose_name_plural = _("final reports")
        constraints = [
            models.CheckConstraint(
                condition=Q(women_reached__lte=F("members_reached")),
                name="a_part_is_at_most_the_whole",
                violation_error_message=_("No more than all the members reached."),
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=F("submitted_by")),
                name="a_report_has_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return str(self.voucher)
